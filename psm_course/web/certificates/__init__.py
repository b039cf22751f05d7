"""Desk pages about certificates: completion records: issued, corrected, printed, published, verified."""
