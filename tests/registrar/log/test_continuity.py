"""A register that is older than what stands outside it gives no number and publishes nothing;
hand-ins and presence go on.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.registrar.backup.backing_up import back_up_office
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.keys.keyring import open_signer
from psm_course.registrar.certificates.printing import unprinted
from psm_course.registrar.certificates.publishing import public_files, publish_status
from psm_course.registrar.log.continuity import accept_clock
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.opening import open_register
from tests.register_builders import ACTOR, NOW, attends, completes, events_of
from tests.registrar.backup.offices import COURSE, PASSPHRASE, an_office, finish, site_published

BEHIND = r"keluar dua kali.*psm restore BERKAS$"


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    return an_office(tmp_path / "kantor")


def copied_back(settings: Settings, older: Path) -> None:
    """As the guide said once: the register's file alone, from a day before."""
    shutil.copyfile(older, settings.register)


def refused(store: Store, settings: Settings, days: int = 0) -> str:
    """What issuing, dry and in earnest, and publishing say; all the same."""
    signer, now = open_signer(settings, PASSPHRASE), NOW + timedelta(days=days)
    said = []
    for verb in (
        lambda: issue_records(store, COURSE, settings, None, "D26", ACTOR, now),
        lambda: issue_records(store, COURSE, settings, signer, "D26", ACTOR, now),
        lambda: publish_status(store, signer, ACTOR, now),
    ):
        with pytest.raises(Refused) as refusal:
            verb()
        said.append(str(refusal.value))
    assert len(set(said)) == 1
    return said[0]


def test_a_register_that_is_older_than_the_published_log_gives_no_number(
    office: Settings, tmp_path: Path
) -> None:
    older = shutil.copyfile(office.register, tmp_path / "kemarin.db")
    with open_register(office) as store:
        finish(store, office, "D26-003")
    site_published(office)
    copied_back(office, older)

    with open_register(office) as store:
        completes(store, COURSE, "D26-004")  # answers and presence are taken in as ever
        said = refused(store, office)
        with pytest.raises(Refused, match=BEHIND):
            public_files(store, office)

    assert said == Contains("Register ini lebih tua", "pernah diterbitkan")
    assert said.endswith("psm restore BERKAS")


def test_a_register_that_is_older_than_the_last_backup_gives_no_number(
    office: Settings, tmp_path: Path
) -> None:
    older = shutil.copyfile(office.register, tmp_path / "kemarin.db")
    with open_register(office) as store:
        finish(store, office, "D26-003")
        back_up_office(store, office, tmp_path / "cadangan.zip", NOW)
    copied_back(office, older)

    with open_register(office) as store:
        assert "terakhir.json menyebut catatan" in refused(store, office)


def test_a_register_whose_log_went_on_otherwise_gives_no_number(
    office: Settings, tmp_path: Path
) -> None:
    older = shutil.copyfile(office.register, tmp_path / "kemarin.db")
    with open_register(office) as store:
        finish(store, office, "D26-003")
    site_published(office)
    copied_back(office, older)
    with open_register(office) as store:
        completes(store, COURSE, "D26-004", "D26-005", "D26-006", "D26-007")

        assert refused(store, office) == Contains("bukan lanjutan", "psm db check")


def test_a_certificate_that_lies_printed_and_is_unknown_stops_the_next(
    office: Settings, tmp_path: Path
) -> None:
    older = shutil.copyfile(office.register, tmp_path / "kemarin.db")
    with open_register(office) as store:
        finish(store, office, "D26-003", is_printed=True)
    copied_back(office, older)

    with open_register(office) as store:
        said = refused(store, office)

    assert said == Contains("sertifikat tercetak", "800.2-0003-PSM-DASAR-XI-2026.pdf")


def test_a_file_under_a_certificates_name_that_is_another_is_printed_again(
    office: Settings,
) -> None:
    with open_register(office) as store:
        finish(store, office, "D26-003", is_printed=True)
        path = office.records / "D26" / "800.2-0003-PSM-DASAR-XI-2026.pdf"
        path.write_bytes(b"%PDF-1.7 milik orang lain")

        assert [record.number for record in unprinted(store, office, "D26")] == [
            "800.2/0003/PSM-DASAR/XI/2026"
        ]


# ---- the clock -----------------------------------------------------------------------------------


def test_a_day_before_the_newest_event_is_refused(office: Settings) -> None:
    with open_register(office) as store:
        completes(store, COURSE, "D26-003")

        said = refused(store, office, days=-1)

    assert said == Contains(
        "menunjukkan 23 November 2026", "mencatat sesuatu pada 24 November 2026"
    )
    assert 'psm clock accept --reason "ALASAN"' in said


def test_an_officers_word_ends_a_future_that_was_false(office: Settings) -> None:
    with open_register(office) as store:
        completes(store, COURSE, "D26-003")
        signer = open_signer(office, PASSPHRASE)
        publish_status(store, signer, ACTOR, NOW + timedelta(days=900))
        before = refused(store, office)

        accept_clock(store, "jam laptop salah setelah baterai diganti", ACTOR, NOW)

        assert "12 Mei 2029" in before
        assert [
            record.number
            for record in issue_records(store, COURSE, office, signer, "D26", ACTOR, NOW).new
        ] != []
        assert ("petugas", "clock accepted", "2026-11-24") in [
            event[:3] for event in events_of(store)
        ]


def test_a_day_before_the_key_was_made_is_refused(office: Settings) -> None:
    with open_register(office) as store:
        attends(store, "D26-003")
        accept_clock(
            store, "jam laptop salah setelah baterai diganti", ACTOR, NOW - timedelta(days=30)
        )

        said = refused(store, office, days=-30)

    assert said == Contains("menunjukkan 25 Oktober 2026", "kunci kantor dibuat (24 November 2026)")
    assert said.endswith(": psm keys rotate")
