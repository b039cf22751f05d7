"""Printed documents: values in, bytes of a PDF out.

Nothing here knows where the values come from or where the file goes.
"""
