"""Commands that run the office itself: serve, db."""
