"""Where log files come from: folders, S3, a live account."""
