"""Reads facts from the XML inside workbooks and Word files that calamine does not read."""
