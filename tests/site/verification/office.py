"""A small site with the verification page, published as the real one is, and what a made-up office
publishes with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.token import sign_token, token_address
from psm_course.credentials.lists.corrections import Correction
from psm_course.credentials.lists.digests import sign_digests
from psm_course.credentials.signing.keys import Issuer, SigningKey
from psm_course.site.build import FIRST_PAGE
from psm_course.site.bundles import generated_files, scripts_of
from psm_course.site.output.hosting import HEADERS
from psm_course.site.output.offline import ICONS
from psm_course.site.output.own_pages import NOT_STORED
from psm_course.site.output.publish import publish
from psm_course.site.output.verification import PAGE
from tests.credentials.signed import (
    KEY,
    LISTED,
    NUMBER,
    OFFICE,
    POSITION,
    SIGNED,
    SITE,
    a_record,
    an_issuance,
    as_bytes,
    corrections,
    status_lists,
)
from tests.credentials.tampered_receipts import OFFICE_WITH_LOG
from tests.site.stage import waiting

REPLACED, REVOKED = "800.2/0008/PSM-DASAR/VI/2025", "800.2/0009/PSM-DASAR/VI/2025"
# What the application of the office sends (`web.app`).
CSP = HEADERS["Content-Security-Policy"]
STATIC = files("psm_course.site").joinpath("theme/static")
_THEME = PackageLoader("psm_course.site", "theme")
_TEMPLATES = Environment(loader=_THEME, autoescape=False)  # noqa: S701 - as Sphinx loads them
_LAYOUT = """<!doctype html>
<html lang="id" data-root="../" data-page="x">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Situs</title><link rel="icon" href="../_static/favicon.svg">
<link rel="stylesheet" href="../_static/psm.css">{scripts}</head>
<body id="atas_halaman"><a class="skip" href="#isi_halaman">Langsung ke isi</a>
<main id="isi_halaman" tabindex="-1"><h1>{title}</h1>{body}</main>
<footer class="bottom"><a href="../book/index.html">Depan</a>
<a href="../book/verifikasi.html">Periksa sertifikat</a>
<div data-offline tabindex="-1" hidden></div></footer>{parts}</body></html>"""


def _page(title: str, body: str) -> str:
    scripts = "".join(
        f'<script src="../_static/{name}" defer></script>' for name in scripts_of(body)
    )
    return _LAYOUT.format(
        title=title, body=body, scripts=scripts, parts=waiting(body, "../_static/")
    )


def the_part(root: str) -> str:
    """The page's own part as the theme makes it, where the site's root is at `root`."""
    return _TEMPLATES.get_template("_verify.html").render(pathto=lambda path, _: f"{root}{path}")


def built_site(folder: Path) -> Path:
    """What the builder leaves behind for the site of two pages."""
    verify = the_part("../")
    pages = {
        FIRST_PAGE: ("Bimtek", "<p>Depan</p>"),
        PAGE: ("Periksa sertifikat", verify),
        f"{NOT_STORED}.html": ("Belum tersimpan", ""),
    }
    for path, (title, body) in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        text = _page(title, body)
        (folder / path).write_text(
            text if "/" in path else text.replace("../", ""), encoding="utf-8"
        )
    (folder / "_static").mkdir()
    for name in ("favicon.svg", *(Path(icon).name for icon in ICONS)):
        (folder / "_static" / name).write_bytes(STATIC.joinpath(name).read_bytes())
    for file in generated_files():
        (folder / "_static" / file.name).write_bytes(file.read_bytes())
    return folder


def published_site(place: Path, extra: Mapping[str, bytes]) -> Path:
    publish(built_site(place / "built"), place / "site", FIRST_PAGE, extra)
    return place / "site"


def signed_digests(
    pdfs: Mapping[str, list[str]], key: SigningKey = KEY, issuer: Issuer = OFFICE
) -> Json:
    return sign_digests(issuer, pdfs, key, LISTED)


def publications(
    *corrected: Correction,
    lists: list[Json] | None = None,
    pdfs: Mapping[str, list[str]] | None = None,
    record: Mapping[str, Any] | None = None,
) -> dict[str, bytes]:
    """Everything an office publishes, by path below its site; `record` has an issuance of its own
    beside the usual one.
    """
    issuances = [an_issuance(), an_issuance(record or a_record())]
    documents = {"keys.json": OFFICE_WITH_LOG.to_json(), "perbaikan.json": corrections(*corrected)}
    documents |= {f"terbitan/{each.file_name}": each.to_json() for each in issuances}
    documents |= {
        each["id"].removeprefix(f"{SITE}/"): each
        for each in (status_lists() if lists is None else lists)
    }
    documents["sidik.json"] = signed_digests(pdfs if pdfs is not None else {NUMBER: ["00" * 32]})
    return {path: as_bytes(document) for path, document in documents.items()}


def a_code(number: str = NUMBER, key: SigningKey = KEY, **changes: Any) -> str:
    """The fragment of a QR for a number of the usual issuance, or of the record's own one."""
    record = a_record(number=number, **changes)
    shared = an_issuance() if an_issuance().covers(record) else an_issuance(record)
    return token_address(SITE, sign_token(record, shared, POSITION, key, SIGNED)).partition("#")[2]
