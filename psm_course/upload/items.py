"""What is sent of a published site, and in which order readers may see it."""

import hashlib
import mimetypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from psm_course.site.output.compressed import ENDING
from psm_course.site.output.hosting import CACHE
from psm_course.site.output.listed import rank

# Only browsers ask for these, and every browser takes gzip; a signed document is also fetched by programs that do not.
_FOR_BROWSERS = {".html", ".css", ".js", ".svg", ".webmanifest"}
_KINDS = {".webmanifest": "application/manifest+json", ".js": "text/javascript"}  # systems differ


@dataclass(frozen=True, slots=True)
class Item:
    """One file at the other end.

    path: below the site.
    source: the file here that holds its content.
    headers: with which an object store is to give it out; none for a server that reads files itself.
    digest: of all of these, in hexadecimal.
    """

    path: str
    source: Path
    headers: tuple[tuple[str, str], ...]
    digest: str

    @property
    def ready_name(self) -> str:
        """Under which it waits at the other end until it is shown."""
        return hashlib.sha256(f"{self.path}\n{self.digest}".encode()).hexdigest()

    @property
    def rank(self) -> int:
        """Readers see the lower ones first."""
        return rank(self.path)


def as_files(site: Path, listed: Iterable[str]) -> Iterator[Item]:
    """Every file as it is, for a server that chooses between it and its compressed form."""
    return (_item(path, site / path, ()) for path in listed)


def as_objects(site: Path, listed: Iterable[str]) -> Iterator[Item]:
    """For a store that chooses nothing: pages, styles and scripts in their compressed form, under their own name, the rest as it is."""
    known = set(listed)
    for path in sorted(known):
        if path.endswith(ENDING) and path.removesuffix(ENDING) in known:
            continue
        kind = PurePosixPath(path).suffix
        packed = f"{path}{ENDING}" if kind in _FOR_BROWSERS and f"{path}{ENDING}" in known else path
        headers = [("Content-Type", _kind(path)), ("Cache-Control", CACHE)]
        yield _item(path, site / packed, (*headers, *([("Content-Encoding", "gzip")] if packed != path else [])))


def _kind(path: str) -> str:
    """What has no ending is a text here: the checkpoint of the log."""
    suffix = PurePosixPath(path).suffix
    kind = _KINDS.get(suffix) or mimetypes.guess_type(path)[0] or ("application/octet-stream" if suffix else "text/plain")
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _item(path: str, source: Path, headers: tuple[tuple[str, str], ...]) -> Item:
    digest = hashlib.sha256("".join(f"{name}: {value}\n" for name, value in headers).encode())
    digest.update(source.read_bytes())
    return Item(path, source, headers, digest.hexdigest())
