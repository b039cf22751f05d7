"""One person over cohorts and years: linked by asking, counted once, searched for, and let go of as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from psm_course.domain.register import AttendanceMark, Cohort, Enrolment
from psm_course.errors import Refused
from psm_course.registrar.certificates.correcting import revoke
from psm_course.registrar.completion.judging import standing_of, standings
from psm_course.registrar.people.enrolling import RosterImport, import_roster, preview_roster
from psm_course.registrar.people.history import history_of
from psm_course.registrar.people.merging import link_persons, merge_persons, unlink_person, unmerge_persons
from psm_course.registrar.people.one_person import Newcomer, add_person
from psm_course.registrar.people.overview import ages_said, coverage
from psm_course.registrar.people.own_page import own_page
from psm_course.registrar.people.privacy import erase_expired, erase_person, export_person, numbers_of_person
from psm_course.registrar.people.searching import search_people
from psm_course.settings import Settings
from psm_course.store.attendance import attendance
from psm_course.store.engine import Store
from psm_course.store.people import people
from tests.builders import REGION
from tests.register_builders import (
    ACTOR,
    CARDS,
    DEPOK,
    NOW,
    WRONG,
    a_cohort,
    a_course,
    a_hand_in,
    a_roster,
    a_sheet,
    a_signer,
    adopts,
    arranging,
    attends,
    card_of,
    completes,
    enrolled_in,
    events_of,
    hands_in,
    issues,
    office_adopts,
    register_of,
)

COURSE = a_course()
WHY = "kartu keluarga dilihat"
BEJI = "32.76.06.1001"
IN_2028 = NOW.replace(year=2028)


def in_another_year(store: Store, *names: str, cohort: str = "D28", kelurahan: str = DEPOK, course: str = "bimtek") -> None:
    """A later cohort of these people."""
    enrolled = [Enrolment(f"{cohort}-{index:03}", cohort, name, kelurahan) for index, name in enumerate(names, 1)]
    with arranging(store) as tx:
        people.add_cohort(tx, Cohort(cohort, f"Angkatan {cohort}", date(2028, 2, 1), course=course))
        people.add_enrolments(tx, enrolled)


def linked(store: Store, *numbers: str) -> None:
    for other in numbers[1:]:
        link_persons(store, numbers[0], other, WHY, ACTOR, NOW)


def refusal(store: Store, act: object, *arguments: object) -> str:
    before = register_of(store)
    with pytest.raises(Refused) as refused:
        act(*arguments)  # type: ignore[operator]
    assert register_of(store) == before
    return str(refused.value)


def in_depok(store: Store, home: str = DEPOK) -> tuple[int, int]:
    (found,) = (each for each in coverage(store, REGION) if each.kelurahan.code == home)
    return found.passed, found.enrolled


# ---- asked on import ---------------------------------------------------------------------------------------------------------


def imported(store: Store, tmp_path: Path, *rows: tuple[str, str], cohort: str = "D28", **answers: str) -> RosterImport:
    return import_roster(
        store,
        REGION,
        cohort,
        a_roster(tmp_path / "peserta.xlsx", *rows),
        ACTOR,
        NOW,
        answers={name.replace("_", "."): value for name, value in answers.items()},
    )


def test_a_roster_asks_whether_somebody_was_in_an_earlier_cohort(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Nurhayati", kelurahan=BEJI)
    in_another_year(store)
    roster = a_roster(tmp_path / "peserta.xlsx", ("Hj. Siti Nur Hayati", "Beji"), ("Ujang", "Beji"))

    (question,) = preview_roster(store, REGION, "D28", roster).questions

    assert question.id == "A2.orang"
    assert question.sentence == "Hj. Siti Nur Hayati: Siti Nurhayati, Beji, pernah ikut D26. Orang yang sama?"
    assert [(choice.value, choice.label) for choice in question.choices] == [
        ("D26-001", "orang yang sama dengan D26-001"),
        ("lain", "orang lain"),
    ]


def test_a_yes_makes_them_one_person_and_a_no_does_not(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Nurhayati", "Rini Lestari", kelurahan=BEJI)
    in_another_year(store)

    done = imported(store, tmp_path, ("Siti Nurhayati", "Beji"), ("Rini Lestari", "Beji"), A2_orang="D26-001", A3_orang="lain")
    again = imported(store, tmp_path, ("Siti Nurhayati", "Beji"), ("Rini Lestari", "Beji"))

    assert done.known == {"D28-001": "D26-001"}
    assert numbers_of_person(store, "D28-001") == ("D26-001", "D28-001")
    assert numbers_of_person(store, "D28-002") == ("D28-002",)
    assert (again.added, again.unchanged, again.questions) == ((), 2, ())


def test_one_telephone_and_a_name_in_common_is_asked_about_wherever_they_live(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Nurhayati", kelurahan=BEJI)
    with arranging(store) as tx:
        people.change_enrolments(tx, [Enrolment("D26-001", "D26", "Siti Nurhayati", BEJI, "081234567890")])
    in_another_year(store)
    header = ("Nama", "Kelurahan", "No. HP")
    rows = ("Siti Aminah", "Depok", "081234567890"), ("Ujang", "Depok", "081234567890")

    asked = preview_roster(store, REGION, "D28", a_sheet(tmp_path / "p.xlsx", header, *rows)).questions

    assert [question.id for question in asked] == ["A2.orang"]


def test_who_is_certified_already_is_said_with_number_and_year(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Nurhayati")
    completes(store, COURSE, "D26-001")
    (record,) = issues(store, COURSE)
    in_another_year(store)

    done = imported(store, tmp_path, ("Siti Nurhayati", "Depok"), A2_orang="D26-001")

    assert [str(note) for note in done.notes] == [f"D28-001 sudah bersertifikat: {record} (2026, angkatan D26)"]


def test_a_certificate_of_another_course_is_said_to_be_one(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Nurhayati")
    office_adopts(store, a_course(title="Bimtek Dasar PSM"))
    completes(store, COURSE, "D26-001")
    (record,) = issues(store, COURSE)
    in_another_year(store, course="bimtek-lanjutan")

    done = imported(store, tmp_path, ("Siti Nurhayati", "Depok"), A2_orang="D26-001")

    assert [str(note) for note in done.notes] == [
        f"D28-001 sudah bersertifikat kursus lain, Bimtek Dasar PSM: {record} (2026, angkatan D26)"
    ]


def test_somebody_at_the_door_may_be_known_from_an_earlier_cohort(store: Store) -> None:
    a_cohort(store, "Siti Nurhayati")
    completes(store, COURSE, "D26-001")
    (record,) = issues(store, COURSE)
    in_another_year(store)

    added = add_person(store, REGION, "D28", Newcomer("Siti Nurhayati", "Depok"), "D26-001", "", ACTOR, NOW)

    assert numbers_of_person(store, added.enrolment.number) == ("D26-001", "D28-001")
    assert added.certified == f"sudah bersertifikat: {record} (2026, angkatan D26)"


# ---- linked by hand ----------------------------------------------------------------------------------------------------------


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

    assert "psm person merge D26-001 D26-002" in refusal(store, link_persons, store, "D26-001", "D26-002", WHY, ACTOR, NOW)
    assert "psm person merge" in refusal(store, link_persons, store, "D28-001", "D26-002", WHY, ACTOR, NOW)
    assert "sudah tercatat" in refusal(store, link_persons, store, "D28-001", "D26-001", WHY, ACTOR, NOW)
    assert "tidak dihubungkan" in refusal(store, unlink_person, store, "D26-002", WHY, ACTOR, NOW)


# ---- merged ------------------------------------------------------------------------------------------------------------------


def test_of_two_numbers_that_are_one_everything_counts_for_the_one_that_is_kept(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu", "Ujang")
    adopts(store, COURSE)
    attends(store, "D26-001", "buka", "dasar", "ppks", "sehat")
    attends(store, "D26-002", "anak", "difabel", "rujuk", "tutup")
    with arranging(store) as tx:  # the sheet had both lines, and a stroke where the other one stood
        attendance.add_marks(tx, [AttendanceMark("D26-001", "anak", "absent"), AttendanceMark("D26-002", "buka", "absent")], ACTOR, NOW)
    hands_in(store, COURSE, a_hand_in("D26-001", "tes-awal", WRONG))
    hands_in(store, COURSE, a_hand_in("D26-002", "tes-akhir"))
    written = register_of(store)
    old_card = card_of(store, "D26-002")

    merge_persons(store, "D26-001", "D26-002", WHY, ACTOR, NOW)

    _, everybody = standings(store, COURSE, "D26", NOW)
    assert [(each.enrolment.number, each.completion.met) for each in everybody] == [("D26-001", True), ("D26-003", False)]
    assert standing_of(store, COURSE, "D26", "D26-001", NOW) == everybody[0]
    assert own_page(store, COURSE, CARDS, "D26-002", old_card, NOW).standing == everybody[0]
    assert hands_in(store, COURSE, a_hand_in("D26-002", "tes-akhir", id="lagi")).standing == "recorded"
    assert register_of(store)["attendance_mark"][: len(written["attendance_mark"])] == written["attendance_mark"]
    assert enrolled_in(store)[1].left_to == "D26-001"
    assert len(issues(store, COURSE)) == 1


def test_a_merge_of_two_certificates_or_two_cohorts_is_refused(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu")
    completes(store, COURSE, "D26-001", "D26-002")
    issues(store, COURSE)
    in_another_year(store, "Siti Rahayu")

    assert "Cabut satu dulu" in refusal(store, merge_persons, store, "D26-001", "D26-002", WHY, ACTOR, NOW)
    assert "psm person link D26-001 D28-001" in refusal(store, merge_persons, store, "D26-001", "D28-001", WHY, ACTOR, NOW)


def test_a_certificate_of_the_number_that_went_counts_and_no_second_one_is_issued(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu")
    completes(store, COURSE, "D26-002")
    (record,) = issues(store, COURSE)

    merge_persons(store, "D26-001", "D26-002", WHY, ACTOR, NOW)

    assert standing_of(store, COURSE, "D26", "D26-001", NOW).record == record
    assert issues(store, COURSE) == []


# ---- merged by mistake -------------------------------------------------------------------------------------------------------


def test_two_that_were_merged_by_mistake_each_have_their_own_again(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu", "Siti Rahayuuu")
    in_another_year(store, "Siti Rahayuu")
    adopts(store, COURSE)
    linked(store, "D26-002", "D28-001")
    attends(store, "D26-001", "buka", "dasar")
    hands_in(store, COURSE, a_hand_in("D26-002"))
    with arranging(store) as tx:  # the other one's stroke came later: merging writes the better mark again
        attendance.add_marks(tx, [AttendanceMark("D26-002", "buka", "absent")], ACTOR, NOW)
    merge_persons(store, "D26-002", "D26-003", WHY, ACTOR, NOW)
    before, persons = standings(store, COURSE, "D26", NOW)[1], register_of(store)["person"]
    merge_persons(store, "D26-001", "D26-002", WHY, ACTOR, NOW)

    kept = unmerge_persons(store, "d26-002", "ternyata orang lain", ACTOR, NOW)

    assert kept.number == "D26-001"
    assert standings(store, COURSE, "D26", NOW)[1] == before
    assert [(each.left_as, each.left_to) for each in enrolled_in(store)] == [(None, None), (None, None), ("merged", "D26-002")]
    assert numbers_of_person(store, "D26-001") == ("D26-001",)
    assert numbers_of_person(store, "D26-002") == ("D26-002", "D26-003", "D28-001")
    assert len(register_of(store)["person"]) == len(persons)
    assert [(verb, subject, detail) for _, verb, subject, detail in events_of(store)[-2:]] == [
        ("persons unmerged", "D26-002", {"from": "D26-001", "reason": "ternyata orang lain"}),
        ("persons unmerged", "D26-001", {"from": "D26-002"}),
    ]


def test_a_mark_that_merging_wrote_for_the_better_is_taken_back(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu")
    adopts(store, COURSE)
    with arranging(store) as tx:
        attendance.add_marks(tx, [AttendanceMark("D26-002", "buka", "present")], ACTOR, NOW)
        attendance.add_marks(tx, [AttendanceMark("D26-001", "buka", "absent")], ACTOR, NOW)
    written = register_of(store)["attendance_mark"]
    merge_persons(store, "D26-001", "D26-002", WHY, ACTOR, NOW + timedelta(minutes=1))
    merged = standing_of(store, COURSE, "D26", "D26-001", NOW).facts.presence

    unmerge_persons(store, "D26-002", "ternyata orang lain", ACTOR, NOW + timedelta(minutes=2))

    assert merged == {"buka": "present"}
    assert [standing_of(store, COURSE, "D26", number, NOW).facts.presence for number in ("D26-001", "D26-002")] == [
        {"buka": "absent"},
        {"buka": "present"},
    ]
    assert register_of(store)["attendance_mark"][:2] == written


def test_after_a_certificate_was_issued_two_numbers_are_taken_apart_only_once_it_is_revoked(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Siti Rahayuu")
    adopts(store, COURSE)
    completes(store, COURSE, "D26-002")
    merge_persons(store, "D26-001", "D26-002", WHY, ACTOR, NOW)
    (record,) = issues(store, COURSE)

    said = refusal(store, unmerge_persons, store, "D26-002", WHY, ACTOR, NOW)
    revoke(store, a_signer(), [record], "salah orang", ACTOR, NOW)
    unmerge_persons(store, "D26-002", WHY, ACTOR, NOW)

    assert said == f"Sertifikat {record} terbit sesudah kedua nomor digabung, jadi belum dapat dipisah. Cabut dulu: psm revoke {record}"
    assert [each.completion.met for each in standings(store, COURSE, "D26", NOW)[1]] == [False, True]
    assert "tidak sedang digabung" in refusal(store, unmerge_persons, store, "D26-002", WHY, ACTOR, NOW)


# ---- counted once ------------------------------------------------------------------------------------------------------------


def test_coverage_counts_a_person_with_two_certificates_once(store: Store) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    completes(store, COURSE, "D26-001")
    in_another_year(store, "Siti Rahayu")
    completes(store, COURSE, "D28-001")
    (first,), (second,) = issues(store, COURSE), issues(store, COURSE, "D28", IN_2028)
    apart = in_depok(store)

    linked(store, "D26-001", "D28-001")
    together = in_depok(store)
    revoke(store, a_signer(), [first], "salah orang", ACTOR, NOW)
    one_left = in_depok(store)
    revoke(store, a_signer(), [second], "salah orang", ACTOR, NOW)

    assert (apart, together, one_left, in_depok(store)) == ((2, 3), (1, 2), (1, 2), (0, 2))


def test_who_moved_house_is_counted_where_they_live_now(store: Store) -> None:
    a_cohort(store, "Siti Rahayu")
    in_another_year(store, "Siti Rahayu", kelurahan=BEJI)

    linked(store, "D26-001", "D28-001")

    assert (in_depok(store), in_depok(store, BEJI)) == ((0, 0), (0, 1))


# ---- for counts only ---------------------------------------------------------------------------------------------------------


def test_sex_and_birth_year_are_read_where_a_roster_has_them(store: Store, tmp_path: Path) -> None:
    in_another_year(store)
    header = ("Nama", "Kelurahan", "Jenis Kelamin (L/P)", "Tahun Lahir")
    rows = ("Siti", "Depok", "P", 1980), ("Ujang", "Depok", "Laki-laki", "1975"), ("Rini", "Depok", "", "")

    import_roster(store, REGION, "D28", a_sheet(tmp_path / "p.xlsx", header, *rows), ACTOR, NOW)

    assert [(each.sex, each.birth_year) for each in enrolled_in(store, "D28")] == [("P", 1980), ("L", 1975), (None, None)]
    (depok,) = (each for each in coverage(store, REGION) if each.kelurahan.code == DEPOK)
    assert (depok.men, depok.women, depok.enrolled) == (1, 1, 3)


def test_ages_are_counted_once_for_each_person_and_told_in_bands(store: Store, tmp_path: Path) -> None:
    born = [2000] * 2 + [1995] * 4 + [1975] * 5 + [None]
    in_another_year(store, *(f"Orang {number}" for number in range(len(born))))
    with arranging(store) as tx:
        told = zip(people.list_enrolments(tx, "D28"), born, strict=True)
        people.change_enrolments(tx, [replace(each, birth_year=year) for each, year in told])
    in_another_year(store, "Orang A", cohort="D29")
    linked(store, "D28-001", "D29-001")

    before = ages_said(store, coverage(store, REGION), 2026)
    erase_person(store, Settings(data=tmp_path), "D28-011", WHY, ACTOR, NOW)

    assert before == "di bawah 25: 0, 25–34: 6, 35–44: 0, 45–54: 5, 55 ke atas: 0; 1 tidak diisi"
    assert ages_said(store, coverage(store, REGION), 2026) == "di bawah 25: 0, 25 ke atas: 10; 2 tidak diisi"


def test_a_birth_year_that_cannot_be_gets_a_sentence_with_its_cell(store: Store, tmp_path: Path) -> None:
    in_another_year(store)
    header = ("Nama", "Kelurahan", "L/P", "Tahun Lahir")
    rows = ("Siti", "Depok", "X", 19), ("Ujang", "Depok", "L", 2027), ("Rini", "Depok", "P", "3276014401800001")

    problems = preview_roster(store, REGION, "D28", a_sheet(tmp_path / "p.xlsx", header, *rows)).problems

    told = {problem.cell: problem.message for problem in problems}
    assert told["C2"] == 'jenis kelamin "X" tidak dimengerti; tulis L atau P, atau kosongkan'
    assert told["D2"].startswith('tahun lahir "19" tidak dimengerti; tulis tahunnya saja')
    assert told["D3"].startswith('tahun lahir "2027" tidak dimengerti')
    assert told["D4"].startswith("ada 16 angka seperti NIK")


# ---- their rights ------------------------------------------------------------------------------------------------------------


def test_export_and_erasure_reach_all_that_a_person_has(store: Store, tmp_path: Path) -> None:
    a_cohort(store, "Siti Rahayu", "Ujang")
    in_another_year(store, "Siti Rahayu")
    linked(store, "D26-001", "D28-001")
    with arranging(store) as tx:
        siti = Enrolment("D28-001", "D28", "Siti Rahayu", DEPOK, None, "P", 1980, None, None, "Siti R")
        people.change_enrolments(tx, [siti])

    traces = export_person(store, "D26-001", ACTOR, NOW)
    erase_person(store, Settings(data=tmp_path), "D28-001", WHY, ACTOR, NOW)

    assert [(row["number"], row["birth_year"]) for row in traces["enrolment"]] == [("D26-001", None), ("D28-001", 1980)]
    assert "Siti" not in str([rows for name, rows in register_of(store).items() if name != "audit_event"])
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


# ---- searched for ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(store: Store) -> Store:
    a_cohort(store, "Siti Nurhayati", "Ñoño Đặng", "Ujang", "Beji Santoso")
    in_another_year(store, "Nurhayati, S.Sos", "Siti Aminah", kelurahan=BEJI)
    return store


@pytest.mark.parametrize(
    ("looked_for", "found"),
    [
        ("nurhay", ["D26-001", "D28-001"]),
        ("NURHAYATI siti", ["D26-001"]),
        ("nono dang", ["D26-002"]),
        ("d28-002", ["D28-002"]),
        ("D28-", ["D28-001", "D28-002"]),
        ("beji", ["D26-004", "D28-001", "D28-002"]),
        ("siti beji", ["D28-002"]),
        ("tak ada", []),
    ],
)
def test_people_are_found_by_name_number_or_kelurahan(many: Store, looked_for: str, found: list[str]) -> None:
    assert sorted(each.number for each in search_people(many, REGION, looked_for).people) == found


def test_a_search_stays_within_the_cohorts_that_are_seen(many: Store) -> None:
    assert [each.number for each in search_people(many, REGION, "nurhayati", {"D28"}).people] == ["D28-001"]
    assert search_people(many, REGION, "D26-001", {"D28"}).people == ()
    assert search_people(many, REGION, "nurhayati", ()).people == ()


def test_an_empty_search_says_what_to_write(many: Store) -> None:
    with pytest.raises(Refused, match="Tulis nama, nomor peserta, atau kelurahan"):
        search_people(many, REGION, " ? ")


def test_a_new_name_is_found_and_the_old_one_is_not(many: Store) -> None:
    with arranging(many) as tx:
        people.change_enrolments(tx, [Enrolment("D26-001", "D26", "Rini Lestari", DEPOK)])

    assert search_people(many, REGION, "siti nurhayati").people == ()
    assert [each.number for each in search_people(many, REGION, "lestari").people] == ["D26-001"]
