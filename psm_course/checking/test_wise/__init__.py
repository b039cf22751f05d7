"""Measures what a test gives away to people who are good at tests and know nothing.

Decisions 0109 and 0111.
"""
