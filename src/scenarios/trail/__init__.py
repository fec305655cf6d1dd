"""What CloudTrail records: one table of calls and one evaluator of event selectors, for rules and for log reading."""
