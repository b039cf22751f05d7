"""Readers for the XML inside workbooks and Word files, for facts that calamine does not read."""
