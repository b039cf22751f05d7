"""The table of renewed trust, for the library, the command and the page: what somebody knew of an
office's site, and what she finds.

`copies` are what she has of it, by path below the site, known longest first. `as_of` is the date of
the lists that her verdict stands on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from psm_course.credentials.documents import written
from psm_course.credentials.signing.proof import sign
from tests.credentials.lists.publishings import (
    AFTER_IT,
    BY_NEXT,
    BY_THIEF,
    BY_THIRD,
    DAY,
    FIRST,
    FOURTH,
    LEAKED,
    NOW,
    OLD,
    OTHER_ROOT,
    PINNED,
    POISON,
    REVOKED,
    ROOT,
    ROOTLESS,
    ROOTLESS_LEAKED,
    ROTATED,
    SECOND,
    STOLEN,
    STRUCK,
    THIEF,
    THIRD,
    Certificate,
    Renewed,
    Row,
    naming,
    published,
    with_other_signature,
    with_parts,
    without,
)
from tests.credentials.signed import (
    BEFORE,
    FOREIGN_KEY,
    FOREIGN_OFFICE,
    KEY,
    LISTED,
    NEXT_KEY,
    OFFICE,
    a_record,
    an_issuance,
)

# Amber: genuine, but no list says how it stands (`as_of` is None), or what says so is too old.
GREEN, AMBER, UNKNOWN = "valid", "stale", "unknown_issuer"


def renewed_cases() -> list[Renewed]:
    rows = [
        *_rotation(),
        *_strike_off(),
        *_rollback(),
        *_mixed(),
        *_broken(),
        *_clocks(),
        *_old_snapshots(),
    ]
    cases = [case for row in rows for case in row.cases()]
    assert len({case.id for case in cases}) == len(cases) >= 60
    return cases


def _rotation() -> Iterator[Row]:
    yield Row("a single copy", (FIRST,), OLD, GREEN, FIRST)
    yield Row("rotated, signed before", (FIRST, SECOND), OLD, GREEN, SECOND)
    yield Row("rotated, signed by the next", (FIRST, SECOND), BY_NEXT, GREEN, SECOND)
    yield Row("rotated, not seen yet", (FIRST,), BY_NEXT, UNKNOWN)
    yield Row(
        "rotated, signed by the old one since",
        (FIRST, SECOND),
        Certificate(KEY, LISTED + 4 * DAY),
        UNKNOWN,
    )
    yield Row("rotated twice, one missed", (FIRST, THIRD), BY_THIRD, GREEN, THIRD)
    yield Row("rotated twice, long ago", (FIRST, FOURTH), BY_THIRD, GREEN, FOURTH)
    yield Row(
        "rotated twice, what was missed is gone",
        (FIRST, without(THIRD, "snapshot/2.json")),
        BY_THIRD,
        UNKNOWN,
    )
    alone = published(ROTATED, 2, [NEXT_KEY], LISTED + 3 * DAY, FIRST)
    yield Row("the next key by its own word", (FIRST, alone), BY_NEXT, UNKNOWN)
    yield Row(
        "by the old key's word alone",
        (FIRST, published(ROTATED, 2, [KEY], LISTED + 3 * DAY, FIRST)),
        BY_NEXT,
        UNKNOWN,
    )
    by_root = published(ROTATED, 2, [NEXT_KEY, ROOT], LISTED + 3 * DAY, FIRST)
    yield Row(
        "the old key is lost, the offline one vouches", (FIRST, by_root), BY_NEXT, GREEN, by_root
    )
    strangers = published(PINNED.with_key(THIEF, LISTED + DAY), 2, [THIEF], LISTED + DAY, FIRST)
    yield Row("a stranger's key", (FIRST, strangers), BY_THIEF, UNKNOWN)
    fewer = replace(ROTATED, keys=ROTATED.keys[1:])
    yield Row(
        "the old key is listed no more",
        (FIRST, published(fewer, 2, [NEXT_KEY, KEY], LISTED + 3 * DAY, FIRST)),
        BY_NEXT,
        UNKNOWN,
    )
    revived = replace(ROTATED, keys=(replace(ROTATED.keys[0], retired_at=None), ROTATED.keys[1]))
    back = published(revived, 3, [NEXT_KEY], LISTED + 9 * DAY, SECOND)
    yield Row(
        "the retired key comes back", (SECOND, back), Certificate(KEY, LISTED + 4 * DAY), UNKNOWN
    )


def _strike_off() -> Iterator[Row]:
    yield Row("struck off, the thief's", (FIRST, STRUCK), OLD, "revoked")
    yield Row("struck off, signed anew", (FIRST, STRUCK), BY_NEXT, GREEN, STRUCK)
    yield Row("struck off, seen late", (FIRST, AFTER_IT), OLD, "revoked")
    yield Row("struck off, seen late, signed anew", (FIRST, AFTER_IT), BY_NEXT, GREEN, AFTER_IT)
    without_root = published(LEAKED, 2, [NEXT_KEY], LISTED + 3 * DAY, FIRST)
    yield Row("struck off without the offline key", (FIRST, without_root), BY_NEXT, UNKNOWN)
    by_both = published(LEAKED, 2, [NEXT_KEY, KEY], LISTED + 3 * DAY, FIRST)
    yield Row("struck off by the word of the leaked key", (FIRST, by_both), BY_NEXT, UNKNOWN)
    by_other = published(LEAKED, 2, [NEXT_KEY, OTHER_ROOT], LISTED + 3 * DAY, FIRST)
    yield Row("struck off by another offline key", (FIRST, by_other), BY_NEXT, UNKNOWN)
    swapped = published(
        replace(STOLEN, root_key=OTHER_ROOT.multikey), 2, [THIEF, KEY], LISTED + DAY, FIRST
    )
    yield Row("the thief names an offline key of his", (FIRST, swapped), BY_THIEF, UNKNOWN)
    yield Row("the thief was believed, then struck off", (FIRST, POISON, STRUCK), BY_THIEF, UNKNOWN)
    yield Row(
        "the thief was believed, then struck off, signed anew",
        (FIRST, POISON, STRUCK),
        BY_NEXT,
        GREEN,
        STRUCK,
    )
    yield Row(
        "the thief was believed, the strike-off seen late",
        (FIRST, POISON, AFTER_IT),
        BY_NEXT,
        GREEN,
        AFTER_IT,
    )
    yield Row("the thief comes back", (FIRST, STRUCK, POISON), BY_THIEF, UNKNOWN)
    yield Row("the thief comes back, with the old key", (FIRST, STRUCK, POISON), OLD, "revoked")
    forgiven = replace(
        LEAKED,
        keys=(
            replace(LEAKED.keys[0], compromised_at=None, retired_at=LISTED + 2 * DAY),
            *LEAKED.keys[1:],
        ),
    )
    yield Row(
        "the strike-off is taken back",
        (STRUCK, published(forgiven, 3, [NEXT_KEY], LISTED + 4 * DAY, STRUCK)),
        OLD,
        "revoked",
    )
    by_root = published(forgiven, 3, [NEXT_KEY, ROOT], LISTED + 4 * DAY, STRUCK)
    yield Row("the strike-off is taken back, even so", (STRUCK, by_root), OLD, "revoked")
    own_word = published(ROOTLESS_LEAKED, 2, [NEXT_KEY], LISTED + 3 * DAY, ROOTLESS)
    yield Row("no offline key, struck off", (ROOTLESS, own_word), OLD, "revoked")
    yield Row(
        "no offline key, struck off, signed anew", (ROOTLESS, own_word), BY_NEXT, GREEN, own_word
    )
    made = published(PINNED, 2, [KEY], LISTED + DAY, ROOTLESS)
    later = published(LEAKED, 3, [NEXT_KEY], LISTED + 3 * DAY, made)
    yield Row(
        "an offline key was made, struck off without it", (ROOTLESS, made, later), BY_NEXT, UNKNOWN
    )


def _rollback() -> Iterator[Row]:
    """An older part where a newer is known. The record was revoked in the second publishing."""
    yield Row("revoked", (FIRST, REVOKED), OLD, "revoked", REVOKED)
    yield Row("the whole site of before", (REVOKED, FIRST), OLD, "revoked", REVOKED)
    yield Row(
        "the snapshot of before",
        (REVOKED, with_parts(REVOKED, FIRST, "snapshot.json")),
        OLD,
        "revoked",
        REVOKED,
    )
    plain = without(REVOKED, "perbaikan.json")
    lists = ("status/0-revocation.json", "status/0-refresh.json")
    yield Row("the list of before", (with_parts(plain, FIRST, lists[0]),), OLD, AMBER)
    yield Row(
        "the other list of before", (with_parts(plain, FIRST, lists[1]),), OLD, "revoked", REVOKED
    )
    yield Row("both lists of before", (with_parts(plain, FIRST, *lists),), OLD, AMBER)
    corrected = with_parts(without(REVOKED, *lists), FIRST, "perbaikan.json")
    yield Row("the corrections of before, and no list", (corrected,), OLD, AMBER)
    yield Row(
        "the corrections of before",
        (with_parts(REVOKED, FIRST, "perbaikan.json"),),
        OLD,
        "revoked",
        REVOKED,
    )
    yield Row("all lists of before", (with_parts(FIRST, REVOKED, "snapshot.json"),), OLD, AMBER)
    yield Row("the keys of before a strike-off", (STRUCK, FIRST), OLD, "revoked")
    twin = published(PINNED, 2, [KEY], LISTED + 3 * DAY, FIRST)
    yield Row(
        "another one of the same number",
        (REVOKED, without(twin, *lists, "perbaikan.json")),
        OLD,
        "revoked",
        REVOKED,
    )
    yield Row("the first of two rotations again", (THIRD, SECOND), BY_THIRD, GREEN, THIRD)


def _mixed() -> Iterator[Row]:
    """Parts of two publishings, as in the middle of an upload."""
    lists = ("status/0-revocation.json", "status/0-refresh.json", "perbaikan.json", "sidik.json")
    yield Row(
        "new lists, old snapshot", (with_parts(FIRST, REVOKED, *lists),), OLD, "revoked", REVOKED
    )
    yield Row(
        "one new list, old snapshot",
        (with_parts(FIRST, REVOKED, lists[0]),),
        OLD,
        "revoked",
        REVOKED,
    )
    yield Row("new snapshot, no list yet", (without(REVOKED, *lists),), OLD, AMBER)
    yield Row("new snapshot, one list yet", (without(REVOKED, lists[0], lists[2]),), OLD, AMBER)
    yield Row(
        "lists of the next key, old snapshot", (with_parts(FIRST, SECOND, *lists),), OLD, AMBER
    )
    yield Row(
        "new keys, lists of the old key", (with_parts(FIRST, SECOND, "snapshot.json"),), OLD, AMBER
    )
    changed = {**FIRST[lists[0]], "validFrom": written(LISTED + 9 * DAY)}
    yield Row("a list dated later by somebody", ({**FIRST, lists[0]: changed},), OLD, AMBER)
    elsewhere = published(FOREIGN_OFFICE, 9, [FOREIGN_KEY], LISTED + 9 * DAY)
    scratched = {
        **{path: FIRST[path] for path in lists},
        lists[0]: with_other_signature(REVOKED[lists[0]]),
        lists[1]: REVOKED[lists[1]],
    }
    yield Row(
        "a list with another signature, named by its office",
        (naming(REVOKED, scratched, [KEY]),),
        OLD,
        "revoked",
        REVOKED,
    )
    yield Row(
        "a list with another signature, named by another office",
        (with_parts(FIRST, scratched, lists[0]), naming(elsewhere, scratched, [FOREIGN_KEY])),
        OLD,
        AMBER,
    )
    yield Row(
        "a list by a key struck off, named by its office",
        (naming(STRUCK, {path: FIRST[path] for path in lists}, [NEXT_KEY, ROOT]),),
        BY_NEXT,
        AMBER,
    )
    yield Row("another office's snapshot", (FIRST, elsewhere), OLD, GREEN, FIRST)
    yield Row(
        "another office's lists",
        (FIRST, with_parts(elsewhere, FIRST, "snapshot.json")),
        OLD,
        GREEN,
        FIRST,
    )


def _broken() -> Iterator[Row]:
    """A snapshot that is not whole changes nothing for who knows an earlier one."""
    whole, there = STRUCK["snapshot.json"], without(STRUCK, "snapshot/2.json")
    for name, document in {
        "empty": {},
        "truncated": {name: whole[name] for name in list(whole)[:6]},
        "without a proof": {**whole, "proof": []},
        "with a number that is none": {**whole, "version": "2"},
        "with a key that is none": {
            **whole,
            "keys": [*whole["keys"], {**whole["keys"][0], "multikey": "z6Mk"}],
        },
        "of a later format": {**whole, "format": "psm-snapshot/2"},
        "changed": {**whole, "version": 7},
        "signed by others only": sign(
            {name: whole[name] for name in whole if name != "proof"}, [THIEF], OFFICE.did, NOW
        ),
    }.items():
        yield Row(
            f"a snapshot {name}", (FIRST, {**there, "snapshot.json": document}), BY_NEXT, UNKNOWN
        )


def _clocks() -> Iterator[Row]:
    ends = Certificate(valid_until="2025-06-10")
    shared = an_issuance(a_record(valid_until=ends.valid_until))
    beside = {**FIRST, f"terbitan/{shared.file_name}": shared.to_json()}
    yield Row("expired", (FIRST, SECOND), ends, "revoked", SECOND)
    yield Row("expired, the clock set back", (FIRST, SECOND), ends, "revoked", SECOND, BEFORE)
    yield Row("not expired yet", (beside,), ends, GREEN, FIRST, LISTED + timedelta(hours=1))
    yield Row("the clock set back", (FIRST, SECOND), OLD, GREEN, SECOND, BEFORE)
    yield Row("the clock set back, struck off", (FIRST, STRUCK), OLD, "revoked", now=BEFORE)
    yield Row("the clock ahead, struck off", (FIRST, STRUCK), OLD, "revoked", now=NOW + 4000 * DAY)
    yield Row(
        "the clock ahead, revoked", (FIRST, REVOKED), OLD, "revoked", REVOKED, NOW + 4000 * DAY
    )
    yield Row(
        "the snapshot expired, a key nobody knows", (FIRST,), BY_NEXT, UNKNOWN, now=NOW + 4000 * DAY
    )


def _old_snapshots() -> Iterator[Row]:
    """A snapshot holds for 180 days. These lists hold for longer, so that it alone is judged."""
    end = LISTED + 180 * DAY
    later = end + timedelta(seconds=1)
    yield Row("the snapshot's last second", (FIRST,), OLD, GREEN, FIRST, end)
    yield Row("the snapshot expired", (FIRST,), OLD, AMBER, FIRST, later)
    yield Row(
        "the snapshot expired after ten years", (FIRST,), OLD, AMBER, FIRST, NOW + 3_650 * DAY
    )
    newer = published(PINNED, 2, [KEY], LISTED + 170 * DAY, FIRST)
    lists = ("status/0-revocation.json", "status/0-refresh.json", "sidik.json")
    beside = with_parts(FIRST, newer, *lists)
    yield Row("the snapshot expired, newer lists beside it", (beside,), OLD, AMBER, FIRST, later)
    yield Row("the snapshot expired, a newer one seen", (FIRST, newer), OLD, GREEN, newer, later)
    yield Row(
        "the snapshot expired, a newer one by a stranger",
        (FIRST, published(PINNED, 2, [THIEF], end, FIRST)),
        OLD,
        AMBER,
        FIRST,
        later,
    )
    yield Row(
        "the snapshot expired, the older site comes back", (newer, FIRST), OLD, GREEN, newer, later
    )
    elsewhere = published(FOREIGN_OFFICE, 9, [FOREIGN_KEY], LISTED + 170 * DAY)
    yield Row(
        "the snapshot expired, another office's did not",
        (FIRST, elsewhere),
        OLD,
        AMBER,
        FIRST,
        later,
    )
    yield Row(
        "the snapshot expired, revoked",
        (FIRST, REVOKED),
        OLD,
        "revoked",
        REVOKED,
        LISTED + 200 * DAY,
    )
    yield Row(
        "the snapshot expired, struck off", (FIRST, STRUCK), OLD, "revoked", now=LISTED + 200 * DAY
    )
    yield Row(
        "the snapshot expired, rotated", (FIRST, SECOND), BY_NEXT, AMBER, SECOND, LISTED + 200 * DAY
    )
    without_end = {
        name: value
        for name, value in FIRST["snapshot.json"].items()
        if name not in {"validUntil", "proof"}
    }
    endless = {
        **FIRST,
        "snapshot.json": sign({**without_end, "version": 2}, [KEY], OFFICE.did, LISTED + 170 * DAY),
    }
    yield Row(
        "the snapshot expired, the next has no end", (FIRST, endless), OLD, AMBER, FIRST, later
    )
