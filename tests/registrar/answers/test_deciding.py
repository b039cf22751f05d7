"""An officer's decision on a held hand-in: once, with a reason, and nothing is lost by it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.grading.draw import Draw, Sitting
from psm_course.grading.submission import canonical
from psm_course.registrar.answers.deciding import decide, list_held
from psm_course.registrar.answers.hand_in import receipt_code, receipt_of
from psm_course.registrar.answers.holding import codes_of, sentence_of
from psm_course.registrar.answers.quarantining import admit, quarantined
from psm_course.registrar.people.cohorts import archive_cohort
from psm_course.registrar.people.privacy import erase_person
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.answers import attempts
from psm_course.store.engine import Store
from psm_course.store.soundness.events import check_chain
from tests.register_builders import (
    NOW,
    RIGHT,
    WRONG,
    a_cohort,
    a_course,
    a_hand_in,
    a_test,
    hands_in,
    register_of,
    sends,
    with_card,
)

COURSE = a_course(a_test("tes-akhir", attempts="1"))
LATER = NOW + timedelta(days=2)
REASON = "Nomornya salah ketik; dicocokkan dengan daftar hadir."


def stranger(store: Store, **changes: Any) -> str:
    """Someone who mistyped the number, let in by an officer; the id in the register."""
    sends(store, COURSE, a_hand_in("D26-099", **{"id": "tersesat"} | changes))
    return admit(
        store, quarantined(store).newest[0].digest, "pengirimnya dikenal", "petugas", NOW
    ).id


# ---- what waits ----------------------------------------------------------------------------------


def test_what_waits_is_listed_longest_first_with_its_reason(store: Store) -> None:
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001", digest="sha256:00", id="lama"), LATER)
    hands_in(store, COURSE, a_hand_in("D26-001", id="biasa"), NOW)
    stranger(store)

    held = list_held(store)

    assert [
        (each.id, each.participant, codes_of(each.held), each.received_at) for each in held
    ] == [
        ("tersesat", "D26-099", ("unknown_participant",), NOW),
        ("lama", "D26-001", ("other_version",), LATER),
    ]
    assert receipt_of(held[0]) == receipt_code(
        canonical(json.loads(a_hand_in("D26-099", id="tersesat")))
    )
    assert sentence_of(held[0].held) == Contains("nomor peserta", "tidak ada di register")


def test_a_cohorts_list_holds_its_own_members_only(store: Store) -> None:
    a_cohort(store, "Siti")
    a_cohort(store, "Rini", cohort="D27")
    stranger(store)
    for number in ("D26-001", "D27-001"):
        hands_in(store, COURSE, a_hand_in(number, digest="sha256:00"))

    assert [each.participant for each in list_held(store, ["D27"])] == ["D27-001"]
    assert sorted(each.participant for each in list_held(store)) == [
        "D26-001",
        "D26-099",
        "D27-001",
    ]


def test_nothing_that_counts_or_is_decided_waits(store: Store) -> None:
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001"))
    decide(store, COURSE, stranger(store), "refused", REASON, "petugas", NOW)

    assert list_held(store) == ()


# ---- accepted ------------------------------------------------------------------------------------


def test_an_accepted_hand_in_becomes_an_attempt_graded_from_what_was_handed_in(
    store: Store,
) -> None:
    a_cohort(store, "Siti")
    document = with_card(
        store,
        a_hand_in(
            "D26-001",
            digest="sha256:00",
            id="lama",
            responses=RIGHT | {"empat": "b", "sudah-dihapus": "a"},
        ),
    )
    held = sends(store, COURSE, document)

    receipt = decide(store, COURSE, "lama", "accepted", "Soalnya masih sama.", "bu-ani", LATER)

    assert (receipt.code, receipt.standing, receipt.participant) == (
        held.code,
        "recorded",
        "D26-001",
    )
    assert receipt.outcome is not None
    assert (
        receipt.outcome.points,
        receipt.outcome.maximum,
        receipt.outcome.marks["sudah-dihapus"].status,
    ) == (3, 4, "ungradable")
    kept, at = register_of(store), datetime(2026, 11, 26, 2)
    assert kept["submission"] == [
        ("lama", datetime(2026, 11, 24, 2), "D26-001", "tes-akhir", document, "other_version", None)
    ]
    assert kept["attempt"] == [(1, "lama", "D26-001", "tes-akhir", True, 1)]
    assert kept["decision"] == [(1, "lama", "accepted", "Soalnya masih sama.", "bu-ani", at)]
    with store.reading() as tx:
        assert audit.list_events(tx, subject="lama")[0].detail == {
            "participant": "D26-001",
            "quiz": "tes-akhir",
        }
        (attempt,) = attempts.attempts_of_cohort(tx, "D26")["D26-001"]
        assert attempt.points == 3
        assert check_chain(tx).broken_at is None


# ---- whose it is, and when -----------------------------------------------------------------------


def test_a_mistyped_number_is_corrected_to_a_known_one(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")

    receipt = decide(
        store, COURSE, stranger(store), "accepted", REASON, "petugas", NOW, participant="D26-002"
    )

    assert (receipt.participant, receipt.standing) == ("D26-002", "recorded")
    kept = register_of(store)
    assert kept["attempt"] == [(1, "tersesat", "D26-002", "tes-akhir", True, 1)]
    assert kept["submission"][0][2] == "D26-099"


def test_the_draw_stays_that_of_the_number_on_the_phone(store: Store) -> None:
    """Each learner got two of four items, drawn by the number typed; with the right number others
    would have been drawn.
    """
    course = a_course(a_test("tes-akhir", draw="2", shuffle="items"))
    a_cohort(store, *[f"Orang {number}" for number in range(1, 9)])
    quiz = course.quizzes["tes-akhir"]
    drawn = {
        number: set(Draw(quiz).items(Sitting(number, "tes-akhir", 1)))
        for number in ("D26-099", "D26-003")
    }
    assert drawn["D26-099"] != drawn["D26-003"]
    stranger(store)

    outcome = decide(
        store, course, "tersesat", "accepted", REASON, "petugas", NOW, participant="D26-003"
    ).outcome

    assert outcome is not None
    assert {name for name, mark in outcome.marks.items() if mark.maximum == 1} == drawn["D26-099"]


def test_an_accepted_attempt_counts_after_those_recorded_meanwhile(store: Store) -> None:
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001", id="satu", responses=WRONG))
    hands_in(store, COURSE, a_hand_in("D26-001", id="dua"))

    decide(store, COURSE, "dua", "accepted", "Percobaan pertama terputus.", "petugas", NOW)

    assert [row[1:] for row in register_of(store)["attempt"]] == [
        ("satu", "D26-001", "tes-akhir", True, 1),
        ("dua", "D26-001", "tes-akhir", True, 2),
    ]


@pytest.mark.parametrize(
    ("decision", "said"),
    [("accepted", ""), ("refused", Contains("petugas", "tidak dihitung"))],
    ids=["accepted", "refused"],
)
def test_a_phone_that_hands_in_again_learns_what_was_decided(
    store: Store, decision: Any, said: object
) -> None:
    a_cohort(store, "Siti")
    document = a_hand_in("D26-001", digest="sha256:00")
    first = hands_in(store, COURSE, document)
    decide(store, COURSE, "D26-001/tes-akhir/1", decision, "Diputuskan.", "petugas", NOW)

    again = hands_in(store, COURSE, document)

    assert (again.code, again.standing, again.reason, again.codes) == (
        first.code,
        "known",
        said,
        (),
    )


# ---- refused -------------------------------------------------------------------------------------


def test_a_refused_hand_in_is_kept_for_ever_and_counts_for_nobody(store: Store) -> None:
    a_cohort(store, "Siti")
    name = stranger(store)
    before = register_of(store)

    receipt = decide(
        store, COURSE, name, "refused", "  Bukan peserta\n angkatan ini. ", "petugas", NOW
    )

    after = register_of(store)
    assert (receipt.standing, receipt.outcome) == ("held", None)
    assert after["submission"] == before["submission"]
    assert after["attempt"] == []
    assert after["decision"] == [
        (1, name, "refused", "Bukan peserta angkatan ini.", "petugas", datetime(2026, 11, 24, 2))
    ]
    assert after["audit_event"][-1][2:5] == ("petugas", "submission refused", name)


# ---- what cannot be decided ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        pytest.param(
            {"name": "tidak-ada"},
            ("kode atau id", "psm submit held"),
            id="unknown",
        ),
        pytest.param(
            {"name": "biasa"},
            ("sudah masuk register",),
            id="counts already",
        ),
        pytest.param(
            {"reason": " \n\0 "},
            ("alasannya", "beberapa kata"),
            id="no reason",
        ),
        pytest.param(
            {"reason": "x" * 501},
            ("Alasannya", "500 huruf"),
            id="long reason",
        ),
        pytest.param(
            {},
            ('"D26-099" tidak ada', "register"),
            id="nobody",
        ),
        pytest.param(
            {"participant": "D26-098"},
            ('"D26-098" tidak ada', "register"),
            id="nobody either",
        ),
        pytest.param(
            {"name": "kuis-lain"},
            ('"tes-lama" tidak ada', "kursus"),
            id="no such quiz",
        ),
    ],
)
def test_a_decision_that_cannot_be_is_refused_and_changes_nothing(
    store: Store, changes: dict[str, str], named: tuple[str, ...]
) -> None:
    a_cohort(store, "Siti")
    hands_in(store, COURSE, a_hand_in("D26-001", id="biasa"))
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-lama", id="kuis-lain"))
    usual = {"name": stranger(store), "reason": REASON, "participant": None}
    given = usual | changes
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        decide(
            store,
            COURSE,
            str(given["name"]),
            "accepted",
            str(given["reason"]),
            "petugas",
            NOW,
            participant=given["participant"],
        )

    assert str(refused.value) == Contains(*named)
    assert register_of(store) == before


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("accepted", ("sudah diputuskan: diterima", "Tidak ada yang berubah")),
        ("refused", ("sudah diputuskan: ditolak", "--again")),
    ],
)
def test_a_decision_is_not_changed_by_the_way(
    store: Store, first: Any, said: tuple[str, ...]
) -> None:
    a_cohort(store, "Siti")
    name = stranger(store)
    decide(store, COURSE, name, first, REASON, "petugas", NOW, participant="D26-001")
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        decide(store, COURSE, name, "accepted", REASON, "petugas", NOW, participant="D26-001")

    assert str(refused.value) == Contains(*said)
    assert register_of(store) == before


def test_what_counted_for_one_person_never_counts_as_anothers(store: Store) -> None:
    a_cohort(store, "Siti", "Ujang")
    name = stranger(store)
    decide(store, COURSE, name, "accepted", REASON, "petugas", NOW, participant="D26-001")
    decide(store, COURSE, name, "refused", REASON, "petugas", NOW, again=True)
    before = register_of(store)

    with pytest.raises(Refused) as refused:
        decide(store, COURSE, name, "accepted", REASON, "petugas", NOW, "D26-002", again=True)

    assert str(refused.value) == Contains("D26-001", "D26-002", "laptop kantor")
    assert register_of(store) == before
    again = decide(store, COURSE, name, "accepted", REASON, "petugas", NOW, again=True)
    assert (again.participant, again.standing) == ("D26-001", "recorded")


def test_no_attempt_is_taken_back_in_an_archived_cohort(store: Store) -> None:
    a_cohort(store, "Siti")
    name = stranger(store)
    decide(store, COURSE, name, "accepted", REASON, "petugas", NOW, participant="D26-001")
    archive_cohort(store, "D26", "kegiatan selesai", "petugas", NOW)
    before = register_of(store)

    with pytest.raises(Refused, match="psm cohort reopen D26"):
        decide(store, COURSE, name, "refused", REASON, "petugas", NOW, again=True)

    assert register_of(store) == before


def test_what_an_officer_took_out_of_quarantine_is_known_when_it_comes_again(store: Store) -> None:
    a_cohort(store, "Siti")
    stranger(store)

    again = sends(store, COURSE, a_hand_in("D26-099", id="tersesat"))

    assert (again.standing, quarantined(store).count) == ("known", 0)


def test_an_attempt_of_an_erased_person_is_taken_back(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti")
    name = stranger(store)
    decide(store, COURSE, name, "accepted", REASON, "petugas", NOW, participant="D26-001")
    erase_person(store, Settings(tmp_path), "D26-001", "permintaan peserta", "petugas", NOW)

    receipt = decide(store, COURSE, name, "refused", REASON, "petugas", NOW, again=True)

    assert (receipt.participant, receipt.standing) == ("D26-001", "held")
    with store.reading() as tx:
        assert attempts.taken_by(tx, ["D26-001"])["D26-001", "tes-akhir"].counting == 0


def test_a_later_reason_names_nobody_whom_it_counted_for_either(store: Store) -> None:
    a_cohort(store, "Siti Rahayu")
    name = stranger(store)
    decide(store, COURSE, name, "accepted", REASON, "petugas", NOW, participant="D26-001")

    with pytest.raises(Refused, match="nama"):
        decide(store, COURSE, name, "refused", "Siti salah ketik", "petugas", NOW, again=True)
