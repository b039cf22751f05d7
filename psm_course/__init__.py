"""The Bimtek Dasar PSM course kit: content, grading, the register and completion records."""

__version__ = "0.1.0"
