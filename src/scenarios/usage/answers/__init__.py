"""The answers: what the groups of events say."""
