"""`order`: put the parts in the right order."""
