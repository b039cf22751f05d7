"""The record given out: its number and its printed form. Signing and verification will live here too."""
