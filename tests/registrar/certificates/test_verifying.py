"""Checking with the register, and with a copy of the site; and the whole way after a key leaked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from psm_course.credentials.verification.copies import published_there
from psm_course.credentials.verification.verification import NO_STATUS, verify
from psm_course.domain.register import CompletionRecord, Enrolment
from psm_course.errors import Refused
from psm_course.registrar.certificates.correcting import resign_all, revoke
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.keys.keyring import (
    Signer,
    find_issuer,
    mark_compromised,
    new_key,
    open_signer,
    rotate_key,
)
from psm_course.registrar.certificates.printing import print_certificates
from psm_course.registrar.certificates.publishing import publish_status
from psm_course.registrar.certificates.verifying import published_here
from psm_course.registrar.log.continuity import accept_clock
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.settings import Settings
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.people import people
from tests.published import site_of
from tests.register_builders import (
    ACTOR,
    DEPOK,
    NOW,
    a_cohort,
    a_course,
    arranging,
    completes,
    events_of,
)

COURSE = a_course()
PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of keys that live for one test
FIRST, SECOND, THIRD = (f"800.2/000{sequence}/PSM-DASAR/XI/2026" for sequence in (1, 2, 3))
LATER, AFTER = NOW + timedelta(days=7), NOW + timedelta(days=8)
REASON = "kunci bocor dari laptop yang hilang"


class Office:
    """A register, its keys, and the site that it publishes."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.site = store, folder / "situs"
        self.settings = Settings(data=folder / "var", site_address="https://dinsos.depok.go.id/psm")
        self.signer = new_key(
            store, self.settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW
        )

    def issues(self) -> dict[str, CompletionRecord]:
        issued = issue_records(self.store, COURSE, self.settings, self.signer, "D26", ACTOR, NOW)
        return {record.number: record for record in issued.new}

    def prints(self, now: datetime = NOW) -> list[bytes]:
        paths = list(print_certificates(self.store, self.settings, "D26", ACTOR, now))
        publish_status(self.store, self.signer, ACTOR, now)
        site_of(self.store, self.settings, self.site)
        return [path.read_bytes() for path in paths]

    def verdicts(self, *given: bytes | str | None) -> list[str]:
        """Of both checkers, who must agree."""
        here, there = published_here(self.store, self.settings), published_there(self.site)
        answers = [[verify(each or "", known, AFTER) for each in given] for known in (here, there)]
        assert answers[0] == answers[1]
        return [answer.verdict for answer in answers[0]]


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    completes(
        store,
        COURSE,
        *[
            person.number
            for person in a_cohort(store, "Siti Rahayu", "Ujang Hidayat", "Ani Lestari")
        ],
    )
    return Office(store, tmp_path)


def test_register_and_site_give_the_same_verdicts_on_pdf_json_and_code(office: Office) -> None:
    issued = office.issues()
    pdfs = office.prints()
    revoke(office.store, office.signer, [SECOND], "salah cetak", ACTOR, NOW)
    site_of(office.store, office.settings, office.site)

    for number, verdict in ((FIRST, "valid"), (SECOND, "revoked"), (THIRD, "valid")):
        record = issued[number]
        pdf = pdfs[list(issued).index(number)]
        assert office.verdicts(pdf, record.credential, record.qr) == [verdict] * 3


def test_until_the_next_build_others_do_not_know(office: Office) -> None:
    issued = office.issues()
    office.prints()

    revoke(office.store, office.signer, [FIRST], "salah cetak", ACTOR, NOW)

    known = {
        "here": published_here(office.store, office.settings),
        "there": published_there(office.site),
    }
    assert {
        name: verify(issued[FIRST].qr or "", each, AFTER).verdict for name, each in known.items()
    } == {
        "here": "revoked",
        "there": "valid",
    }


def test_a_copy_without_its_status_lists_says_that_it_could_not_check(office: Office) -> None:
    issued = office.issues()
    office.prints()
    (office.site / "status/0-revocation.json").unlink()
    (office.site / "status/0-refresh.json").write_text("{setengah", encoding="utf-8")

    found = verify(issued[FIRST].qr or "", published_there(office.site), AFTER)

    assert (found.verdict, found.status_as_of, found.reason.endswith(NO_STATUS)) == (
        "stale",
        None,
        True,
    )


@pytest.mark.parametrize("content", [None, "", "{}", "[1]", '{"format": "psm-keys/1", "keys": 3}'])
def test_a_folder_that_is_no_site_is_said(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "keys.json").write_text(content, encoding="utf-8")

    with pytest.raises(Refused, match=r"keys\.json"):
        published_there(tmp_path)


def test_an_office_without_a_key_believes_no_certificate(office: Office, tmp_path: Path) -> None:
    """It is known by the keys of its log alone, which sign receipts and no certificate."""
    record = office.issues()[FIRST]

    known = published_here(office.store, Settings(data=tmp_path / "tanpa kunci"))

    assert {
        verify(each or "", known, AFTER).verdict
        for each in (*office.prints(), record.qr, record.credential)
    } == {"unknown_issuer"}


