"""Printed documents: takes values, returns the bytes of a PDF.

Nothing here knows where the values come from or where the file goes.
"""
