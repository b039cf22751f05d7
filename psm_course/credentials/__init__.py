"""The record given out: its number. Signing and verification will live here too; its printed form is `printing.certificate`."""
