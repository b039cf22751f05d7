"""Makes a register one of this program's version, or again of the version before.

See decision 0143.
"""
