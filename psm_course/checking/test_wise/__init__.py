"""Measures how often people who are good at tests, but know nothing, find the right answers.

See decisions 0109 and 0111.
"""
