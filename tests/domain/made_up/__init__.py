"""A requirement kind that the program does not know: tests register it from its file and change
nothing else.
"""
