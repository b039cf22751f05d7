"""The office's functions: all that officers, trainers and learners do with the register.

A function that changes something has a verb as its name. It first checks everything, and refuses
if something is wrong. Then it makes all changes in one transaction, and writes into the log what
was done.
"""
