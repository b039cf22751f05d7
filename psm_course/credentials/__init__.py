"""Signed records: their numbers, their signed forms, and their verification.

The signed forms are the credential and the QR code. Printing: `printing.certificate`.
"""
