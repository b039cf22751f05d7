"""The verification page among the published files: at the address that every QR names, with the office's publications written into it.

They also stand beside it as files of their own, and in a script: nothing else can be loaded from a folder opened without a server.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

from psm_course.site.bundles import PARTS
from psm_course.site.output.tree import Tree

PAGE = "book/verifikasi.html"
# A QR leads to `<site>/v`. Some hosts answer that with `v.html`, others send on to `v/`; the fragment with the token survives both.
ADDRESSES = ("v.html", "v/index.html")
# What is looked for first comes first; what the page cannot hold is loaded when it is asked for. The digests of all PDFs would be too much
# for a folder, too.
_ORDER = ("keys.json", "status/", "perbaikan.json", "terbitan/")
_LARGEST = 3_600  # letters; some 1.2 kB over the air, so that the page stays as light as all others (tests/site/verification)
_SCRIPT = f"_static/{PARTS['published']}"


def addresses(pages: Collection[str]) -> tuple[str, ...]:
    """Where the page stands besides, when it is among the pages of the site."""
    return ADDRESSES if PAGE in pages else ()


def put_publications(page: Tree, extra: Mapping[str, bytes]) -> None:
    """Write into the page as many of the published documents as it can hold."""
    held: dict[str, Any] = {}
    for path in sorted(filter(_is_wanted, extra), key=_rank):
        more = {**held, path: json.loads(extra[path])}
        if len(_written(more)) <= _LARGEST:
            held = more
    for place in page.css("script[data-published]"):
        place.inner_html = _written(held)


def publications_script(extra: Mapping[str, bytes]) -> dict[str, bytes]:
    """The script, by its path: all the documents that verifying may ask for."""
    documents = {path: json.loads(extra[path]) for path in sorted(filter(_is_wanted, extra), key=_rank)}
    return {_SCRIPT: f"PSM.provide('published',{json.dumps(documents, separators=(',', ':'))})".encode()}


def _is_wanted(path: str) -> bool:
    return path.startswith(_ORDER)


def _rank(path: str) -> tuple[int, str]:
    return next(at for at, start in enumerate(_ORDER) if path.startswith(start)), path


def _written(documents: Mapping[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(documents, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
