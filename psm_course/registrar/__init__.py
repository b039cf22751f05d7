"""The verbs of the office.

Each refuses early, works in one transaction, and leaves one audit event.
"""
