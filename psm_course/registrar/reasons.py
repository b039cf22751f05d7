"""Reasons that officers write: some stand in the audit log for ever, some are read by everybody, so none may name the person."""

from __future__ import annotations

import re

from psm_course.errors import Refused

_SHORTEST, _LONGEST = 5, 500


def checked_reason(reason: str, *names: str) -> str:
    """The reason, trimmed. Refused when it says nothing, is endless, or holds a word of one of these names."""
    trimmed = " ".join(reason.split())
    if len(trimmed) < _SHORTEST:
        raise Refused("Tulis alasannya dalam beberapa kata, misalnya: salah ketik pada nama.")
    if len(trimmed) > _LONGEST:
        raise Refused(f"Alasannya lebih panjang dari {_LONGEST} huruf. Ringkaskan: alasan ini dibaca banyak orang.")
    named = _words(" ".join(names)) & _words(trimmed)
    if named:
        raise Refused(f'Tulis alasan tanpa menyebut nama orangnya ("{min(named)}"): alasan ini tersimpan dan terbaca seterusnya.')
    return trimmed


def _words(text: str) -> set[str]:
    """Words of three letters and more: shorter ones stand in any sentence."""
    return set(re.findall(r"\w{3,}", text.casefold()))
