"""`case`: a situation told step by step."""
