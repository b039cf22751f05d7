"""Upgrades a register for this program, or puts back the copy from before the upgrade.

See decision 0143.
"""
