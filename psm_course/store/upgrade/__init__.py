"""Upgrades a register to the version of this program, or puts the version before back.

See decision 0143.
"""
