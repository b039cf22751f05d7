"""Functions for all that officers, trainers and learners do with the register.

Such a function is called a verb. It first refuses if something is wrong, then makes all its changes
in one transaction, and writes to the log what was done.
"""
