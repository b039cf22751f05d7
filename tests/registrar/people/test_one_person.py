"""One person at a time: added at the door, corrected, withdrawn, moved, replaced; what was issued
stays, the log says why.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.domain.register import Cohort, Enrolment
from psm_course.registrar.attendance.presence import scan_card, session_list
from psm_course.registrar.completion.judging import standings
from psm_course.registrar.people.adding import Newcomer, add_person, who_it_may_be
from psm_course.registrar.people.enrolling import import_roster
from psm_course.registrar.people.one_person import (
    Correction,
    correct_person,
    move_person,
    readmit_person,
    replace_person,
    withdraw_person,
)
from psm_course.registrar.people.own_page import own_page
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people
from tests.builders import REGION
from tests.register_builders import (
    ACTOR,
    CARDS,
    DEPOK,
    NOW,
    a_cohort,
    a_course,
    a_hand_in,
    a_roster,
    a_sheet,
    adopts,
    arranging,
    card_of,
    completes,
    enrolled_in,
    events_of,
    hands_in,
    issues,
    register_of,
)
from tests.registrar.people.years import refusal

COURSE = a_course()
WHY = "permintaan peserta"


def added(
    store: Store,
    name: str,
    kelurahan: str = "Depok",
    phone: str = "",
    answer: str = "",
    cohort: str = "D26",
) -> Enrolment:
    return add_person(
        store, REGION, cohort, Newcomer(name, kelurahan, phone), answer, "", ACTOR, NOW
    ).enrolment


def corrected(
    store: Store,
    number: str,
    name: str | None = None,
    kelurahan: str | None = None,
    phone: str | None = None,
) -> Enrolment:
    return correct_person(
        store, REGION, number, Correction(name, kelurahan, phone), "salah ketik", ACTOR, NOW
    ).enrolment


def another_cohort(store: Store, name: str = "D27") -> None:
    with arranging(store) as tx:
        cohorts.add_cohort(tx, Cohort(name, f"Angkatan {name}", date(2027, 2, 1), course="bimtek"))


# ---- at the door ---------------------------------------------------------------------------------


def test_somebody_at_the_door_gets_the_next_number_at_once(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang Hidayat")

    new = added(store, "rini  Lestari", "beji", "+62 812-3456-7890")

    assert new == Enrolment("D26-003", "D26", "rini Lestari", "32.76.06.1001", "081234567890")
    assert enrolled_in(store)[-1] == new
    assert events_of(store) == [
        (ACTOR, "person added", "D26-003", {"reason": "datang langsung saat kegiatan"})
    ]


def test_whoever_is_on_the_list_already_is_asked_about_and_not_added_twice(store: Store) -> None:
    a_cohort(store, "Siti Rahayu")
    question = who_it_may_be(store, REGION, "D26", Newcomer("Siti Rahayuu", "Depok"))

    assert question is not None
    assert question.sentence == Contains(
        "Siti Rahayuu: Siti Rahayu, Depok, ", "terdaftar di D26", "Orang yang sama"
    )
    assert refusal(store, added, store, "Siti Rahayuu") == Contains(
        "--answer D26-001: ", "sama dengan D26-001;", "--answer lain: orang lain"
    )
    assert added(store, "Siti Rahayuu", answer="D26-001").number == "D26-001"
    assert added(store, "Siti Rahayuu", answer="lain").number == "D26-002"
    assert len(enrolled_in(store)) == 2


@pytest.mark.parametrize(
    ("name", "kelurahan", "phone", "said"),
    [
        ("", "Depok", "", "nama masih kosong"),
        ("Siti", "Bekasi", "", 'kelurahan "Bekasi" tidak ada'),
        ("Siti", "Curug", "", "2 kelurahan bernama Curug"),
        ("Siti", "Depok", "12", 'HP "12" tidak dimengerti'),
        ("Siti 3276010101010001", "Depok", "", "16 angka seperti NIK"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_kept(
    store: Store, name: str, kelurahan: str, phone: str, said: str
) -> None:
    a_cohort(store)

    assert refusal(store, added, store, name, kelurahan, phone) == Contains(
        "Belum disimpan: ", said
    )


# ---- corrected -----------------------------------------------------------------------------------


def test_a_correction_stands_though_the_same_roster_is_read_again(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store)
    header = ("Nama", "Kelurahan", "No. HP")
    roster = a_sheet(
        tmp_path / "peserta.xlsx",
        header,
        ("Siti Rahayu", "Depok", "081234567890"),
        ("Ujang", "Beji", ""),
    )
    import_roster(store, REGION, "D26", roster, ACTOR, NOW)
    right = corrected(store, "d26-001", "Rini Lestari", "Beji", "-")

    again = import_roster(store, REGION, "D26", roster, ACTOR, NOW)

    assert (right.name, right.kelurahan, right.phone) == ("Rini Lestari", "32.76.06.1001", None)
    assert (again.added, again.changed, again.unchanged) == ((), (), 2)
    assert enrolled_in(store)[0] == right
    assert events_of(store)[1] == (
        ACTOR,
        "person corrected",
        "D26-001",
        {"what": "name kelurahan phone", "reason": "salah ketik"},
    )


def test_what_was_issued_stays_when_a_name_is_corrected(store: Store) -> None:
    a_cohort(store, "Siti Rahayu")
    completes(store, COURSE, "D26-001")
    (record,) = issues(store, COURSE)
    before = {name: rows for name, rows in register_of(store).items() if name.startswith("record")}

    done = correct_person(
        store, REGION, "D26-001", Correction(name="Siti Rahayu Ningsih"), "salah ketik", ACTOR, NOW
    )

    assert done.records == (record,)
    assert {
        name: rows for name, rows in register_of(store).items() if name.startswith("record")
    } == before


def test_a_correction_that_changes_nothing_and_a_reason_with_a_name_are_refused(
    store: Store,
) -> None:
    a_cohort(store, "Siti Rahayu")

    assert "Tidak ada yang berubah" in refusal(store, corrected, store, "D26-001", "Siti Rahayu")
    named = Correction(name="Rini Lestari")
    assert "tanpa menyebut nama" in refusal(
        store, correct_person, store, REGION, "D26-001", named, "ternyata Lestari", ACTOR, NOW
    )
    assert "tidak ada di register" in refusal(store, corrected, store, "D26-099", "Siti")


# ---- leaving -------------------------------------------------------------------------------------


def test_who_withdrew_is_on_no_list_and_counted_nowhere_but_keeps_what_was_done(
    store: Store,
) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang Hidayat")
    adopts(store, COURSE)
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-akhir"))
    withdraw_person(store, "D26-001", WHY, ACTOR, NOW)

    assert [each.enrolment.number for each in standings(store, COURSE, "D26", NOW)[1]] == [
        "D26-002"
    ]
    assert [each.number for each in session_list(store, COURSE, "D26").people] == ["D26-002"]
    assert enrolled_in(store)[0].left_as == "withdrawn"
    assert len(register_of(store)["attempt"]) == 1
    assert "sudah mengundurkan diri" in refusal(
        store, withdraw_person, store, "D26-001", WHY, ACTOR, NOW
    )

    readmit_person(store, "D26-001", "ternyata dapat ikut", ACTOR, NOW)

    assert len(standings(store, COURSE, "D26", NOW)[1]) == 2
    assert [event[1] for event in events_of(store)[-2:]] == [
        "person withdrawn",
        "person readmitted",
    ]


def test_a_roster_asks_before_it_calls_back_who_withdrew(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu")
    withdraw_person(store, "D26-001", WHY, ACTOR, NOW)
    roster = a_roster(tmp_path / "peserta.xlsx", ("Siti Rahayu", "Depok"))

    asked = refusal(store, import_roster, store, REGION, "D26", roster, ACTOR, NOW)
    import_roster(store, REGION, "D26", roster, ACTOR, NOW, answers={"A2.kembali": "tetap"})
    left = enrolled_in(store)
    done = import_roster(
        store, REGION, "D26", roster, ACTOR, NOW, answers={"A2.kembali": "kembali"}
    )

    assert asked == Contains("A2.kembali: Siti Rahayu (D26-001)", "mengundurkan diri", "Ikut lagi")
    assert left[0].left_as == "withdrawn"
    assert done.readmitted == ("D26-001",)
    assert done.notes == ()
    assert [(each.number, each.left_as) for each in enrolled_in(store)] == [("D26-001", None)]


def test_who_moves_gets_a_number_there_and_the_old_one_says_where(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang Hidayat")
    another_cohort(store)
    adopts(store, COURSE, "D27")
    old_card = card_of(store, "D26-001")

    moved = move_person(store, "D26-001", "D27", "bentrok jadwal kerja", ACTOR, NOW)

    assert moved == Enrolment("D27-001", "D27", "Siti Rahayu", DEPOK)
    assert enrolled_in(store)[0] == Enrolment(
        "D26-001", "D26", "Siti Rahayu", DEPOK, left_as="moved", left_to="D27-001"
    )
    assert own_page(store, COURSE, CARDS, "D26-001", old_card, NOW).standing.enrolment == moved
    assert (
        scan_card(
            store, a_course(), CARDS, "D26", "buka", "D26-001", "present", True, ACTOR, NOW
        ).result
        == "left"
    )
    again = import_roster(
        store,
        REGION,
        "D26",
        a_roster(tmp_path / "p.xlsx", ("Siti Rahayu", "Depok"), ("Ujang Hidayat", "Depok")),
        ACTOR,
        NOW,
    )
    assert (again.added, again.unchanged) == ((), 2)
    assert [str(note) for note in again.notes] == [
        Contains("A2: D26-001 pindah", " D27-001; tidak diubah")
    ]
    assert "Pilih angkatan lain" in refusal(
        store, move_person, store, "D26-002", "D26", WHY, ACTOR, NOW
    )


def test_another_person_takes_the_seat_with_a_number_of_their_own(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang Hidayat")

    seat = replace_person(
        store, REGION, "D26-001", Newcomer("Rini Lestari", "Beji"), "", "sakit", ACTOR, NOW
    ).enrolment

    assert seat.number == "D26-003"
    assert enrolled_in(store)[0].left_to == "D26-003"
    with store.reading() as tx:
        assert [each.number for each in people.list_expected(tx, "D26")] == ["D26-002", "D26-003"]
    taken = Newcomer("Ujang Hidayat", "Depok")
    assert "sudah peserta angkatan ini" in refusal(
        store, replace_person, store, REGION, "D26-003", taken, "D26-002", "sakit", ACTOR, NOW
    )
