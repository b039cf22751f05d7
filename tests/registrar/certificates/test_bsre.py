"""Signing through BSrE's service, against a double of its published shape; every way it can fail is
a sentence, and nothing is lost.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.registrar.certificates.bsre import BsreService
from psm_course.registrar.certificates.certifying import hand_over, uncertified
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.printing import print_certificates
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.register_builders import ACTOR, NOW, a_cohort, a_course, a_signer, completes, register_of
from tests.registrar.certificates.bsre_double import (
    PASSPHRASE,
    PASSWORD,
    USER,
    Answer,
    Service,
    service,
    silence,
)
from tests.registrar.certificates.signing_client import signed, turned

COURSE = a_course()
OFFICIAL = "pejabat@dinsos.example"
FIRST, SECOND = (f"800.2/000{sequence}/PSM-DASAR/XI/2026" for sequence in (1, 2))
NAME = "800.2-0001-PSM-DASAR-XI-2026.pdf"


@pytest.fixture
def settings(file_store: Store, tmp_path: Path) -> Settings:
    office = Settings(data=tmp_path / "var", certified_signature="bsre")
    completes(
        file_store,
        COURSE,
        *[person.number for person in a_cohort(file_store, "Siti Rahayu", "Ujang Hidayat")],
    )
    issue_records(file_store, COURSE, office, a_signer(), "D26", ACTOR, NOW)
    list(print_certificates(file_store, office, "D26", ACTOR, NOW))
    return office


def client(running: Service, **changes: Any) -> BsreService:
    usual = {
        "user": USER,
        "password": PASSWORD,
        "signer": OFFICIAL,
        "passphrase": PASSPHRASE,
        "place": "Depok",
        "patience": 20,
    }
    return BsreService(running.address, **usual | changes)


def signs(store: Store, settings: Settings, by: BsreService) -> list[str]:
    return [
        each.path.name
        for each in hand_over(store, settings, by, "D26", ACTOR, NOW)
        if each is not None
    ]


def test_every_certificate_is_signed_by_one_call_of_the_published_shape(
    file_store: Store, settings: Settings
) -> None:
    printed = (settings.records / "D26" / NAME).read_bytes()
    with service() as running:
        kept = signs(file_store, settings, client(running))
        again = signs(file_store, settings, client(running))

    assert (kept, again) == (
        ["800.2-0001-PSM-DASAR-XI-2026.tte.pdf", "800.2-0002-PSM-DASAR-XI-2026.tte.pdf"],
        [],
    )
    assert len(running.asked) == 2
    assert running.asked[0] == {
        "path": "/api/v2/sign/pdf",
        "email": OFFICIAL,
        "passphrase": PASSPHRASE,
        "signatureProperties": [
            {
                "tampilan": "VISIBLE",
                "page": 1,
                "originX": 540,
                "originY": 86,
                "width": 222,
                "height": 64,
                "location": "Depok",
                "reason": "Sertifikat",
            }
        ],
        "file": [base64.b64encode(printed).decode()],
    }
    assert (settings.records / "D26" / kept[0]).read_bytes().startswith(printed)


def test_an_official_may_be_named_by_number_and_it_is_kept_nowhere(
    file_store: Store, settings: Settings
) -> None:
    made_up = "0000000000000000"
    with service() as running:
        by = client(running, signer=made_up)
        signs(file_store, settings, by)

    assert (running.asked[0]["nik"], "email" in running.asked[0]) == (made_up, False)
    secrets = (made_up, PASSWORD, PASSPHRASE)
    assert [
        secret for secret in secrets if secret in repr(by) or secret in str(register_of(file_store))
    ] == []


NOT_UNDERSTOOD = ("tidak dimengerti",)


def back(change: Callable[[bytes], bytes]) -> Callable[[dict[str, Any]], Answer]:
    """A service that sends back something made of what it was sent."""
    return lambda body: (
        200,
        {"file": [base64.b64encode(change(base64.b64decode(body["file"][0]))).decode()]},
    )


@pytest.mark.parametrize(
    ("behave", "changes", "says"),
    [
        (lambda _: None, {"password": "keliru"}, ("PSM_BSRE_USER", "PSM_BSRE_PASSWORD")),
        (
            lambda _: None,
            {"passphrase": "keliru"},
            ("(HTTP 400): Passphrase anda salah",),
        ),
        (
            lambda _: (500, {"message": "Proses signing gagal"}),
            {},
            ("(HTTP 500): Proses signing gagal",),
        ),
        (
            lambda _: (500, b"<html>Internal Server Error</html>"),
            {},
            ("(HTTP 500). ", "pengelola layanan"),
        ),
        (
            lambda body: (500, {"error": f"salah: {body['passphrase']}"}),
            {},
            ("(HTTP 500). ", "pengelola layanan"),
        ),
        (lambda _: (200, b"bukan json"), {}, NOT_UNDERSTOOD),
        (lambda _: (200, {"file": []}), {}, NOT_UNDERSTOOD),
        (lambda _: (200, {"file": ["bukan base64!"]}), {}, NOT_UNDERSTOOD),
        (lambda _: (200, ["x"]), {}, NOT_UNDERSTOOD),
        (
            silence,
            {"patience": 0.4},
            ("dalam 0 detik", NAME, "periksa dulu"),
        ),
        (
            back(lambda pdf: pdf),
            {},
            (FIRST, "ditolak: belum ditandatangani"),
        ),
        (
            back(lambda pdf: signed(turned(pdf))),
            {},
            (FIRST, "diganti sebelum ditandatangani"),
        ),
    ],
    ids=[
        "password",
        "passphrase",
        "500",
        "500-html",
        "echo",
        "no-json",
        "no-file",
        "no-base64",
        "list",
        "silent",
        "unsigned",
        "changed",
    ],
)
def test_when_it_fails_it_is_said_once_and_nothing_is_kept(
    file_store: Store,
    settings: Settings,
    behave: Callable[[dict[str, Any]], Answer | None],
    changes: dict[str, Any],
    says: tuple[str, ...],
) -> None:
    before = register_of(file_store)

    with service(behave) as running, pytest.raises(Refused) as refused:
        signs(file_store, settings, client(running, **changes))

    assert str(refused.value) == Contains(*says)
    assert PASSPHRASE not in str(refused.value)
    assert len(running.asked) == 1
    assert register_of(file_store) == before
    assert len(uncertified(file_store, settings, "D26")) == 2


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "bukan alamat", ""])
def test_an_address_where_nobody_answers_is_said(
    file_store: Store, settings: Settings, address: str
) -> None:
    with pytest.raises(Refused) as refused:
        signs(
            file_store,
            settings,
            BsreService(address, USER, PASSWORD, OFFICIAL, PASSPHRASE, patience=5),
        )

    assert str(refused.value) == Contains(f" di {address} tidak", "dihubungi")


def test_what_was_signed_before_a_failure_is_kept_and_the_rest_goes_on_later(
    file_store: Store, settings: Settings
) -> None:
    def second_fails(body: dict[str, Any]) -> Answer | None:
        return (500, {"error": "kuota habis"}) if len(running.asked) == 2 else None

    with service(second_fails) as running:
        with pytest.raises(Refused, match="kuota habis"):
            signs(file_store, settings, client(running))
        assert [record.number for record in uncertified(file_store, settings, "D26")] == [SECOND]

        assert signs(file_store, settings, client(running)) == [
            "800.2-0002-PSM-DASAR-XI-2026.tte.pdf"
        ]
    assert len(running.asked) == 3
