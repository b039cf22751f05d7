"""Upgrades a register to the version of this program, or puts back the version before.

See decision 0143.
"""
