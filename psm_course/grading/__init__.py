"""Responses in, marks and outcomes out. Pure: no files, no clock, no database."""
