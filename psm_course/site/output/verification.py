"""Puts the office's keys into the verification page, to whose address every QR code leads.

Other documents that the page needs are separate files of the site. A script holds these documents
too, because a page opened from a folder without a server can only load scripts.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

from psm_course.site.bundles import PARTS
from psm_course.site.output.tree import Tree

PAGE = "book/verifikasi.html"
# A QR leads to `<site>/v`. Some hosts answer that with `v.html`, others send on to `v/`; the
# fragment with the token survives both.
ADDRESSES = ("v.html", "v/index.html")
_SNAPSHOT, _KEYS = "snapshot.json", "keys.json"  # the first holds what the other says, signed
# The digests of all PDFs would be too much for a folder.
_BESIDES = ("status/", "perbaikan.json", "terbitan/")
# What a reader of a snapshot goes on from; that the page itself is believed needs no signature.
_PINNED = (
    "format",
    "issuer",
    "version",
    "made",
    "validUntil",
    "root_key",
    "keys",
    "turns",
    "files",
)
_SCRIPT = f"_static/{PARTS['published']}"


def addresses(pages: Collection[str]) -> tuple[str, ...]:
    """Return the paths to which the verification page is copied, because QR codes lead there.

    `pages` are the paths of the site's pages. Empty if the site has no verification page.
    """
    return ADDRESSES if PAGE in pages else ()


def put_publications(page: Tree, extra: Mapping[str, bytes]) -> None:
    """Put into the verification page a document that the page trusts without a signature.

    The document is the snapshot in `extra`, shortened. If `extra` has no snapshot, the document is
    the office's keys; without keys it is `null`.
    """
    trusted = next((path for path in (_SNAPSHOT, _KEYS) if path in extra), None)
    document: dict[str, Any] | None = json.loads(extra[trusted]) if trusted else None
    if document and trusted == _SNAPSHOT:
        document = {name: document[name] for name in _PINNED}
        document["files"] = {
            path: {"sha256": each["sha256"]} for path, each in document["files"].items()
        }
    for place in page.css("script[data-published]"):
        place.inner_html = _written(document)


def publications_script(extra: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a script with the documents of `extra` that the page needs if there is no server.

    These are the status lists, the corrections and the facts that certificates share. The result
    maps the path of the script to its text.
    """
    documents = {
        path: json.loads(extra[path]) for path in sorted(extra) if path.startswith(_BESIDES)
    }
    return {
        _SCRIPT: f"PSM.provide('published',{json.dumps(documents, separators=(',', ':'))})".encode()
    }


def _written(document: Any) -> str:
    """Return the document as JSON that cannot close the script element around it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
