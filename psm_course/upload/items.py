"""Files of a published site in the form in which they are sent, and their order of publishing."""

import hashlib
import mimetypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from psm_course.site.output.compressed import ENDING
from psm_course.site.output.hosting import CACHE
from psm_course.site.output.listed import rank

# Only browsers ask for these, and every browser takes gzip;
# a signed document is also fetched by programs that do not.
_FOR_BROWSERS = {".html", ".css", ".js", ".svg", ".webmanifest"}
_KINDS = {".webmanifest": "application/manifest+json", ".js": "text/javascript"}  # systems differ


@dataclass(frozen=True, slots=True)
class Item:
    """One file of a site, as it is put on the other machine.

    Attributes:
        path: path of the file, relative to the site's folder.
        source: file on this machine that holds the content.
        headers: HTTP headers (name, value) with which an object store serves the file; empty for an
            SSH server, whose web server sets its own headers.
        digest: SHA-256 of headers and content, in hexadecimal.
    """

    path: str
    source: Path
    headers: tuple[tuple[str, str], ...]
    digest: str

    @property
    def ready_name(self) -> str:
        """Name of the file in the folder `READY`, in which files wait until they are published."""
        # With the path: files with equal content must wait as two, for each is moved away.
        return hashlib.sha256(f"{self.path}\n{self.digest}".encode()).hexdigest()

    @property
    def rank(self) -> int:
        """Place in the order of publishing: files with lower numbers are published first."""
        return rank(self.path)


def as_files(site: Path, listed: Iterable[str]) -> Iterator[Item]:
    """Return every file unchanged, for an SSH server.

    The web server there chooses between the plain file and its compressed copy (`.gz`).
    `listed` contains the paths of the files, relative to the folder `site`.
    """
    return (_item(path, site / path, ()) for path in listed)


def as_objects(site: Path, listed: Iterable[str]) -> Iterator[Item]:
    """Return each file either compressed or unchanged, for an object store.

    A web server chooses between a file and its compressed copy (`.gz`); an object store cannot. So
    only one of the two is sent, under the file's own name. A file that only browsers ask for, such
    as a page, style or script, is sent compressed if it has such a copy. Others are sent unchanged.

    `listed` contains the paths of the files, relative to the folder `site`.
    """
    known = set(listed)
    for path in sorted(known):
        if path.endswith(ENDING) and path.removesuffix(ENDING) in known:
            continue
        kind = PurePosixPath(path).suffix
        packed = f"{path}{ENDING}" if kind in _FOR_BROWSERS and f"{path}{ENDING}" in known else path
        headers = [("Content-Type", _kind(path)), ("Cache-Control", CACHE)]
        yield _item(
            path,
            site / packed,
            (*headers, *([("Content-Encoding", "gzip")] if packed != path else [])),
        )


def _kind(path: str) -> str:
    """Return the content type of a file.

    A file whose name has no ending is sent as text; only the checkpoint of the log has such a name.
    """
    suffix = PurePosixPath(path).suffix
    kind = (
        _KINDS.get(suffix)
        or mimetypes.guess_type(path)[0]
        or ("application/octet-stream" if suffix else "text/plain")
    )
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _item(path: str, source: Path, headers: tuple[tuple[str, str], ...]) -> Item:
    # With the headers: a file whose headers changed must be sent again, too.
    digest = hashlib.sha256("".join(f"{name}: {value}\n" for name, value in headers).encode())
    digest.update(source.read_bytes())
    return Item(path, source, headers, digest.hexdigest())
