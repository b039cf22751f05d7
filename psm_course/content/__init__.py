"""Reads the files of a course: quizzes, modules, lessons.

Functions return values, or a list of problems. This package grades nothing and stores nothing.
"""
