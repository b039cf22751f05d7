"""`text`: write a word or two."""