def test_two_offices_with_the_same_numbers_do_not_disturb_each_other(
    office: Office, tmp_path: Path
) -> None:
    """Both keep lists of digests under the same number; a genuine file of either is no forgery."""
    office.issues()
    pdf = office.prints()[0]
    other = Office.__new__(Office)
    other.store, other.site = office.store, tmp_path / "lain" / "situs"
    other.settings = Settings(data=tmp_path / "lain" / "var", site_address="https://lain.example")
    other.signer = new_key(other.store, other.settings, "Kantor Lain", PASSPHRASE, ACTOR, NOW)
    publish_status(other.store, other.signer, ACTOR, NOW)
    site_of(other.store, other.settings, other.site)

    for sites in ((office.site, other.site), (other.site, office.site)):
        assert verify(pdf, published_there(*sites), AFTER).verdict == "valid"
    assert verify(pdf, published_there(other.site), AFTER).verdict == "unknown_issuer"


# ---- keys over the years -------------------------------------------------------------------------


def test_what_a_retired_key_signed_stands_and_the_next_key_goes_on(office: Office) -> None:
    issued = office.issues()
    pdfs = office.prints()

    office.signer = rotate_key(office.store, office.settings, PASSPHRASE, ACTOR, LATER)
    office.prints(LATER)

    assert office.verdicts(*pdfs, *[record.qr for record in issued.values()]) == ["valid"] * 6


def test_the_whole_way_after_a_key_leaked(office: Office) -> None:
    """Strike off, make a new key, sign everything anew, print: old paper is refused, new paper is
    believed, no number changes.
    """
    issued = office.issues()
    old_pdfs = office.prints()
    old_codes = [record.qr for record in issued.values()]
    revoke(office.store, office.signer, [THIRD], "salah cetak", ACTOR, NOW)
    leaked = office.signer.key.multikey[-12:]

    mark_compromised(office.store, office.settings, leaked, ACTOR, LATER)
    site_of(office.store, office.settings, office.site)
    assert office.verdicts(*old_pdfs, *old_codes) == ["revoked"] * 6

    with pytest.raises(Refused, match=r"Tidak ada kunci .*dipakai"):
        open_signer(office.settings, PASSPHRASE)
    office.signer = new_key(
        office.store, office.settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, LATER
    )
    assert resign_all(
        office.store, office.settings, office.signer, leaked, REASON, ACTOR, LATER
    ) == ("D26",)
    new_pdfs = office.prints(LATER)

    assert office.verdicts(*old_pdfs, *old_codes) == ["revoked"] * 6
    assert office.verdicts(*new_pdfs) == ["valid"] * 2
    with office.store.reading() as tx:
        fresh = records.records_of_cohort(tx, "D26")
    for record in fresh[:2]:
        before = issued[record.number]
        assert (record.content, record.status_index, record.issued_at) == (
            before.content,
            before.status_index,
            before.issued_at,
        )
        assert (record.key, record.qr == before.qr) == (office.signer.key.multikey, False)
        assert office.verdicts(record.qr, record.credential) == ["valid", "valid"]
    assert fresh[2] == issued[THIRD]
    assert [event[1:] for event in events_of(office.store) if event[1] == "record resigned"] == [
        ("record resigned", "D26-001", {"record": FIRST}),
        ("record resigned", "D26-002", {"record": SECOND}),
    ]


def test_a_thief_who_dates_back_is_not_believed(office: Office) -> None:
    """With the leaked key one may sign anything; nothing counts once the key is struck off."""
    forged, then = Signer(office.signer.issuer, office.signer.key), NOW - timedelta(days=300)
    open_cohort(office.store, "D25", "Angkatan D25", then.date(), ACTOR, NOW, COURSE)
    with arranging(office.store) as tx:
        people.add_enrolments(
            tx,
            [
                Enrolment(f"D25-00{n}", "D25", name, DEPOK)
                for n, name in enumerate(("Dewi", "Eka", "Fitri"), 1)
            ],
        )
    completes(office.store, COURSE, "D25-001", "D25-002", "D25-003")
    accept_clock(office.store, "jam diputar mundur oleh pencuri", ACTOR, then)
    elsewhere = replace(office.settings, data=office.settings.data / "pencuri")
    issued = issue_records(office.store, COURSE, elsewhere, forged, "D25", ACTOR, then).new
    mark_compromised(office.store, office.settings, forged.key.multikey, ACTOR, LATER)
    site_of(office.store, office.settings, office.site)

    assert office.verdicts(*[record.qr for record in issued]) == ["revoked"] * 3


def test_signing_anew_is_refused_for_a_key_that_did_not_leak(office: Office) -> None:
    office.issues()
    first = office.signer.key.multikey
    office.signer = rotate_key(office.store, office.settings, PASSPHRASE, ACTOR, LATER)

    with pytest.raises(Refused, match="belum dicoret") as refused:
        resign_all(office.store, office.settings, office.signer, first, REASON, ACTOR, LATER)
    assert "psm keys compromised" in str(refused.value)
    mark_compromised(office.store, office.settings, first, ACTOR, LATER)
    office.signer = open_signer(office.settings, PASSPHRASE)
    with pytest.raises(Refused, match="tanpa menyebut nama"):
        resign_all(
            office.store,
            office.settings,
            office.signer,
            first,
            "karena Siti kehilangan laptop",
            ACTOR,
            LATER,
        )
    assert resign_all(
        office.store, office.settings, office.signer, first, REASON, ACTOR, LATER
    ) == ("D26",)
    assert (
        resign_all(office.store, office.settings, office.signer, first, REASON, ACTOR, LATER) == ()
    )
    issuer = find_issuer(office.settings)
    assert issuer is not None
    assert [key.in_use for key in issuer.keys] == [False, True]
