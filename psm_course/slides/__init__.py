"""Modules as slides: one HTML file per module that needs no other file, with a trainer's window."""
