"""Grades responses: returns marks and outcomes. Uses no files, no clock and no database."""
