"""Whatever a guide tells somebody to type is typed here."""
