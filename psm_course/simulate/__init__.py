"""Made-up people and a made-up course day, for the demo, rehearsals and tests.

The same seed gives the same day.
"""
