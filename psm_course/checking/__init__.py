"""The author's proof-reader: every rule that needs more than one file, a date, or the grading of a quiz."""
