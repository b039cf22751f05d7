"""Classes for the data of the register, and the rules that decide who completed the course.

Nothing here reads files or the database.
"""
