"""One release of the site, complete in itself: every file known by its digest, a front page at the root, the manifest, and `sw.js`.

The digest is the heart of it. A page asks for its style and scripts as `psm.css?v=<digest>`, and the service worker keeps every file
under its digest. So no page ever mixes files of two releases, and an update fetches only what changed.
"""

import gzip
import hashlib
import html
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any
from urllib.parse import unquote, urlsplit

from psm_course.content.site_info import FILE
from psm_course.errors import Refused
from psm_course.site.bundles import WORKER, generated
from psm_course.site.output import verification
from psm_course.site.output.lighten import lightened
from psm_course.site.output.set_aside import with_items_aside

FRONT = "index.html"
NOT_STORED = "belum-tersimpan"
MANIFEST = "manifest.webmanifest"
ICONS = ("_static/icon-192.png", "_static/icon-512.png", "_static/icon-maskable.png")
# Kept before anything else: without these even the page that says "not stored" could not be shown.
_SHELL = (f"{NOT_STORED}.html", "_static/psm.css", "_static/psm.js", "_static/tersimpan.js", "_static/favicon.svg")
_DIGEST = 12  # hexadecimal places: plenty to tell apart the few hundred files a phone ever sees
_MOST_KEPT = 100_000  # bytes of shared facts
ADDRESS = re.compile(r'\b(?P<name>href|src)="(?P<target>[^"#?]+)(?P<rest>[^"]*)"')
_SIZE = re.compile(r'<[a-z]+ [^>]*\bdata-size="(?P<of>course|module)"[^>]*>')
_WEIGHS = {"course": "Seluruh kursus {} kB bila disimpan di ponsel", "module": "· modul ini {} kB"}

_NOT_STORED_BODY = """<section>
<h1>Halaman ini belum tersimpan</h1>
<p>Ponsel Anda sedang tanpa sinyal, dan halaman yang Anda cari belum disimpan di ponsel ini. Jawaban dan kemajuan Anda tetap aman.</p>
<p><a href="index.html" data-again>Coba buka sekali lagi</a></p>
<div data-stored></div>
</section>
"""


def connect(app: Any) -> None:
    """Called by the extension's `setup`."""
    app.connect("html-collect-pages", _pages_of_our_own)
    app.connect("html-page-context", _offer)


def _pages_of_our_own(_: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield NOT_STORED, {"title": "Belum tersimpan", "body": _NOT_STORED_BODY}, "page.html"


def _offer(app: Any, _: str, __: str, context: dict[str, Any], ___: object) -> None:
    """What is only being previewed is not kept on any phone."""
    context["offline"] = not app.config.psm_preview


def as_release(built: dict[str, bytes], first: str, extra: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files to publish, made from the builder's by address; `first` is its front page. `extra`: more files, by address."""
    if verification.PAGE in built:
        built = {**built, **verification.publications_script(extra)}
    files = {**built, **extra}
    files[FRONT] = _moved(files[first].decode(), first, FRONT).encode()
    if verification.PAGE in built:
        files.update(_verification_pages(files[verification.PAGE].decode(), extra))
    clash = sorted(extra.keys() & {*built, FRONT, MANIFEST, WORKER, *verification.ADDRESSES})
    if clash:
        raise Refused(f"Situs sudah punya berkas {', '.join(clash)}; berkas lain dengan nama itu tidak diterbitkan.")
    pages = {}
    for path in [path for path in files if path.endswith(".html")]:
        pages[path], items = with_items_aside(path, files[path].decode())
        files.update(items)
    files.update((path, lightened(path, built[path])) for path in built if path not in pages)
    digests = {path: _digest(content) for path, content in files.items() if path not in pages}
    pages = {path: _with_final_addresses(path, page, first, digests) for path, page in pages.items()}
    files.update((path, lightened(path, page.encode())) for path, page in pages.items())
    files[MANIFEST] = _manifest(_title(pages[FRONT])).encode()
    # Sizes are those before they are written into the pages: a few bytes less, and the same number everywhere.
    kept = files.keys() - {*ICONS, *_only_fetched(extra)}
    sizes = {path: transferred(content) for path, content in files.items() if path in kept}
    files.update((path, lightened(path, _with_sizes(path, pages, sizes).encode())) for path in pages)
    files[WORKER] = _worker({path: (_digest(files[path]), size) for path, size in sizes.items()}).encode()
    return files


def _only_fetched(extra: Mapping[str, bytes]) -> Iterator[str]:
    """What no phone keeps for a day without signal: digests cut into parts, shared facts beyond what it would ever look at, the office's
    log, and what only the office asks for.

    With 250,000 certificates they are 30 MB; the page asks for the one file that it needs.
    """
    kept = 0
    for path, content in sorted(extra.items()):
        kept += len(content) if path.startswith("terbitan/") else 0
        if path == FILE or path.startswith(("sidik/", "log/")) or (path.startswith("terbitan/") and kept > _MOST_KEPT):
            yield path


def transferred(content: bytes) -> int:
    """Bytes over the air from a server that compresses as most do (gzip, level 6); pictures are not made smaller by it."""
    return min(len(gzip.compress(content, 6, mtime=0)), len(content))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGEST]


def _verification_pages(page: str, extra: Mapping[str, bytes]) -> dict[str, bytes]:
    """The page in its own place and at the addresses that a QR names."""
    whole = verification.with_publications(page, extra)
    moved = {address: _moved(whole, verification.PAGE, address).encode() for address in verification.ADDRESSES}
    return {verification.PAGE: whole.encode(), **moved}


def _moved(page: str, origin: str, to: str) -> str:
    """A page itself at another address, such as the front page at the root: a redirect would cost a phone another round trip."""
    folder = posixpath.dirname(to) or "."

    def moved(found: re.Match[str]) -> str:
        inside = resolved(origin, found["target"])
        return f'{found["name"]}="{posixpath.relpath(inside, folder)}{found["rest"]}"' if inside else found[0]

    up, down = posixpath.relpath(".", posixpath.dirname(origin)), posixpath.relpath(".", folder)
    root = "" if down == "." else f"{down}/"
    return ADDRESS.sub(moved, page).replace(f'data-root="{up}/"', f'data-root="{root}"', 1)


def resolved(page: str, target: str) -> str | None:
    """A relative address on a page, from the root; None for anything else."""
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))


