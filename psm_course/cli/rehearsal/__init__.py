"""Commands that play a made-up day: demo, simulate."""
