"""Help for people in need: the numbers to call, and the field guide to the right institution."""
