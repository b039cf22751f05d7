"""Measures how often people find the right answers although they do not know the subject.

They may find an answer by the wording of its options (decision 0109), or because they remember a
similar item (decision 0111).
"""
