"""What printed documents are made of in these tests, with the one difference that matters visible there."""

from __future__ import annotations

from random import Random
from typing import Any

WORST = "#pagebreak() *x* $a$ <b> @c `d` _e_ \\ //f [g] {h}"
LONG_NAMES = (
    "R. Ay. Raden Roro Siti Nurhayati Kusumaningtyas Hadiwijayakusuma Putri",
    "Prof. Dr. Hj. Ng Đặng Ñoño José Łukasz Čapek-Šimić Ångström d’Été, M.Si",
    " ".join(["Siti"] * 14),
    "M" * 34 + " " + "W" * 34,
)
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12"><path d="M5 0 10 2v6L5 12 0 8V2z" fill="#0b5f53"/></svg>'
URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def a_content(**changes: Any) -> dict[str, Any]:
    """A frozen content as it is issued today."""
    return an_old_content() | {"kind": "passed", "ends_on": "2026-11-25", "letterhead": ["PEMERINTAH KOTA DEPOK", "DINAS SOSIAL"]} | changes


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
        "sessions": [{"title": "Pembukaan", "hours": 1}, {"title": "Dasar pekerjaan sosial", "hours": 15}],
    } | changes


def a_link(length: int = 350, seed: int = 1) -> str:
    """A verification link as long as a signed token makes it."""
    address = "https://psm.depok.go.id/v#"
    return address + "".join(Random(seed).choices(URL_SAFE, k=length - len(address)))  # noqa: S311 - any letters will do
