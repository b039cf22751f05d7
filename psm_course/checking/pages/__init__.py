"""Rules about pages, lessons and data files."""
