"""Reads and writes other people's files: sheets, Word tables, calendars, submissions.

Sheets are Excel or CSV.
"""
