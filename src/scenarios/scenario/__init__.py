"""Scenarios: the questions of a security review, each bound to whatever account it finds."""
