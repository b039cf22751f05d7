"""Verbs of the office: functions for all that officers, trainers and learners do with the register.

A verb refuses early, works in one transaction, and notes in the log what was done.
"""
