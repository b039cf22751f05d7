"""The record given out: its number, its signed forms (credential and QR), and their verification. Printing it: `printing.certificate`."""
