"""Who called Bedrock, and were they answered: read out of CloudTrail's log files."""
