"""One CloudTrail record as one normalised row."""
