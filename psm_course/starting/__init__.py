"""Begins a course folder for an office: a copy of the course in this package, for any city."""
