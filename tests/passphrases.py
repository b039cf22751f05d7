"""What a passphrase gives with a salt, computed once: a third of a second and 128 MB each time, as
it must be outside of tests.

Whatever this process seals has the same salt, or it would be computed anew for every key; the
nonce, and so each file, is still its own.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache

from psm_course.credentials.signing import key_files

new_salt = key_files._new_salt  # as outside of tests


def remember_keys_of_passphrases() -> None:
    """From now on this process knows the key that a passphrase
    and a salt give together, once it has computed it.
    """
    key_files._key_from = lru_cache(maxsize=1_000)(key_files._key_from)
    key_files._new_salt = cache(lambda: os.urandom(16))
