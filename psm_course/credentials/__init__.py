"""The record given out: its number, its printed form, its signed forms (credential and QR), and their verification."""
