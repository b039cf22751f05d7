"""Invented people and the files of an invented course day, for the demo, rehearsals and tests.

The same seed gives the same day.
"""
