"""Opening a cohort and enrolling people: all or nothing, and nobody twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.adopted import digest_of
from psm_course.domain.register import Cohort, Enrolment
from psm_course.errors import Refused
from psm_course.interchange.sheets.reading import Note
from psm_course.interchange.sheets.sheets import SheetFile
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.registrar.people.enrolling import (
    Changed,
    RosterImport,
    export_roster,
    import_roster,
    preview_roster,
)
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people
from tests.builders import REGION
from tests.register_builders import (
    ACTOR,
    DEPOK,
    NOW,
    a_cohort,
    a_course,
    a_roster,
    a_sheet,
    arranging,
    enrolled_in,
    events_of,
    register_of,
)

BAKTIJAYA = "32.76.05.1005"
SITI = Enrolment("D26-001", "D26", "Siti Rahayu", DEPOK)
UJANG = Enrolment("D26-002", "D26", "Ujang", BAKTIJAYA)
STARTS_ON = date(2026, 11, 24)


def imported(
    store: Store,
    tmp_path: Path,
    *rows: Sequence[object],
    cohort: str = "D26",
    dry_run: bool = False,
    answers: Mapping[str, str] | None = None,
) -> RosterImport:
    return import_roster(
        store,
        REGION,
        cohort,
        a_roster(tmp_path / "peserta.xlsx", *rows),
        ACTOR,
        NOW,
        dry_run,
        answers,
    )


def done(
    added: Sequence[Enrolment] = (),
    changed: Sequence[tuple[Enrolment, Enrolment]] = (),
    unchanged: int = 0,
) -> RosterImport:
    """What an import did that had nothing to say."""
    return RosterImport(tuple(added), tuple(Changed(*each) for each in changed), unchanged)


NOTHING_KEPT = Contains("peserta.xlsx: ", "belum ada yang disimpan")


def refusal(store: Store, tmp_path: Path, *rows: Sequence[object], cohort: str = "D26") -> str:
    """The sentence; and nothing at all is written."""
    before = register_of(store)
    with pytest.raises(Refused) as refused:
        imported(store, tmp_path, *rows, cohort=cohort)
    assert register_of(store) == before
    return str(refused.value)


# ---- cohorts -------------------------------------------------------------------------------------


def test_a_cohort_is_opened_once_and_noted(store: Store) -> None:
    opened = open_cohort(
        store, "D26", "Angkatan 26", STARTS_ON, ACTOR, NOW, a_course(), "Aula Dinsos"
    )

    assert opened == Cohort("D26", "Angkatan 26", STARTS_ON, course="bimtek", place="Aula Dinsos")
    with store.reading() as tx:
        assert cohorts.list_cohorts(tx) == (opened,)
    version = digest_of(a_course()).removeprefix("sha256:")[:12]
    assert events_of(store) == [
        (ACTOR, "course adopted", "bimtek", {"before": None, "version": version}),
        (ACTOR, "cohort opened", "D26", {"course": "bimtek", "rules": version}),
    ]


def test_a_cohort_that_is_there_is_not_opened_again(store: Store) -> None:
    open_cohort(store, "D26", "Angkatan 26", STARTS_ON, ACTOR, NOW, a_course())
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        open_cohort(store, "D26", "Lain", STARTS_ON, ACTOR, NOW, a_course())

    assert str(refused.value) == Contains('Angkatan "D26" sudah ada')
    assert register_of(store) == before


def test_a_code_is_written_in_capitals_as_phones_write_numbers(store: Store) -> None:
    assert open_cohort(store, "d26a", "Angkatan", STARTS_ON, ACTOR, NOW, a_course()).id == "D26A"


@pytest.mark.parametrize("code", ["", "D 26", "D-26", "D26-", "../D26", "Ä26", "A" * 13, "D26\n"])
def test_a_code_that_cannot_stand_in_a_number_is_refused(store: Store, code: str) -> None:
    with pytest.raises(Refused) as refused:
        open_cohort(store, code, "Angkatan", STARTS_ON, ACTOR, NOW, a_course())

    assert str(refused.value) == Contains(f'"{code}" tidak', "kode angkatan", "paling banyak 12")


# ---- enrolling -----------------------------------------------------------------------------------


def test_people_are_numbered_in_the_order_of_the_sheet(store: Store, tmp_path: Path) -> None:
    a_cohort(store)

    did = imported(store, tmp_path, ("Siti Rahayu", "Depok"), ("Ujang", "Baktijaya"))

    assert did == done([SITI, UJANG])
    assert enrolled_in(store) == (SITI, UJANG)


def test_the_same_sheet_twice_doubles_nobody(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    imported(store, tmp_path, ("Siti Rahayu", "Depok"), ("Ujang", "Baktijaya"))
    before = register_of(store)["enrolment"]

    did = imported(store, tmp_path, ("SITI RAHAYU".title(), "Depok"), ("Ujang", "Baktijaya"))

    assert did == done(unchanged=2)
    assert register_of(store)["enrolment"] == before


def test_a_longer_sheet_adds_only_those_who_are_new(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    imported(store, tmp_path, ("Siti Rahayu", "Depok"))

    did = imported(store, tmp_path, ("Ujang", "Baktijaya"), ("Siti Rahayu", "Depok"))

    assert did == done([UJANG], unchanged=1)


def test_a_number_says_who_is_meant_when_a_name_is_corrected(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    imported(store, tmp_path, ("Siti Rahayu", "Depok"), ("Ujang", "Baktijaya"))

    did = imported(
        store,
        tmp_path,
        ("Siti Rahayu Ningsih", "Baktijaya", "D26-001"),
        ("Ujang", "Baktijaya", "D26-002"),
    )

    corrected = Enrolment("D26-001", "D26", "Siti Rahayu Ningsih", BAKTIJAYA)
    assert did == done(changed=[(SITI, corrected)], unchanged=1)
    assert enrolled_in(store)[0] == Enrolment("D26-001", "D26", "Siti Rahayu Ningsih", BAKTIJAYA)


def test_a_name_in_other_capitals_is_the_same_person_respelt(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    imported(store, tmp_path, ("SITI RAHAYU", "Depok"))

    assert imported(store, tmp_path, ("Siti Rahayu", "Depok")) == done(
        changed=[(Enrolment("D26-001", "D26", "SITI RAHAYU", DEPOK), SITI)]
    )


def test_two_rows_never_mean_the_same_person(store: Store, tmp_path: Path) -> None:
    """The first row renames D26-001; the second has the old name and would be lost in silence."""
    a_cohort(store)
    imported(store, tmp_path, ("Siti Rahayu", "Depok"))

    said = refusal(store, tmp_path, ("Siti Ningsih", "Depok", "D26-001"), ("Siti Rahayu", "Depok"))

    assert said.splitlines() == [
        NOTHING_KEPT,
        "1 hal perlu diperbaiki:",
        Contains("  A3: ", '"D26-001" sudah dipakai', " di A2;"),
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    before = register_of(store)

    planned = imported(store, tmp_path, ("Siti Rahayu", "Depok"), dry_run=True)

    assert planned == done([SITI])
    assert register_of(store) == before


def test_two_cohorts_number_their_own_people(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Ani", cohort="D25")
    a_cohort(store)

    did = imported(store, tmp_path, ("Siti Rahayu", "Depok"))

    assert did == done([SITI])


# ---- refusals ------------------------------------------------------------------------------------


def test_one_bad_cell_keeps_everybody_out(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu")

    said = refusal(store, tmp_path, ("Ujang", "Depok"), ("Ani", "Curug"), ("", "Depok"))

    choices = "(Cimanggis = Curug (Cimanggis); Bojongsari = Curug (Bojongsari))"
    assert said.splitlines() == [
        NOTHING_KEPT,
        "1 hal perlu diperbaiki:",
        Contains("  A4: nama masih kosong"),
        "1 hal perlu dijawab:",
        Contains("  B3: ", "2 kelurahan bernama Curug", choices),
        Contains("--answer B3=Cimanggis"),
    ]


def test_a_number_nobody_has_is_refused(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu")

    said = refusal(store, tmp_path, ("Ujang", "Depok"), ("Ani", "Depok", "D26-009"))

    assert said.splitlines() == [
        NOTHING_KEPT,
        "1 hal perlu diperbaiki:",
        Contains("  C3: ", '"D26-009" tidak ada'),
    ]


def test_a_number_of_another_cohort_is_refused(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Ani", cohort="D25")
    a_cohort(store)

    assert '"D25-001" tidak ada' in refusal(store, tmp_path, ("Ani", "Depok", "D25-001"))


def test_a_sheet_without_people_is_refused(store: Store, tmp_path: Path) -> None:
    a_cohort(store)

    assert refusal(store, tmp_path) == Contains("peserta.xlsx", "satu nama pun")


def test_a_cohort_that_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    said = refusal(store, tmp_path, ("Siti", "Depok"), cohort="D27")

    assert said == Contains('Angkatan "D27" tidak ada', ": belum ada", "psm cohort new")


# ---- what is asked, and what is understood -------------------------------------------------------


def test_an_answer_settles_a_question(store: Store, tmp_path: Path) -> None:
    a_cohort(store)

    did = imported(store, tmp_path, ("Ani", "Curug"), answers={"B2": "Bojongsari"})

    assert did == done([Enrolment("D26-001", "D26", "Ani", "32.76.11.1005")])
    assert enrolled_in(store) == did.added


def test_a_preview_says_everything_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    before = register_of(store)
    sheet = a_roster(
        tmp_path / "peserta.xlsx",
        ("Siti Rahayu", "Depok"),
        ("", "Depok"),
        ("Ani", "Curug"),
        ("Eko", "Bakti Jaya"),
    )

    seen = preview_roster(store, REGION, "D26", SheetFile(sheet.name, sheet.read_bytes()))

    assert register_of(store) == before
    assert (seen.added, seen.changed, seen.unchanged, seen.is_clear) == (
        (Enrolment("D26-003", "D26", "Eko", BAKTIJAYA),),
        (),
        1,
        False,
    )
    assert [str(each) for each in seen.problems] == [Contains("A3: nama masih kosong")]
    assert [
        (question.id, [choice.value for choice in question.choices]) for question in seen.questions
    ] == [("B4", ["Cimanggis", "Bojongsari"])]
    assert seen.notes == (Note("B5", '"Bakti Jaya" dibaca Baktijaya'),)


def test_two_of_one_name_are_asked_about_and_may_be_two(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    rows = [("Siti Nurhayati", "Depok"), ("Siti Nur Hayati", "Depok")]

    assert refusal(store, tmp_path, *rows) == Contains(
        "A3: Siti Nur Hayati, Depok, mirip", " Siti Nurhayati di A2", "Orang yang sama"
    )
    assert len(imported(store, tmp_path, *rows, answers={"A3": "lain"}).added) == 2
    assert imported(store, tmp_path, *rows) == done(unchanged=2)


def test_telephones_are_kept_and_an_empty_cell_takes_none_away(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store)
    header = ("Nama", "Kelurahan", "No HP")
    with_phone = replace(SITI, phone="081234567890")

    first = import_roster(
        store,
        REGION,
        "D26",
        a_sheet(tmp_path / "a.xlsx", header, ("Siti Rahayu", "Depok", "81234567890")),
        ACTOR,
        NOW,
    )
    empty = import_roster(
        store,
        REGION,
        "D26",
        a_sheet(tmp_path / "b.xlsx", header, ("Siti Rahayu", "Depok", "")),
        ACTOR,
        NOW,
    )
    other = import_roster(
        store,
        REGION,
        "D26",
        a_sheet(tmp_path / "c.xlsx", header, ("Siti Rahayu", "Depok", "0812 0000 1111")),
        ACTOR,
        NOW,
    )

    assert first.added == (with_phone,)
    assert empty == done(unchanged=1)
    assert other == done(changed=[(with_phone, replace(SITI, phone="081200001111"))])
    assert enrolled_in(store) == (replace(SITI, phone="081200001111"),)


def test_no_sheet_brings_an_erased_person_back(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    with arranging(store) as tx:
        people.erase_person(tx, "D26-001", NOW)

    assert 'nomor peserta "D26-001" tidak ada' in refusal(
        store, tmp_path, ("Siti Rahayu", "Depok", "D26-001")
    )
    assert imported(store, tmp_path, ("Siti Rahayu", "Depok")) == done(
        [replace(SITI, number="D26-003")]
    )


# ---- out and in again ----------------------------------------------------------------------------


def test_our_own_roster_comes_back_without_change(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Nurhayati", "Siti Nurhayati", "Siti Nur Hayati", "=1+1 Siti", "Erna")
    with arranging(store) as tx:
        people.change_enrolments(
            tx,
            [
                replace(person, phone="081234567890")
                for person in people.list_enrolments(tx, "D26", counted_for="D26-002")
            ],
        )
        people.erase_person(tx, "D26-005", NOW)
    before = register_of(store)["enrolment"]

    count = export_roster(store, REGION, "D26", tmp_path / "ekspor.xlsx")
    did = import_roster(store, REGION, "D26", tmp_path / "ekspor.xlsx", ACTOR, NOW)

    assert (count, did) == (4, done(unchanged=4))
    assert register_of(store)["enrolment"] == before
