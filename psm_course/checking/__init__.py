"""Proof-reading for authors: all rules that need more than one file, a date, or the grading of a quiz."""
