"""From the builder's output to the site that is given out: only files that a page refers to, and nothing left over from before."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from psm_course.errors import Refused
from psm_course.site.output.offline import ADDRESS, ICONS, NOT_STORED, as_release, resolved

MANIFEST = ".psm-site"
# Where a file names others.
_NAMED = {".html": ADDRESS, ".css": re.compile(r"""url\(\s*['"]?(?P<target>[^'")]+)""")}


def refuse_foreign(out: Path) -> None:
    """Refused when `out` holds anything that an earlier publishing did not put there: nobody's files are ours to remove."""
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise Refused(f"{out} sudah berisi berkas lain. Pilih folder kosong, misalnya {out / 'situs'}.")


def publish(built: Path, out: Path, first: str, extra: Mapping[str, bytes] = MappingProxyType({})) -> list[Path]:
    """Make `out` hold the site found in `built`; returns its files. Files of an earlier publishing that are no longer wanted go.

    `extra`: more files by their path below the site; Refused when one would take a page's place. Unchanged files are left untouched,
    and so is everything that is not in our own list of what was published.
    """
    refuse_foreign(out)
    starts = (first, f"{NOT_STORED}.html", *ICONS)
    found = {path: (built / path).read_bytes() for path in _referenced(built, starts)}
    wanted = {Path(path): content for path, content in as_release(found, first, extra).items()}
    out.mkdir(parents=True, exist_ok=True)
    for path, content in wanted.items():
        target = out / path
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    for old in _published_before(out) - set(wanted):
        (out / old).unlink(missing_ok=True)
    (out / MANIFEST).write_text("".join(f"{path.as_posix()}\n" for path in sorted(wanted)), encoding="utf-8")
    return sorted(wanted)


def _published_before(out: Path) -> set[Path]:
    manifest = out / MANIFEST
    listed = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
    return {Path(name) for name in listed if (out / name).resolve().is_relative_to(out.resolve())}


def _referenced(built: Path, starts: Iterable[str]) -> set[str]:
    """Where we start and whatever it leads to. The builder's folder may hold pages of earlier days; they are not reached."""
    waiting = [*starts]
    found = set(waiting)
    while waiting:
        path = waiting.pop()
        for inside in _leads_to(built, path):
            if inside not in found and (built / inside).is_file():
                found.add(inside)
                waiting.append(inside)
    return found


def _leads_to(built: Path, path: str) -> Iterator[str]:
    """What a file names below `built`, from there on."""
    pattern = _NAMED.get(PurePosixPath(path).suffix)
    for named in pattern.finditer((built / path).read_text(encoding="utf-8")) if pattern else ():
        inside = resolved(path, named["target"])
        if inside and (built / inside).resolve().is_relative_to(built.resolve()):
            yield inside
