"""Mutants: one thing of one file of the code changed, and whether any test notices.
`make mutants` runs a sample of them.
"""
