"""What a passphrase gives with a salt, computed once: a third of a second and 128 MB each time, as it must be outside of tests."""

from __future__ import annotations

from functools import lru_cache

from psm_course.credentials.signing import key_files


def remember_keys_of_passphrases() -> None:
    """From now on this process knows the key that a passphrase and a salt give together, once it has computed it."""
    key_files._key_from = lru_cache(maxsize=1_000)(key_files._key_from)
