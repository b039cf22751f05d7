"""Desk pages about completion: who has finished, by which rules, and why others have not."""
