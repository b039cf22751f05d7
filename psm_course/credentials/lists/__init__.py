"""Signed lists that an office publishes: status, corrections, digests."""
