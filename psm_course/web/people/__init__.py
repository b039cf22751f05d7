"""Desk pages about people: who belongs to a cohort."""
