"""`number`: write a number."""
