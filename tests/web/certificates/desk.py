"""What an officer does at the desk for certificates, and what is published of it."""

from __future__ import annotations

import re
from pathlib import Path

from psm_course.registrar.certificates.publishing import public_files
from psm_course.settings import Settings
from psm_course.store.engine import Store
from tests.conftest import ROOT
from tests.web.conftest import Visitor

SEALED_BY = "kuda laut biru muda"
PLACE = "/angkatan/D26/sertifikat"
NUMBER = re.compile(r"800\.2/\d{4}/PSM-DASAR/[IVX]+/\d{4}")


def issues_at_the_desk(officer: Visitor, **fields: str) -> str:
    """The number of the first record."""
    sent = officer.fill_in(PLACE, {"jenis": "lulus", "frasa": SEALED_BY} | fields)
    assert sent.status_code == 303, sent.text
    return NUMBER.findall(officer.get(PLACE).text)[0]


def published(store: Store, folder: Path) -> dict[str, bytes]:
    """What the next build lays beside the pages."""
    return public_files(store, Settings(root=ROOT, data=folder))


def corrections(store: Store, folder: Path) -> str:
    return published(store, folder)["perbaikan.json"].decode()
