"""Desk pages about attendance: who came to a session, and what is handed out for it."""
