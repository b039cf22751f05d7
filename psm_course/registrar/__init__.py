"""The verbs of the office: what officers, trainers and learners do with the register.

A verb refuses early, works in one transaction, and notes what was done in the log.
"""
