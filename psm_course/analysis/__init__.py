"""Statistics of test answers: difficulty, discrimination, reliability, and the gain between two tests.

Uses numpy only.
"""
