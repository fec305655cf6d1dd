"""The questions as SQL, in Athena's dialect: one text for every engine."""
