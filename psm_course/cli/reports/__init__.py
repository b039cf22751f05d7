"""Commands about reports: what leaves the register as files."""
