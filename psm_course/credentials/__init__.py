"""Certificates as signed data: their numbers, their signed forms, and how to verify them.

The signed forms are the credential (JSON) and the token (QR code). `printing.certificate` prints
certificates.
"""
