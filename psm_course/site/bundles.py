"""The reader's scripts: small sources with one job each, put together into one file for every page and at most one more."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import minify

_SOURCES = files("psm_course.site").joinpath("scripts")


@dataclass(frozen=True)
class Bundle:
    """A script file of the site; pages whose text holds one of `markers` load it."""

    name: str
    markers: tuple[str, ...]
    sources: tuple[str, ...]
    unless: str | None = None  # a marker of pages that load another bundle in its place


GO_ON = "data-go-on"
NOTICES = "pesan.js"
_CASE = 'class="branch'  # only a practised case shows what follows
_PRACTICE = ("practice/terms", "practice/responses", "practice/marking", "practice/practice")
_TEST = ("test/items", "test/draw", "practice/responses", "core/sha256", "test/digest", "test/handin", "test/sitting")
# From a token to a verdict, without a page around it, where the browser's own cryptography will do.
VERIFYING = ("verify/parts", "verify/signed/signature", "verify/signed/json", "verify/signed/token", "verify/published", "verify/verdict")
# What verifying needs only now and then waits in the page's template, under these names.
_PARTS = {
    "arithmetic": Bundle("verifikasi-hitung.js", (), ("core/sha256", "core/inflate", "verify/signed/arithmetic")),
    "ways": Bundle("verifikasi-cara.js", (), ("verify/ways",)),
    "documents": Bundle("verifikasi-dokumen.js", (), ("verify/signed/documents",)),
    "file": Bundle("verifikasi-berkas.js", (), ("core/inflate", "verify/signed/strict", "verify/signed/pdf", "verify/file")),
    "number": Bundle("verifikasi-nomor.js", (), ("verify/number",)),
    "camera": Bundle("verifikasi-kamera.js", (), ("verify/camera",)),
    "published": Bundle("verifikasi-terbitan.js", (), ("verify/none",)),
}
PART_FILES = {name: bundle.name for name, bundle in _PARTS.items()}
BUNDLES = (
    Bundle("psm.js", ("",), ("core/start", "core/store", "core/card", "resume/progress", "offline/offline", "core/browser")),
    Bundle("beranda.js", (GO_ON,), ("resume/go_on",)),
    Bundle("tersimpan.js", ("data-stored",), ("offline/stored",)),
    # Either of the two: few lessons have a case, and one file fewer is one request fewer.
    Bundle("latihan.js", ('data-use="practice"',), _PRACTICE, unless=_CASE),
    Bundle("kasus.js", (_CASE,), ("practice/case", *_PRACTICE)),
    Bundle("tes.js", ('data-use="pretest"', 'data-use="posttest"'), _TEST),
    Bundle("panduan.js", ("data-guide",), ("guide/guide",)),
    Bundle("cari.js", ("data-search",), ("guide/words", "guide/search")),
    Bundle("kemajuan.js", ("data-resume",), ("resume/qr", "resume/code", "resume/resume")),
    Bundle(NOTICES, (), ("core/notice",)),  # waits in every page's template
    Bundle("verifikasi.js", ("data-verify",), (*VERIFYING, "verify/facts", "verify/page")),
    *_PARTS.values(),
)


def scripts_of(body: str) -> list[str]:
    """Names of the script files a page with this text loads."""
    found = (bundle for bundle in BUNDLES if any(marker in body for marker in bundle.markers))
    return [bundle.name for bundle in found if bundle.unless is None or bundle.unless not in body]


def written(bundle: Bundle) -> str:
    """A bundle's text, without comments and idle space and with short local names."""
    whole = "\n".join(_SOURCES.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in bundle.sources)
    return str(minify.string("text/javascript", whole))


def write_bundles(app: Any, _: Exception | None) -> None:
    """Sphinx's `build-finished`: the script files stand beside the style sheets, and these lose their comments and idle space too."""
    static = Path(app.outdir) / "_static"
    for bundle in BUNDLES:
        (static / bundle.name).write_text(written(bundle), encoding="utf-8")
    for sheet in static.glob("*.css"):
        sheet.write_text(str(minify.string("text/css", sheet.read_text(encoding="utf-8"))), encoding="utf-8")
