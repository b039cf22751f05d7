"""The office's web server: the course site, the desk, and `/api`, where phones hand in answers.

The desk is the set of pages that the people of the office work with, after signing in.
"""
