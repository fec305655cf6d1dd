"""Reports: a run's result as text for people and as JSON for programs."""
