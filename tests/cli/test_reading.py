"""Commands that only look wait for nobody who writes, on both databases; nor does opening one."""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from tests.builders import OFFICE
from tests.cli.conftest import Psm, a_hand_in
from tests.databases import DATABASES, somebody_writing
from tests.register_builders import a_card_secret, a_roster, a_sheet

LOOKING = (
    "cohort list",
    "status D26",
    "status D26 D26-001",
    "rules D26",
    "regrade tes-akhir",
    "submit held",
    "account list",
    "keys list",
    "issue D26 --dry-run",
    "roster import D26 peserta.xlsx --dry-run",
    "attendance sheet D26 kosong.xlsx",
    "export register D26 keluar.xlsx",
    "subject expire --dry-run",
    "db check",
    "backup cadangan.zip",
    "verify var/records",
)


@pytest.fixture(params=DATABASES)
def held(
    request: pytest.FixtureRequest, psm: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> Store:
    """The office's register with something in it, on each database, for others to write in."""
    if request.param == "postgresql":
        store: Store = request.getfixturevalue("server_store")
        monkeypatch.setenv("PSM_DATABASE", store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", "empat kata yang acak")
    a_roster(
        course / "peserta.xlsx", ("Siti Rahayu", "Depok"), ("Ujang Hidayat", "Curug (Cimanggis)")
    )
    a_sheet(course / "hadir.xlsx", ("Nomor", "pembukaan", "menyapa"), ("D26-001", "x", "x"))
    for command in (
        "cohort new D26",
        "roster import D26 peserta.xlsx",
        "keys new",
        "attendance import D26 hadir.xlsx",
    ):
        assert psm(*command.split()).code == 0
    a_card_secret(course / "var")
    assert psm("submit", "-", stdin=a_hand_in("D26-001").encode()).code == 0
    assert psm("issue", "D26").code == 0
    return (
        store
        if request.param == "postgresql"
        else open_store(course / "var" / "register.db", OFFICE)
    )


def test_a_command_that_looks_answers_while_somebody_writes(psm: Psm, held: Store) -> None:
    with somebody_writing(held):
        answers = {command: psm(*command.split())[::2] for command in LOOKING}

    assert {command: said for command, said in answers.items() if said[0] != 0} == {}
