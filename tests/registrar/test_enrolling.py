"""Opening a cohort and enrolling people: all or nothing, and nobody twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from psm_course.errors import Refused
from psm_course.records.register import Cohort, Enrolment
from psm_course.registrar.enrolling import RosterImport, import_roster, open_cohort
from psm_course.store import people
from psm_course.store.engine import Store
from tests.register_builders import ACTOR, DEPOK, NOW, a_cohort, a_roster, enrolled_in, events_of, register_of

BAKTIJAYA = "32.76.05.1005"
SITI = Enrolment("D26-001", "D26", "Siti Rahayu", DEPOK)
UJANG = Enrolment("D26-002", "D26", "Ujang", BAKTIJAYA)
STARTS_ON = date(2026, 11, 24)


def imported(store: Store, tmp_path: Path, *rows: Sequence[object], cohort: str = "D26", dry_run: bool = False) -> RosterImport:
    return import_roster(store, cohort, a_roster(tmp_path / "peserta.xlsx", *rows), ACTOR, NOW, dry_run)


def refusal(store: Store, tmp_path: Path, *rows: Sequence[object], cohort: str = "D26") -> str:
    """The sentence; and nothing at all is written."""
    before = register_of(store)
    with pytest.raises(Refused) as refused:
        imported(store, tmp_path, *rows, cohort=cohort)
    assert register_of(store) == before
    return str(refused.value)


# ---- cohorts -----------------------------------------------------------------------------------------------------------------


def test_a_cohort_is_opened_once_and_noted(store: Store) -> None:
    opened = open_cohort(store, "D26", "Angkatan 26", STARTS_ON, ACTOR, NOW)

    assert opened == Cohort("D26", "Angkatan 26", STARTS_ON)
    with store.reading() as tx:
        assert people.list_cohorts(tx) == (opened,)
    assert events_of(store) == [(ACTOR, "cohort opened", "D26", {})]


def test_a_cohort_that_is_there_is_not_opened_again(store: Store) -> None:
    open_cohort(store, "D26", "Angkatan 26", STARTS_ON, ACTOR, NOW)
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        open_cohort(store, "D26", "Lain", STARTS_ON, ACTOR, NOW)

    assert str(refused.value) == 'Angkatan "D26" sudah ada. Pilih kode lain.'
    assert register_of(store) == before


@pytest.mark.parametrize("code", ["", "D 26", "D-26", "D26-", "../D26", "Ä26", "A" * 13, "D26\n"])
def test_a_code_that_cannot_stand_in_a_number_is_refused(store: Store, code: str) -> None:
    with pytest.raises(Refused) as refused:
        open_cohort(store, code, "Angkatan", STARTS_ON, ACTOR, NOW)

    assert str(refused.value) == (
        f'"{code}" tidak dapat menjadi kode angkatan. Pakai huruf dan angka saja, paling banyak 12, misalnya D26.'
    )


# ---- enrolling ---------------------------------------------------------------------------------------------------------------


def test_people_are_numbered_in_the_order_of_the_sheet(store: Store, tmp_path: Path) -> None:
    a_cohort(store)

    done = imported(store, tmp_path, ("Siti Rahayu", "Depok"), ("Ujang", "Bakti Jaya"))

    assert done == RosterImport(added=(SITI, UJANG), changed=(), unchanged=0)
    assert enrolled_in(store) == (SITI, UJANG)


def test_the_same_sheet_twice_doubles_nobody(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    imported(store, tmp_path, ("Siti Rahayu", "Depok"), ("Ujang", "Bakti Jaya"))
    before = register_of(store)["enrolment"]

    done = imported(store, tmp_path, ("SITI RAHAYU".title(), "Depok"), ("Ujang", "Bakti Jaya"))

    assert done == RosterImport(added=(), changed=(), unchanged=2)
    assert register_of(store)["enrolment"] == before


def test_a_longer_sheet_adds_only_those_who_are_new(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    imported(store, tmp_path, ("Siti Rahayu", "Depok"))

    done = imported(store, tmp_path, ("Ujang", "Bakti Jaya"), ("Siti Rahayu", "Depok"))

    assert done == RosterImport(added=(UJANG,), changed=(), unchanged=1)


def test_a_number_says_who_is_meant_when_a_name_is_corrected(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    imported(store, tmp_path, ("Siti Rahayu", "Depok"), ("Ujang", "Bakti Jaya"))

    done = imported(store, tmp_path, ("Siti Rahayu Ningsih", "Bakti Jaya", "D26-001"), ("Ujang", "Bakti Jaya", "D26-002"))

    corrected = Enrolment("D26-001", "D26", "Siti Rahayu Ningsih", BAKTIJAYA)
    assert done == RosterImport(added=(), changed=(corrected,), unchanged=1)
    assert enrolled_in(store)[0] == Enrolment("D26-001", "D26", "Siti Rahayu Ningsih", BAKTIJAYA)


def test_a_name_in_other_capitals_is_the_same_person_respelt(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    imported(store, tmp_path, ("SITI RAHAYU", "Depok"))

    assert imported(store, tmp_path, ("Siti Rahayu", "Depok")) == RosterImport(added=(), changed=(SITI,), unchanged=0)


def test_two_rows_never_mean_the_same_person(store: Store, tmp_path: Path) -> None:
    """The first row renames D26-001; the second still writes the old name, and would be lost in silence."""
    a_cohort(store)
    imported(store, tmp_path, ("Siti Rahayu", "Depok"))

    sentence = refusal(store, tmp_path, ("Siti Ningsih", "Depok", "D26-001"), ("Siti Rahayu", "Depok"))

    assert sentence == (
        "peserta.xlsx: 1 hal perlu diperbaiki; belum ada yang disimpan.\n"
        '  A3: nomor peserta "D26-001" sudah dipakai di A2; satu nomor untuk satu orang'
    )


def test_a_dry_run_says_the_same_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    a_cohort(store)
    before = register_of(store)

    planned = imported(store, tmp_path, ("Siti Rahayu", "Depok"), dry_run=True)

    assert planned == RosterImport(added=(SITI,), changed=(), unchanged=0)
    assert register_of(store) == before


def test_two_cohorts_number_their_own_people(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Ani", cohort="D25")
    a_cohort(store)

    done = imported(store, tmp_path, ("Siti Rahayu", "Depok"))

    assert done.added == (SITI,)


# ---- refusals ----------------------------------------------------------------------------------------------------------------


def test_one_bad_cell_keeps_everybody_out(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu")

    sentence = refusal(store, tmp_path, ("Ujang", "Depok"), ("Ani", "Curug"), ("", "Depok"))

    assert sentence == (
        "peserta.xlsx: 2 hal perlu diperbaiki; belum ada yang disimpan.\n"
        "  A4: nama masih kosong; isi nama, atau hapus barisnya\n"
        "  B3: ada 2 kelurahan bernama Curug. Yang mana? (Cimanggis = Curug (Cimanggis); Bojongsari = Curug (Bojongsari))"
    )


def test_a_number_nobody_has_is_refused(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu")

    sentence = refusal(store, tmp_path, ("Ujang", "Depok"), ("Ani", "Depok", "D26-009"))

    assert sentence == 'peserta.xlsx: 1 hal perlu diperbaiki; belum ada yang disimpan.\n  A3: nomor peserta "D26-009" tidak ada'


def test_a_number_of_another_cohort_is_refused(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Ani", cohort="D25")
    a_cohort(store)

    assert '"D25-001" tidak ada' in refusal(store, tmp_path, ("Ani", "Depok", "D25-001"))


def test_a_sheet_without_people_is_refused(store: Store, tmp_path: Path) -> None:
    a_cohort(store)

    assert refusal(store, tmp_path) == "peserta.xlsx: tidak ada satu nama pun di bawah judul kolom."


def test_a_cohort_that_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    sentence = refusal(store, tmp_path, ("Siti", "Depok"), cohort="D27")

    assert sentence == 'Angkatan "D27" tidak ada. Yang ada: belum ada. Buat dengan: psm cohort new.'
