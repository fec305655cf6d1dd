"""Whether the log files are those that CloudTrail delivered: its digest files, checked without a network."""
