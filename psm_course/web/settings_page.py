"""`/pengaturan`: how this office is set up, to look at. It is changed in `psm.toml` and in the course's files."""

from __future__ import annotations

import hashlib

from starlette.responses import Response

from psm_course import __version__
from psm_course.registrar.accounts import list_accounts
from psm_course.web.visit import Visit


def settings_page(visit: Visit) -> Response:
    office = visit.office
    rules = [requirement.model_dump_json() for requirement in office.course.file.completion]
    return visit.page(
        "pengaturan.html",
        settings=office.settings,
        course=office.course.file,
        contacts=office.course.contacts,
        rules_version=hashlib.sha256("\n".join(rules).encode()).hexdigest()[:12],
        accounts=list_accounts(office.store) if visit.account.role == "petugas" else (),
        version=__version__,
    )
