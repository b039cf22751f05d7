"""Checks for authors: rules that need more than one file, a date, or quiz grading."""
