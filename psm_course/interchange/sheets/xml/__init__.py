"""Reads, from the XML of office files, what calamine does not read: appearance and Word tables."""
