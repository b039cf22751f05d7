"""Begins a course folder for an office: the carried course, for any city."""
