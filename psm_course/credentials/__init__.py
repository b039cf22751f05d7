"""Signed records: their numbers, their signed forms (credential and QR code), and their verification.

Printing: `printing.certificate`.
"""
