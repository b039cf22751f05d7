"""Commands for authors: check, new, build, preview."""
