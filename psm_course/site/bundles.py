"""The reader's scripts: small sources with one job each, put together into one file for every page and at most one more."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import minify

from psm_course.items import TYPES

_SOURCES = files("psm_course.site").joinpath("scripts")


@dataclass(frozen=True)
class Bundle:
    """A script file of the site; pages whose text holds one of `markers` load it.

    Of its `sources`, `*/widget` is the script of that name of every item type that has one, and `+/widget` and `-/widget` that of
    the types that play in a way of their own in practice (`play.js`), and of those that do not.
    """

    name: str
    markers: tuple[str, ...]
    sources: tuple[str, ...]


# Of which types a source takes its scripts: whether they may play.
_WHOSE = {"*": (True, False), "+": (True,), "-": (False,)}
STYLE = "style.css"  # of an item type; a page that shows an item of it loads `<type>.css`
WAY_ON = "beranda.js"
NOTICES = "pesan.js"
PEOPLE = "orang.js"
RECEIPTS = "tanda-terima.js"
TESTS = "tes.js"
_MARKING = ("practice/terms", "practice/responses", "-/widget", "practice/marking", "-/marker")
_TEST = ("test/items", "test/draw", "practice/responses", "*/widget", "people/device", "test/start", "test/sitting")
# Pairing a card, choosing a person and handing in are one part: each signs or sends with somebody's card.
_HANDING_IN = ("core/sha256", "test/digest", "test/receipt", "test/sending", "test/roads", "test/handin")
# What checks the signature of a receipt, also where the browser could: it is one road, and on plain HTTP the only one. It waits on the
# pages of tests, and comes when something is sent.
_CHECKING = ("verify/signed/bytes", "verify/signed/arithmetic", "verify/signed/receipt")
_PEOPLE = ("people/device", *_HANDING_IN, "people/code", "people/moving", "people/pairing", "people/typed", "people/chooser", "people/lock")
# From a token to a verdict, without a page around it, where the browser's own cryptography will do.
VERIFYING = (
    *("verify/parts", "verify/signed/bytes", "verify/signed/signature", "verify/signed/json", "verify/signed/token"),
    *("verify/published", "verify/verdict"),
)
# What verifying needs only now and then waits in the page's template, under these names.
_PARTS = {
    "arithmetic": Bundle("verifikasi-hitung.js", (), ("core/sha256", "core/inflate", "verify/signed/arithmetic")),
    "ways": Bundle("verifikasi-cara.js", (), ("verify/ways",)),
    "documents": Bundle("verifikasi-dokumen.js", (), ("verify/signed/documents",)),
    "file": Bundle(
        "verifikasi-berkas.js",
        (),
        ("core/inflate", "verify/signed/strict", "verify/signed/pdf", "verify/signed/receipt", "verify/receipt", "verify/file"),
    ),
    "number": Bundle("verifikasi-nomor.js", (), ("verify/number",)),
    "camera": Bundle("verifikasi-kamera.js", (), ("verify/camera",)),
    "published": Bundle("verifikasi-terbitan.js", (), ("verify/none",)),
}
# Practice, without and with the few types that play: of the two a page loads one.
_PRACTICE = Bundle("latihan.js", ('data-use="practice"',), (*_MARKING, "practice/practice"))
_PLAYING = Bundle("latihan-lengkap.js", (), (*_MARKING, "+/marker", "+/play", "practice/practice"))
PART_FILES = {name: bundle.name for name, bundle in _PARTS.items()}
BUNDLES = (
    Bundle("psm.js", ("",), ("core/start", "core/store", "core/people", "resume/progress", "offline/offline", "core/browser")),
    Bundle(WAY_ON, (), ("resume/go_on",)),  # waits on the front page
    Bundle("tersimpan.js", ("data-stored",), ("offline/stored",)),
    _PRACTICE,
    _PLAYING,
    Bundle(TESTS, ('data-use="pretest"', 'data-use="posttest"'), _TEST),
    Bundle("panduan.js", ("data-guide",), ("guide/guide",)),
    Bundle("cari.js", ("data-search",), ("guide/words", "guide/search")),
    Bundle("kemajuan.js", ("data-resume",), ("resume/qr", "resume/code", "resume/resume")),
    Bundle(NOTICES, (), ("core/notice",)),  # waits in every page's template, as the next one does
    Bundle(PEOPLE, (), _PEOPLE),
    Bundle(RECEIPTS, (), _CHECKING),
    Bundle("verifikasi.js", ("data-verify",), (*VERIFYING, "verify/facts", "verify/page")),
    *_PARTS.values(),
)


def scripts_of(body: str) -> list[str]:
    """Names of the script files a page with this text loads."""
    plays = any(f'data-type="{kind.name}"' in body for kind in TYPES.values() if kind.text_of("play.js"))
    found = [bundle for bundle in BUNDLES if any(marker in body for marker in bundle.markers)]
    return [_PLAYING.name if plays and bundle is _PRACTICE else bundle.name for bundle in found]


def written(bundle: Bundle) -> str:
    """A bundle's text, without comments and idle space and with short local names."""
    return str(minify.string("text/javascript", "\n".join(filter(None, [text for name in bundle.sources for text in _texts(name)]))))


def _texts(name: str) -> list[str | None]:
    folder, _, script = name.rpartition("/")
    if folder not in _WHOSE:
        return [_SOURCES.joinpath(f"{name}.js").read_text(encoding="utf-8")]
    return [kind.text_of(f"{script}.js") for kind in TYPES.values() if (kind.text_of("play.js") is not None) in _WHOSE[folder]]


def write_bundles(app: Any, _: Exception | None) -> None:
    """Sphinx's `build-finished`: the script files stand beside the style sheets, and these lose their comments and idle space too."""
    static = Path(app.outdir) / "_static"
    for bundle in BUNDLES:
        (static / bundle.name).write_text(written(bundle), encoding="utf-8")
    for kind in TYPES.values():
        if style := kind.text_of(STYLE):
            (static / f"{kind.name}.css").write_text(style, encoding="utf-8")
    for sheet in static.glob("*.css"):
        sheet.write_text(str(minify.string("text/css", sheet.read_text(encoding="utf-8"))), encoding="utf-8")
