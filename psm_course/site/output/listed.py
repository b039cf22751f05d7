"""The list of published files, and the order in which new files replace old ones.

The list is itself a file in the published folder.
"""

from functools import cache
from pathlib import Path

from psm_course.site.kept import digest_of_parts

MANIFEST = ".psm-site"
# Of a publishing that is under way: not complete yet, and complete but not all in its place.
HALF, WHOLE = f"{MANIFEST}.part", f"{MANIFEST}.baru"
_SNAPSHOT = "snapshot.json"
# The pages with the snapshot in them, the list of what a phone keeps, and the heads of the log.
_NAME_OTHERS = {
    "v.html",
    "v/index.html",
    "book/verifikasi.html",
    "sw.js",
    "log/checkpoint",
    "log/checkpoint-kantor",
}


def is_whole(out: Path) -> bool:
    """True if a site is published in `out`, and no newer publication waits in that folder."""
    return (out / MANIFEST).is_file() and not (out / WHOLE).exists()


def published_digest(out: Path) -> str:
    """Return a digest of all published files as they are now, and of the list of these files."""
    listed = sorted(listed_in(out, out / MANIFEST) | {Path(MANIFEST)})
    return digest_of_parts(
        (path.as_posix(), (out / path).read_bytes()) for path in listed if (out / path).is_file()
    )


def listed_in(out: Path, manifest: Path) -> set[Path]:
    """Return the files inside `out` that the list `manifest` names; empty without such a list."""
    listed = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
    root = out.resolve()
    # Cached: few folders hold all of the files.
    inside = cache(lambda folder: folder.resolve().is_relative_to(root))
    return {path for path in map(Path, listed) if path.name != ".." and inside((out / path).parent)}


def rank(path: str) -> int:
    """Return the rank of a file, 0 to 3; files of a lower rank are moved into place earlier.

    A file has a higher rank than the files to which it refers; the signed snapshot has the highest
    rank.
    """
    plain = path.removesuffix(".gz")
    if plain == _SNAPSHOT:
        return 3
    if plain in _NAME_OTHERS:
        return 2
    return int(plain.endswith(".html"))
