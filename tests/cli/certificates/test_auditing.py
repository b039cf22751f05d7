"""The page for auditors and journalists: its three commands, run as they stand there, beside an
honest office and beside others.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from psm_course.credentials.verification.notes import FILE
from psm_course.store.engine import Store
from tests.cli.conftest import Psm
from tests.conftest import ROOT
from tests.credentials.tampered_pdf import a_pdf
from tests.register_builders import a_cohort, completes
from tests.registrar.certificates.test_verifying import COURSE, Office

COMMANDS = re.findall(
    r"^psm (.+)$", (ROOT / "book/buku-terbuka.md").read_text(encoding="utf-8"), re.MULTILINE
)


@pytest.fixture
def folder(course: Path, store: Store, tmp_path: Path) -> Path:
    """Where the auditor's things lie, as the page asks for them: two copies of the site, the
    minutes of between, a certificate.
    """
    completes(
        store,
        COURSE,
        *[
            person.number
            for person in a_cohort(store, "Siti Rahayu", "Ujang Hidayat", "Ani Lestari")
        ],
    )
    office = Office(store, tmp_path / "kantor")
    office.issues()
    pdf = office.prints()[0]
    shutil.copytree(office.site, course / "buku-lama")
    (course / "sertifikat.pdf").write_bytes(pdf)
    (course / "berita-acara.pdf").write_bytes(
        a_pdf({FILE: (office.site / "log/checkpoint").read_bytes()})
    )
    office.prints()
    shutil.copytree(office.site, course / "buku-baru")
    return course


def answers(psm: Psm) -> list[int]:
    return [psm(*shlex.split(command)).code for command in COMMANDS]


def test_an_honest_office_passes_all_three(folder: Path, psm: Psm) -> None:
    assert len(COMMANDS) == 3
    assert answers(psm) == [0, 0, 0]
    assert "melanjutkan" in psm(*shlex.split(COMMANDS[0])).out


def test_a_log_written_anew_fails_all_three(folder: Path, psm: Psm) -> None:
    """By an office that signs whatever it likes:
    another log of its own, begun anew after the old copy was taken.
    """
    for path in (folder / "buku-baru/log/tile").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            path.write_bytes(content[:2] + bytes([content[2] ^ 1]) + content[3:])

    assert answers(psm) == [2, 2, 2]


def test_a_log_put_back_is_found_out_by_the_old_copy(folder: Path, psm: Psm) -> None:
    lama, baru = folder / "buku-lama", folder / "buku-baru"
    shutil.move(baru, folder / "sementara")
    shutil.move(lama, baru)
    shutil.move(folder / "sementara", lama)

    ran = psm(*shlex.split(COMMANDS[0]))

    assert ran.code == 2
    assert "padahal dulu sudah" in ran.out
