"""Use-cases about reports: what leaves the register as files."""
