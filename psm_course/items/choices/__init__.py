"""`choices`: tick all that apply."""
