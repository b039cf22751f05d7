"""Reads the files of a course: quizzes, modules, lessons.

Returns values, or a list of problems. No grading, no storing.
"""
