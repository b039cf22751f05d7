"""One person over cohorts and years: asked about, linked by hand, and let go of as a whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dirty_equals import Contains

from psm_course.domain.register import Enrolment
from psm_course.registrar.people.adding import Newcomer, add_person
from psm_course.registrar.people.enrolling import RosterImport, import_roster, preview_roster
from psm_course.registrar.people.history import history_of
from psm_course.registrar.people.merging import link_persons, unlink_person
from psm_course.registrar.people.privacy import (
    erase_expired,
    erase_person,
    export_person,
    numbers_of_person,
)
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.people import people
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
    completes,
    events_of,
    issues,
    office_adopts,
    register_of,
)
from tests.registrar.people.years import (
    BEJI,
    COURSE,
    WHY,
    in_another_year,
    in_depok,
    linked,
    refusal,
)

# ---- asked on import -----------------------------------------------------------------------------


def imported(
    store: Store, tmp_path: Path, *rows: tuple[str, str], cohort: str = "D28", **answers: str
) -> RosterImport:
    return import_roster(
        store,
        REGION,
        cohort,
        a_roster(tmp_path / "peserta.xlsx", *rows),
        ACTOR,
        NOW,
        answers={name.replace("_", "."): value for name, value in answers.items()},
    )


def test_a_roster_asks_whether_somebody_was_in_an_earlier_cohort(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, "Siti Nurhayati", kelurahan=BEJI)
    in_another_year(store)
    roster = a_roster(tmp_path / "peserta.xlsx", ("Hj. Siti Nur Hayati", "Beji"), ("Ujang", "Beji"))

    (question,) = preview_roster(store, REGION, "D28", roster).questions

    assert question.id == "A2.orang"
    assert question.sentence == Contains(
        "Hj. Siti Nur Hayati: Siti Nurhayati, Beji, ", "pernah ikut D26", "Orang yang sama"
    )
    assert [(choice.value, choice.label) for choice in question.choices] == [
        ("D26-001", "orang yang sama dengan D26-001"),
        ("lain", "orang lain"),
    ]


def test_a_yes_makes_them_one_person_and_a_no_does_not(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Nurhayati", "Rini Lestari", kelurahan=BEJI)
    in_another_year(store)

    done = imported(
        store,
        tmp_path,
        ("Siti Nurhayati", "Beji"),
        ("Rini Lestari", "Beji"),
        A2_orang="D26-001",
        A3_orang="lain",
    )
    again = imported(store, tmp_path, ("Siti Nurhayati", "Beji"), ("Rini Lestari", "Beji"))

    assert done.known == {"D28-001": "D26-001"}
    assert numbers_of_person(store, "D28-001") == ("D26-001", "D28-001")
    assert numbers_of_person(store, "D28-002") == ("D28-002",)
    assert (again.added, again.unchanged, again.questions) == ((), 2, ())


def test_one_telephone_and_a_name_in_common_is_asked_about_wherever_they_live(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, "Siti Nurhayati", kelurahan=BEJI)
    with arranging(store) as tx:
        people.change_enrolments(
            tx, [Enrolment("D26-001", "D26", "Siti Nurhayati", BEJI, "081234567890")]
        )
    in_another_year(store)
    header = ("Nama", "Kelurahan", "No. HP")
    rows = ("Siti Aminah", "Depok", "081234567890"), ("Ujang", "Depok", "081234567890")

    asked = preview_roster(
        store, REGION, "D28", a_sheet(tmp_path / "p.xlsx", header, *rows)
    ).questions

    assert [question.id for question in asked] == ["A2.orang"]


def test_who_is_certified_already_is_said_with_number_and_year(
    store: Store, tmp_path: Path
) -> None:
    a_cohort(store, "Siti Nurhayati")
    completes(store, COURSE, "D26-001")
    (record,) = issues(store, COURSE)
    in_another_year(store)

    done = imported(store, tmp_path, ("Siti Nurhayati", "Depok"), A2_orang="D26-001")

    assert [str(note) for note in done.notes] == [
        f"D28-001 sudah bersertifikat: {record} (2026, angkatan D26)"
    ]


def test_a_certificate_of_another_course_is_said_to_be_one(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Nurhayati")
    office_adopts(store, a_course(title="Bimtek Dasar PSM"))
    completes(store, COURSE, "D26-001")
    (record,) = issues(store, COURSE)
    in_another_year(store, course="bimtek-lanjutan")

    done = imported(store, tmp_path, ("Siti Nurhayati", "Depok"), A2_orang="D26-001")

    assert [str(note) for note in done.notes] == [
        Contains(
            "D28-001 sudah bersertifikat",
            f"kursus lain, Bimtek Dasar PSM: {record} (2026, angkatan D26)",
        )
    ]


def test_somebody_at_the_door_may_be_known_from_an_earlier_cohort(store: Store) -> None:
    a_cohort(store, "Siti Nurhayati")
    completes(store, COURSE, "D26-001")
    (record,) = issues(store, COURSE)
    in_another_year(store)

    added = add_person(
        store, REGION, "D28", Newcomer("Siti Nurhayati", "Depok"), "D26-001", "", ACTOR, NOW
    )

    assert numbers_of_person(store, added.enrolment.number) == ("D26-001", "D28-001")
    assert added.certified == f"sudah bersertifikat: {record} (2026, angkatan D26)"


# ---- linked by hand ------------------------------------------------------------------------------


def test_two_numbers_are_linked_and_taken_apart_again(store: Store) -> None:
    a_cohort(store, "Siti Nurhayati", "Ujang")
    in_another_year(store, "Siti N.")

    numbers = link_persons(store, "D26-001", "D28-001", WHY, ACTOR, NOW)
    others = history_of(store, COURSE, "D28-001", NOW).others
    unlink_person(store, "D28-001", "ternyata orang lain", ACTOR, NOW)

    assert numbers == ("D26-001", "D28-001")
    assert [(each.enrolment.number, each.title) for each in others] == [("D26-001", "Angkatan D26")]
    assert numbers_of_person(store, "D26-001") == ("D26-001",)
    assert len(register_of(store)["person"]) == 3
    assert [(verb, subject, detail) for _, verb, subject, detail in events_of(store)] == [
        ("persons linked", "D26-001", {"to": "D28-001", "reason": WHY}),
        ("persons linked", "D28-001", {"to": "D26-001"}),
        ("person unlinked", "D28-001", {"from": "D26-001", "reason": "ternyata orang lain"}),
    ]


def test_two_of_one_cohort_are_merged_and_not_linked(store: Store) -> None:
    a_cohort(store, "Siti", "Siti")
    in_another_year(store, "Siti")
    linked(store, "D26-001", "D28-001")

    assert "psm person merge D26-001 D26-002" in refusal(
        store, link_persons, store, "D26-001", "D26-002", WHY, ACTOR, NOW
    )
    assert "psm person merge" in refusal(
        store, link_persons, store, "D28-001", "D26-002", WHY, ACTOR, NOW
    )
    assert "sudah tercatat" in refusal(
        store, link_persons, store, "D28-001", "D26-001", WHY, ACTOR, NOW
    )
    assert "tidak dihubungkan" in refusal(store, unlink_person, store, "D26-002", WHY, ACTOR, NOW)


# ---- their rights --------------------------------------------------------------------------------


def test_export_and_erasure_reach_all_that_a_person_has(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    in_another_year(store, "Siti Rahayu")
    linked(store, "D26-001", "D28-001")
    with arranging(store) as tx:
        siti = Enrolment(
            "D28-001", "D28", "Siti Rahayu", DEPOK, None, "P", 1980, None, None, "Siti R"
        )
        people.change_enrolments(tx, [siti])

    traces = export_person(store, "D26-001", ACTOR, NOW)
    erase_person(store, Settings(data=tmp_path), "D28-001", WHY, ACTOR, NOW)

    assert [(row["number"], row["birth_year"]) for row in traces["enrolment"]] == [
        ("D26-001", None),
        ("D28-001", 1980),
    ]
    assert "Siti" not in str(
        [rows for name, rows in register_of(store).items() if name != "audit_event"]
    )
    assert "1980" not in str(register_of(store)["enrolment"])
    assert [word[0] for word in register_of(store)["name_word"]] == ["ujang"]
    assert in_depok(store) == (0, 2)


def test_names_are_kept_as_long_as_the_newest_cohort_asks(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    in_another_year(store, "Siti Rahayu")
    linked(store, "D26-001", "D28-001")
    office = Settings(data=tmp_path, retention_years="5")

    first = erase_expired(store, office, ACTOR, NOW + timedelta(days=365 * 5 + 30), False)
    second = erase_expired(store, office, ACTOR, NOW + timedelta(days=365 * 7 + 30), False)

    assert (first, second) == (("D26-002",), ("D26-001", "D28-001"))
