"""A course folder that an office begins: the carried course, for whichever city."""
