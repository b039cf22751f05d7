"""Verbs of the office: functions for all that officers, trainers and learners do with the register.

A verb first refuses if something is wrong. It then makes all its changes in one transaction, and
writes to the log what was done.
"""
