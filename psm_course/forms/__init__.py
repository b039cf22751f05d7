"""Draws a quiz as an accessible HTML form that works without JavaScript.

The templates receive only what learners may see of each item, so a page cannot reveal the answers
of a test.
"""
