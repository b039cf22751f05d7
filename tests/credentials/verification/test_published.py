"""What an office published, as documents and as a copy of its site: what is taken, what counts as
missing, what is refused.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from psm_course.credentials.documents import Json
from psm_course.credentials.lists.digests import sign_digests
from psm_course.credentials.lists.snapshot import read_snapshot
from psm_course.credentials.lists.status_list import PURPOSES, places_of
from psm_course.credentials.verification.copies import published_there
from psm_course.credentials.verification.published import Published, published, published_at
from psm_course.credentials.verification.trust import trusted
from psm_course.credentials.verification.verification import verify
from psm_course.errors import Refused
from tests.credentials.lists.publishings import FIRST, REVOKED, laid, without
from tests.credentials.signed import (
    FOREIGN_KEY,
    FOREIGN_OFFICE,
    KEY,
    LISTED,
    NOW,
    NUMBER,
    OFFICE,
    POSITION,
    SITE,
    a_badge,
    a_correction,
    an_issuance,
    as_bytes,
    corrections,
    status_lists,
)

LISTS = {each["id"].removeprefix(f"{SITE}/"): each for each in status_lists(revoked=[POSITION])}
SECOND = timedelta(seconds=1)
EARLIER_KEYS: dict[str, Json] = {"keys.json": OFFICE.to_json(), **LISTS}


def verdict(known: Published) -> str:
    return verify(as_bytes(a_badge()), known, NOW).verdict


# ---- documents -----------------------------------------------------------------------------------


def test_documents_are_taken_by_their_paths_and_others_left_alone() -> None:
    shared = an_issuance()
    documents: list[tuple[str, Json]] = [
        *LISTS.items(),
        (f"terbitan/{shared.file_name}", shared.to_json()),
        ("perbaikan.json", corrections(a_correction())),
        ("sidik.json", sign_digests(OFFICE, {NUMBER: ["00" * 32]}, KEY, LISTED)),
        ("lain.json", status_lists()[0]),
        ("index.html", {}),
    ]

    known = published_at([OFFICE], documents)

    assert {name for _, name in known.status_lists} == {each["id"] for each in LISTS.values()}
    assert [*known.issuances] == [(OFFICE.did, shared.digest)]
    assert known.find_correction(OFFICE, NUMBER) == (a_correction(), LISTED + timedelta(hours=1))
    assert (known.pdfs, known.snapshots, known.log) == ({NUMBER: ("00" * 32,)}, {}, None)


def test_of_two_lists_the_newer_counts_in_whichever_order_they_come() -> None:
    lists = [*status_lists(revoked=[POSITION], at=LISTED + SECOND), *status_lists()]

    assert [verdict(published([OFFICE], some)) for some in (lists, lists[::-1])] == [
        "revoked",
        "revoked",
    ]


def test_a_list_is_found_by_its_place_and_purpose_alone() -> None:
    known = published([OFFICE], status_lists())
    place, other = places_of(SITE, POSITION)

    assert [
        found.purpose for each in (place, other) if (found := known.find_list(OFFICE, each))
    ] == [*PURPOSES]
    assert known.find_list(OFFICE, replace(place, purpose=other.purpose)) is None
    assert known.find_list(FOREIGN_OFFICE, place) is None


def test_a_correction_is_found_by_its_number_and_of_others_only_the_date_is_known() -> None:
    known = published([OFFICE], corrections=[corrections(a_correction())])

    assert known.find_correction(OFFICE, "lain") == (None, LISTED + timedelta(hours=1))
    assert known.find_correction(OFFICE, None) == (None, None)
    assert known.find_correction(FOREIGN_OFFICE, NUMBER) == (None, None)


def test_two_offices_may_use_one_number() -> None:
    listed = [sign_digests(OFFICE, {NUMBER: ["00" * 32]}, KEY, LISTED)]
    listed += [sign_digests(FOREIGN_OFFICE, {NUMBER: ["11" * 32]}, FOREIGN_KEY, LISTED + SECOND)]

    assert published([OFFICE, FOREIGN_OFFICE], digests=listed).pdfs == {
        NUMBER: ("00" * 32, "11" * 32)
    }
    assert published([OFFICE], digests=listed, pdfs={"lain": ["22" * 32]}).pdfs == {
        "lain": ["22" * 32]
    }


def test_no_clock_is_earlier_than_the_newest_snapshot() -> None:
    snapshots = {
        name: replace(read_snapshot(FIRST["snapshot.json"]), made=LISTED + days * SECOND)
        for name, days in (("a", 2), ("b", 1))
    }

    assert Published(()).time_at(LISTED) == LISTED
    assert Published((), snapshots=snapshots).time_at(LISTED) == LISTED + 2 * SECOND
    assert Published((), snapshots=snapshots).time_at(NOW) == NOW


# ---- copies of a site ----------------------------------------------------------------------------


def test_a_copy_of_a_site_says_what_its_documents_say(tmp_path: Path) -> None:
    (site,) = laid((REVOKED,), tmp_path)

    assert published_there(site) == trusted([without(REVOKED, "snapshot/2.json")])
    assert verdict(published_there(site)) == "revoked"


def test_a_copy_from_before_snapshots_is_read_by_its_list_of_keys(tmp_path: Path) -> None:
    (site,) = laid((EARLIER_KEYS,), tmp_path)

    assert verdict(published_there(site)) == "revoked"
    assert published_there(site).snapshots == {}


def test_where_there_is_a_snapshot_the_list_of_keys_is_not_read(tmp_path: Path) -> None:
    (site,) = laid((FIRST,), tmp_path)
    (site / "keys.json").write_bytes(b"{}")

    assert verdict(published_there(site)) == "valid"


@pytest.mark.parametrize(
    "broken", [None, b"", b"{}", as_bytes(OFFICE.to_json() | {"format": "psm-keys/2"})]
)
def test_a_folder_without_a_readable_list_of_keys_is_no_copy(
    tmp_path: Path, broken: bytes | None
) -> None:
    if broken is not None:
        (tmp_path / "keys.json").write_bytes(broken)

    with pytest.raises(Refused, match=r"tidak ada keys\.json"):
        published_there(tmp_path)


@pytest.mark.parametrize("lacking", [b"", b"[]", None])
def test_an_unreadable_list_counts_as_missing(tmp_path: Path, lacking: Any) -> None:
    (site,) = laid((EARLIER_KEYS,), tmp_path)
    for path in LISTS:
        (site / path).unlink()
        if lacking is None:
            (site / path).mkdir()
        else:
            (site / path).write_bytes(lacking)

    assert verdict(published_there(site)) == "stale"
