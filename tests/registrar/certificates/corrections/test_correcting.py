"""Corrections: nothing issued is ever changed; the old code answers what became of it, and
everything is noted.
"""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from dirty_equals import Contains

from psm_course.domain.register import CompletionRecord
from psm_course.errors import Refused, StoreError
from psm_course.registrar.completion.judging import standings
from psm_course.settings import Settings
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.soundness.checking import check_store
from tests.databases import opened_again
from tests.register_builders import (
    ACTOR,
    NOW,
    arranging,
    enrolled_in,
    events_of,
    register_of,
)
from tests.registrar.certificates.office import COURSE, FIRST, becomes, corrects

# ---- supersede -----------------------------------------------------------------------------------


def test_a_typo_is_corrected_by_a_new_number_and_the_old_code_says_so(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    new = corrects(store, replace(settings, signatory_name="Drs. Pengganti"))

    assert (new.number, new.supersedes, new.status_index) == (
        "800.2/0003/PSM-DASAR/XII/2026",
        FIRST,
        2,
    )
    assert new.content == two[0].content | {
        "number": new.number,
        "name": "Siti Rahayu",
        "issued_on": "2026-12-02",
        "signatory_name": "Drs. Pengganti",
    }
    printed, scanned = becomes(store, two[0])
    assert printed == scanned
    assert printed[:2] == ("superseded", new.number)
    assert printed[2] == Contains(f"{new.number} pada 2 Desember 2026", ": salah ketik pada nama")
    assert [verdict for verdict, _, _ in becomes(store, new)] == ["valid", "valid"]
    assert [verdict for verdict, _, _ in becomes(store, two[1])] == ["valid", "valid"]


def test_what_was_issued_stays_as_it_was(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    new = corrects(store, settings)

    with store.reading() as tx:
        assert records.records_of_cohort(tx, "D26") == (*two, new)
    assert [person.name for person in enrolled_in(store)] == ["Siti Rahayu", "Ujang Hidayat"]
    assert standings(store, COURSE, "D26", NOW)[1][0].record == new.number
    superseded, entered, issued = events_of(store)[-3:]
    assert entered[:3] == ("register", "record entered", new.number)
    assert [superseded, issued] == [
        (ACTOR, "record superseded", "D26-001", {"record": FIRST, "by": new.number}),
        (ACTOR, "record issued", "D26-001", {"record": new.number, "kind": "passed"}),
    ]
    assert check_store(store).problems == ()


def test_a_correction_can_be_corrected(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    second = corrects(store, settings)
    third = corrects(store, settings, second.number, None, kelurahan="32.76.11.1005")

    assert third.content["kelurahan"] == "Curug (Bojongsari)"
    assert [becomes(store, each)[0][:2] for each in (two[0], second, third)] == [
        ("superseded", second.number),
        ("superseded", third.number),
        ("valid", None),
    ]


def test_a_name_already_set_right_in_the_register_needs_no_typing(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    with pytest.raises(Refused, match=r"sudah sama.*psm reprint"):
        corrects(store, settings, name=None)

    first = corrects(store, settings, name="Siti Rahayu")

    assert first.content["name"] == "Siti Rahayu"


def test_two_officers_correcting_one_record_at_once_give_one_replacement(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    ends: list[str] = []

    def officer() -> None:
        register = opened_again(store)
        try:
            ends.append(corrects(register, settings).number)
        except Refused as refused:
            ends.append(str(refused))
        register.close()

    threads = [threading.Thread(target=officer) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    new = "800.2/0003/PSM-DASAR/XII/2026"
    assert sorted(ends) == [
        new,
        *[Contains(FIRST, f"diganti oleh {new} pada 2 Desember 2026")] * 2,
    ]


@pytest.mark.parametrize(
    ("number", "reason", "says"),
    [
        ("800.2/0009", "salah ketik", ('"800.2/0009" tidak ada', "sudah dihapus")),
        (FIRST, "salah " * 84, ("panjang dari 500 huruf",)),
        (FIRST, "ya", ("dalam beberapa kata",)),
        (FIRST, "nama Rahayyu salah", ("tanpa menyebut nama",)),
    ],
)
def test_what_cannot_be_corrected_is_said_and_nothing_changes(
    store: Store,
    settings: Settings,
    two: tuple[CompletionRecord, ...],
    number: str,
    reason: str,
    says: tuple[str, ...],
) -> None:
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        corrects(store, settings, number, reason=reason)

    assert str(refused.value) == Contains(*says)
    assert register_of(store) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("李明", ("tidak dapat dicetak (U+674E)", "Latin")),
        ("Siti\u202eRahayu", ("tidak terlihat (U+202E)", "ketik ulang")),
        ("Siti " * 21, ("panjang dari 100 huruf",)),
        ("-", ('"-" bukan nama',)),
        ("Siti Ꜩ", ("psm roster import", "modules/course.yml", '\n  D26-001: huruf "Ꜩ" di nama')),
    ],
)
def test_a_name_that_cannot_be_printed_uses_no_number(
    store: Store,
    settings: Settings,
    two: tuple[CompletionRecord, ...],
    name: str,
    says: tuple[str, ...],
) -> None:
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        corrects(store, settings, name=name)

    assert str(refused.value) == Contains(*says)
    assert register_of(store) == before


def test_an_accent_typed_apart_from_its_letter_becomes_one_with_it(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    new = corrects(store, settings, name=" Siti  Rahayu\u0301 ")

    assert new.content["name"] == "Siti Rahayú"


def test_a_letterhead_or_logo_that_cannot_be_printed_is_said_before_a_number_is_given(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    before = register_of(store)

    for broken, sentence in [
        (replace(settings, letterhead="DINAS 社会"), 'huruf "会" di kop surat'),
        (
            replace(settings, logo="tidak-ada.png"),
            "tidak-ada.png tidak ada. Perbaiki logo di psm.toml",
        ),
    ]:
        with pytest.raises(Refused, match=sentence):
            corrects(store, broken)

    assert register_of(store) == before


# ---- append-only ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table", ["record", "record_event", "record_document", "publication", "number_skip"]
)
def test_nobody_rewrites_what_was_issued(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...], table: str
) -> None:
    corrects(store, settings)
    with arranging(store) as tx:
        records.skip_numbers(tx, "bimtek", 2026, 4, 5, "ditulis tangan", ACTOR, NOW)
    before = register_of(store)
    column = {"record": "kind", "record_document": "qr", "publication": "document"}.get(
        table, "reason"
    )

    with pytest.raises(StoreError), arranging(store) as tx:
        # Names from the list above.
        tx.exec_driver_sql(f"UPDATE {table} SET {column} = 'lain'")  # noqa: S608

    assert register_of(store) == before
