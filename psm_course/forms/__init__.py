"""A quiz as an accessible HTML form that works without JavaScript.

It receives only what learners may see of each item, so it cannot reveal the answers of a test.
"""
