"""A register that becomes one of this program's version, or of the version before again. Decision 0143."""
