"""Reads and writes other people's file formats: Excel and CSV sheets, Word tables, calendars, files with submissions."""
