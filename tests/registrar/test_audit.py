"""Every deed leaves one line in the audit, and no line holds a name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from psm_course.registrar.attendance.sheets import mark_attendance
from psm_course.registrar.certificates.correcting import revoke
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.keys.keyring import new_key
from psm_course.registrar.certificates.printing import print_certificates
from psm_course.registrar.completion.judging import standings
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.registrar.people.enrolling import import_roster
from psm_course.registrar.people.privacy import erase_person
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.builders import REGION
from tests.register_builders import (
    ACTOR,
    HOURS,
    NOW,
    RIGHT,
    a_course,
    a_hand_in,
    a_roster,
    a_sheet,
    events_of,
    hands_in,
    register_of,
    sends,
)

COURSE = a_course()
PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of keys that live for one test
NAMES = ("Siti Rahayu", "Ujang Hidayat")


def a_whole_course(store: Store, tmp_path: Path) -> None:
    """Every verb of the office once, and once more those that may be repeated."""
    open_cohort(store, "D26", "Angkatan 26", date(2026, 11, 24), ACTOR, NOW, a_course())
    for _ in range(2):
        import_roster(
            store,
            REGION,
            "D26",
            a_roster(tmp_path / "peserta.xlsx", *[(name, "Depok") for name in NAMES]),
            ACTOR,
            NOW,
        )
    filled = ("Nomor peserta", "Nama", *HOURS), ("D26-001", NAMES[0], *"xxxxxxxx")
    mark_attendance(store, COURSE, "D26", a_sheet(tmp_path / "hadir.xlsx", *filled), ACTOR, NOW)
    for document in (
        a_hand_in("D26-001", "tes-awal", RIGHT),
        a_hand_in("D26-001"),
        a_hand_in("D26-001"),
    ):
        hands_in(store, COURSE, document)
    for unsigned in (
        a_hand_in("D26-002"),
        a_hand_in("D26-099"),
    ):  # the second is in quarantine, of which the log says nothing
        sends(store, COURSE, unsigned)
    standings(store, COURSE, "D26", NOW)
    office = Settings(data=tmp_path)
    issue_records(store, COURSE, office, None, "D26", ACTOR, NOW)
    signer = new_key(store, office, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)
    issue_records(store, COURSE, office, signer, "D26", ACTOR, NOW)
    list(print_certificates(store, office, "D26", ACTOR, NOW))
    revoke(store, signer, ["800.2/0001/PSM-DASAR/XI/2026"], "dicabut untuk uji", ACTOR, NOW)
    erase_person(store, office, "D26-002", "permintaan peserta", ACTOR, NOW)


def test_every_deed_leaves_one_line(store: Store, tmp_path: Path) -> None:
    a_whole_course(store, tmp_path)

    deeds = [(verb, subject) for _, verb, subject, _ in events_of(store)]
    key = next(subject for verb, subject in deeds if verb == "key made")
    assert deeds == [
        ("course adopted", "bimtek"),
        ("cohort opened", "D26"),
        ("roster imported", "D26"),
        ("roster imported", "D26"),
        ("attendance marked", "D26"),
        ("submission recorded", "D26-001/tes-awal/1"),
        ("submission recorded", "D26-001/tes-akhir/1"),
        ("submission held", "D26-002/tes-akhir/1"),
        ("key made", key),
        ("record entered", "800.2/0001/PSM-DASAR/XI/2026"),
        ("record issued", "D26-001"),
        ("record printed", "D26-001"),
        ("record revoked", "D26-001"),
        ("person erased", "D26-002"),
    ]


def test_no_line_holds_a_name(store: Store, tmp_path: Path) -> None:
    a_whole_course(store, tmp_path)
    register = register_of(store)
    words = [word for name in NAMES for word in name.split()]

    assert all(word in str(register["enrolment"]) for word in NAMES[0].split())
    assert [word for word in words if word in str(register["audit_event"])] == []
