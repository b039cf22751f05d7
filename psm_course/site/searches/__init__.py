"""Searches of the built site for what must not be in it."""