def _with_final_addresses(path: str, page: str, first: str, digests: dict[str, str]) -> str:
    """Every file a page loads is asked for by its digest too, and the front page has one address: the root's."""

    def final(found: re.Match[str]) -> str:
        inside = resolved(path, found["target"]) or ""
        if inside == first:
            return f'{found["name"]}="{posixpath.relpath(FRONT, posixpath.dirname(path) or ".")}{found["rest"]}"'
        digest = digests.get(inside)
        return f'{found["name"]}="{found["target"]}?v={digest}"' if digest and not found["rest"] else found[0]

    return ADDRESS.sub(final, page)


def _with_sizes(path: str, pages: dict[str, str], sizes: dict[str, int]) -> str:
    """What the course, or the page's module, weighs: the theme leaves `data-size` elements empty."""

    def filled(found: re.Match[str]) -> str:
        weight = sum(sizes.values()) if found["of"] == "course" else sum(sizes[each] for each in _module_of(path, pages, sizes))
        return found[0] + _WEIGHS[found["of"]].format(ceil(weight / 1000))

    return _SIZE.sub(filled, pages[path])


def _module_of(path: str, pages: dict[str, str], sizes: dict[str, int]) -> set[str]:
    """The pages of a module and their pictures. Style and scripts belong to all modules and are not counted."""
    folder = posixpath.dirname(path)
    own = {page for page in pages if posixpath.dirname(page) == folder}
    shown = {resolved(page, found["target"]) for page in own for found in ADDRESS.finditer(pages[page]) if found["name"] == "src"}
    return own | {file for file in shown if file in sizes and not file.startswith("_static/")}


def _title(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page)
    return html.unescape(found[1]) if found else ""


def _manifest(name: str) -> str:
    """What a phone needs to put the course on its home screen. Addresses are relative, so a sub-path works."""
    plain, large, masked = ICONS
    return json.dumps(
        {
            "name": name,
            "short_name": "Bimtek PSM",
            "description": "Kursus dan buku saku relawan sosial, bisa dibaca tanpa sinyal.",
            "lang": "id",
            "start_url": FRONT,
            "scope": "./",
            "display": "standalone",
            "theme_color": "#0b4a3f",
            "background_color": "#faf7f0",
            "icons": [
                {"src": plain, "sizes": "192x192", "type": "image/png"},
                {"src": large, "sizes": "512x512", "type": "image/png"},
                {"src": masked, "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def _worker(files: dict[str, tuple[str, int]]) -> str:
    """The service worker's program after the list of its release. A changed list is a changed `sw.js`, which browsers look for."""
    version = _digest(json.dumps(files, sort_keys=True).encode())
    release = {"version": version, "files": dict(sorted(files.items(), key=lambda file: (file[0] not in _SHELL, file)))}
    start = {"release": release, "shell": _SHELL}
    return f"self.PSM={json.dumps(start, separators=(',', ':'))};\n{generated(WORKER).decode()}"
