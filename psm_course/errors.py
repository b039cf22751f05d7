"""Families of trouble, by what the person at the keyboard can do about it. Messages are Indonesian sentences."""


class PsmError(Exception):
    """Anything we raise on purpose; `str()` of it is a sentence fit for a person."""


class Refused(PsmError):
    """The request cannot be done as asked; the sentence says why and what to do (exit code 2)."""


class ContentFaulty(PsmError):
    """The course content has problems that stop the work (exit code 1)."""


class StoreError(PsmError):
    """The register could not be read or written (exit code 3)."""
