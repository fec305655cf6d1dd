"""One run: templates in, verdicts out."""
