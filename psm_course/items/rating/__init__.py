"""`rating`: an opinion on a scale."""
