"""Files for reading the course without a signal: the web app manifest, and the service worker.

The service worker `sw.js` contains the list of files that a phone keeps.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from psm_course.content.site_info import FILE
from psm_course.site.bundles import GENERATED, WORKER
from psm_course.site.output.hosting import FOR_SERVERS
from psm_course.site.output.own_pages import NOT_STORED

FRONT = "index.html"
MANIFEST = "manifest.webmanifest"
ICONS = ("_static/icon-192.png", "_static/icon-512.png", "_static/icon-maskable.png")
# Kept before anything else: without these even the page that says "not stored" could not be shown.
_SHELL = (
    f"{NOT_STORED}.html",
    "_static/psm.css",
    "_static/psm.js",
    "_static/tersimpan.js",
    "_static/favicon.svg",
)
_DIGEST = 12  # hexadecimal places: plenty to tell apart the few hundred files a phone ever sees
_MOST_KEPT = 100_000  # bytes of shared facts


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    app.connect("html-page-context", _offer)


def _offer(app: Any, _: str, __: str, context: dict[str, Any], ___: object) -> None:
    """Tell the page's template that phones keep the page for reading without a signal.

    In a preview this is not done.
    """
    context["offline"] = not app.config.psm_preview


def only_fetched(extra: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the paths of those `extra` files that no phone keeps.

    With 250,000 certificates these files are 30 MB. If a page needs one of them, it fetches only
    that file. The files are:

    - lists of certificate digests, snapshots with which the keys changed, the log, and badge
      pictures;
    - files for the office or the server;
    - most files in `terbitan/`, the facts that certificates share. A phone keeps the first of these
      files by name, up to `_MOST_KEPT` bytes in all.
    """
    kept = 0
    for path, content in sorted(extra.items()):
        kept += len(content) if path.startswith("terbitan/") else 0
        if (
            path == FILE
            or path in FOR_SERVERS
            or path.startswith(("sidik/", "snapshot/", "log/", "lencana/"))
            or (path.startswith("terbitan/") and kept > _MOST_KEPT)
        ):
            yield path


def digest(content: bytes) -> str:
    """Return the first twelve hexadecimal digits of the SHA-256 of `content`."""
    return hashlib.sha256(content).hexdigest()[:_DIGEST]


def manifest(name: str) -> str:
    """Return the web app manifest of a course of this name, for the phone's home screen.

    Addresses in the manifest are relative, so the site may be at any path of its server.
    """
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


def worker(files: Mapping[str, tuple[str, int]]) -> str:
    """Return the text of `sw.js`: the list of the release's files, then the worker's program.

    If the list changes, the text of `sw.js` changes; by this browsers notice a new release.

    Args:
        files: by path, the digest and the transfer size (bytes) of each file that a phone keeps.
    """
    release = {
        "version": digest(json.dumps(files, sort_keys=True).encode()),
        "files": dict(sorted(files.items(), key=lambda file: (file[0] not in _SHELL, file))),
    }
    start = {"release": release, "shell": _SHELL}
    program = GENERATED.joinpath(WORKER).read_text(encoding="utf-8")
    return f"self.PSM={json.dumps(start, separators=(',', ':'))};\n{program}"
