"""What printed documents are made of in these tests, by the one difference that matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from psm_course.domain.card import card_code, card_link, shown_code
from psm_course.printing.cards import Card
from psm_course.printing.occasion import Occasion
from psm_course.printing.report import (
    Checkpoint,
    Coverage,
    LedgerEntry,
    Report,
    ReportPerson,
    ReportSession,
    Signatory,
)
from psm_course.printing.sign_in_sheet import SignInRow

WORST = "#pagebreak() *x* $a$ <b> @c `d` _e_ \\ //f [g] {h}"
LONG_NAMES = (
    "R. Ay. Raden Roro Siti Nurhayati Kusumaningtyas Hadiwijayakusuma Putri",
    "Prof. Dr. Hj. Ng Đặng Ñoño José Łukasz Čapek-Šimić Ångström d’Été, M.Si",
    " ".join(["Siti"] * 14),
    "M" * 34 + " " + "W" * 34,
)
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12"><path d="M5 0 10 2v6L5 12 0 8V2z"'
    b' fill="#0b5f53"/></svg>'
)
URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def a_content(**changes: Any) -> dict[str, Any]:
    """A frozen content as it is issued today."""
    return (
        an_old_content()
        | {
            "kind": "passed",
            "ends_on": "2026-11-25",
            "letterhead": ["PEMERINTAH KOTA DEPOK", "DINAS SOSIAL"],
        }
        | changes
    )


def an_old_content(**changes: Any) -> dict[str, Any]:
    """A frozen content from before there were kinds, last days and letterheads."""
    return {
        "number": "800.2/0007/PSM-DASAR/XI/2026",
        "participant": "D26-017",
        "name": "Siti Rahayu",
        "kelurahan": "Curug (Cimanggis)",
        "course": "Bimtek Dasar PSM",
        "organiser": "Dinas Sosial Kota Depok",
        "hours": 16,
        "minutes_per_hour": 45,
        "cohort": "Angkatan D26",
        "starts_on": "2026-11-24",
        "issued_on": "2026-12-01",
        "place": "Depok",
        "signatory_title": "Kepala Dinas Sosial Kota Depok",
        "signatory_name": "",
        "score": "86.67",
        "sessions": [
            {"title": "Pembukaan", "hours": 1},
            {"title": "Dasar pekerjaan sosial", "hours": 15},
        ],
    } | changes


def a_link(length: int = 350, seed: int = 1) -> str:
    """A verification link as long as a signed token makes it."""
    address = "https://psm.depok.go.id/v#"
    # Any letters will do.
    return address + "".join(Random(seed).choices(URL_SAFE, k=length - len(address)))  # noqa: S311


# ---- an office's documents -----------------------------------------------------------------------

OCCASION = Occasion(
    course="Bimtek Dasar PSM",
    organiser="Dinas Sosial Kota Depok",
    cohort="Angkatan D26",
    starts_on=date(2026, 11, 24),
    ends_on=date(2026, 11, 25),
    place="Depok",
    letterhead=("PEMERINTAH KOTA DEPOK", "DINAS SOSIAL", "Jalan Contoh 1, Depok"),
)


def a_card(number: int, /, **changes: str) -> Card:
    name = f"D26-{number:03}"
    code = card_code(bytes(32), "32.76", name, 1)
    link = card_link("https://psm.depok.go.id", name, code, f"Orang {number}")
    return replace(Card(name, f"Orang {number}", "Beji", link, shown_code(code)), **changes)


def a_row(number: int, /, **changes: str) -> SignInRow:
    return replace(SignInRow(f"D26-{number:03}", f"Orang {number}", "Beji"), **changes)


def a_person(number: int, /, **changes: Any) -> ReportPerson:
    """Somebody who came to the first of two sessions and passed."""
    person = ReportPerson(
        number=f"D26-{number:03}",
        name=f"Orang {number}",
        kelurahan="Beji",
        presence=("present", "absent"),
        hours=1,
        pretest=Decimal(50),
        posttest=Decimal("86.666"),
        outcome="passed",
        reasons=("hadir 1 dari 3 JP", "tes akhir 86,67"),
    )
    return replace(person, **changes)


def an_entry(number: int, /, **changes: Any) -> LedgerEntry:
    entry = LedgerEntry(
        f"800.2/{number:04}/PSM-DASAR/XII/2026",
        f"D26-{number:03}",
        f"Orang {number}",
        "passed",
        date(2026, 12, 1),
    )
    return replace(entry, **changes)


A_CHECKPOINT = Checkpoint(
    "dinsos.depok.go.id/log/2",
    3021,
    "2:3021:9f3a 01bc 77de 2201",
    "dinsos.depok.go.id/log/2\n3021\n…\n",
    "puncak-catatan.txt",
)


def a_report(**changes: Any) -> Report:
    report = Report(
        occasion=OCCASION,
        number="800.2/BA/12/2026",
        made_on=date(2026, 12, 1),
        summary=(("Peserta terdaftar", "2 orang"), ("Lulus", "1 orang")),
        sessions=(ReportSession("Pembukaan", 1), ReportSession("Dasar", 2)),
        people=(
            a_person(1),
            a_person(2, outcome="not_yet", pretest=None, reasons=("Belum mengerjakan tes awal",)),
        ),
        coverage=(
            Coverage("Beji", "Beji", 2, 1),
            Coverage("Beji", "Kukusan", 0, 0),
            Coverage("Limo", "Limo", 0, 0),
        ),
        records=(an_entry(1),),
        signatories=(
            Signatory("Ketua panitia"),
            Signatory("Kepala Dinas Sosial", "Dra. Contoh, M.Si"),
        ),
    )
    return replace(report, **changes)
