"""From the builder's output to the site that is given out: only files that a page refers to, and nothing left over from before."""

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from psm_course.errors import Refused, StoreError, cause
from psm_course.site.output.listed import HALF as _HALF
from psm_course.site.output.listed import MANIFEST, listed_in
from psm_course.site.output.listed import WHOLE as _WHOLE
from psm_course.site.output.offline import ADDRESS, ICONS, NOT_STORED, as_release, resolved

# Where a file names others.
_NAMED = {".html": ADDRESS, ".css": re.compile(r"""url\(\s*['"]?(?P<target>[^'")]+)""")}


def refuse_foreign(out: Path) -> None:
    """Refused when `out` holds anything that an earlier publishing did not put there: nobody's files are ours to remove."""
    is_ours = (out / MANIFEST).is_file() or (out / _WHOLE / MANIFEST).is_file()
    if not is_ours and out.is_dir() and any(path.name != _HALF for path in out.iterdir()):
        raise Refused(f"{out} sudah berisi berkas lain. Pilih folder kosong, misalnya {out / 'situs'}.")


def publish(built: Path, out: Path, first: str, extra: Mapping[str, bytes] = MappingProxyType({})) -> list[Path]:
    """Make `out` hold the site found in `built`; returns its files. Files of an earlier publishing that are no longer wanted go.

    `extra`: more files by their path below the site; Refused when one would take a page's place. Unchanged files are left untouched,
    and so is everything that is not in our own list of what was published.
    """
    refuse_foreign(out)
    finish(out)
    starts = (first, f"{NOT_STORED}.html", *ICONS)
    found = {path: (built / path).read_bytes() for path in _referenced(built, starts)}
    wanted = {Path(path): content for path, content in as_release(found, first, extra).items()}
    changed = {path: content for path, content in wanted.items() if not _is_there(out / path, content)}
    _lay_ready(out, changed, wanted)
    finish(out)
    return sorted(wanted)


def _is_there(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _lay_ready(out: Path, changed: Mapping[Path, bytes], wanted: Iterable[Path]) -> None:
    """All that is new in a folder of its own, which gets its name once it is whole: until then nothing of the site has changed.

    Raises:
        StoreError: there is no room for it.
    """
    half = out / _HALF
    listed = "".join(f"{path.as_posix()}\n" for path in sorted(wanted)).encode()
    try:
        for left in (half, out / _WHOLE):
            shutil.rmtree(left, ignore_errors=True)
        for path, content in {**changed, Path(MANIFEST): listed}.items():
            (half / path).parent.mkdir(parents=True, exist_ok=True)
            (half / path).write_bytes(content)
        half.rename(out / _WHOLE)
    except OSError as error:
        shutil.rmtree(half, ignore_errors=True)
        raise StoreError(f"Situs di {out} tidak dapat ditulis: {cause(error)}. Situs yang lama tetap utuh.") from None


def finish(out: Path) -> None:
    """Put what lies ready into its place, and take away what is no longer wanted; also what a publishing left that was stopped here.

    Nothing but names changes, so this takes no room and little time. The list of what is published comes last.
    """
    ready = out / _WHOLE
    if not (ready / MANIFEST).is_file():
        return
    for path in [path for path in ready.rglob("*") if path.is_file() and path != ready / MANIFEST]:
        target = out / path.relative_to(ready)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    for old in listed_in(out, out / MANIFEST) - listed_in(out, ready / MANIFEST):
        (out / old).unlink(missing_ok=True)
    (ready / MANIFEST).replace(out / MANIFEST)
    shutil.rmtree(ready, ignore_errors=True)


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
