"""Made-up people and what they do on a course day, for the demo, rehearsals and tests. The same seed gives the same day."""
