"""The order of items and choices as `grading.draw` publishes it, computed by nothing but that text: what others may check us by."""

from __future__ import annotations

from collections.abc import Iterable

from psm_course.grading.draw import Sitting


def murmur3(data: bytes) -> int:
    """MurmurHash3, x86, 32 bit, seed 0, as published by Austin Appleby: what the reader's script implements as well."""

    def mix(block: int) -> int:
        block = block * 0xCC9E2D51 & 0xFFFFFFFF
        block = (block << 15 | block >> 17) & 0xFFFFFFFF
        return block * 0x1B873593 & 0xFFFFFFFF

    state = 0
    whole = len(data) // 4 * 4
    for at in range(0, whole, 4):
        state ^= mix(int.from_bytes(data[at : at + 4], "little"))
        state = (state << 13 | state >> 19) & 0xFFFFFFFF
        state = (state * 5 + 0xE6546B64) & 0xFFFFFFFF
    state ^= mix(int.from_bytes(data[whole:], "little"))
    state ^= len(data)
    state ^= state >> 16
    state = state * 0x85EBCA6B & 0xFFFFFFFF
    state ^= state >> 13
    state = state * 0xC2B2AE35 & 0xFFFFFFFF
    return state ^ state >> 16


def published_order(sitting: Sitting, ids: Iterable[str], inside: str = "") -> list[str]:
    """`ids` in this sitting's order; `inside` names the item when these are its choices."""
    seed = "|".join([*map(str, sitting), *([inside] if inside else [])])
    return sorted(ids, key=lambda name: (murmur3(f"{seed}|{name}".encode()), name))
