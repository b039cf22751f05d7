"""Excel and CSV files in and out as rows of text."""
