"""Statistics of test answers: difficulty, discrimination, reliability, gain between two tests.

Uses numpy only.
"""
