"""From the builder's output to the site that is given out: only files that a page refers to, and nothing left over from before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from psm_course.errors import Refused
from psm_course.site.output.offline import ICONS, NOT_STORED, as_release

MANIFEST = ".psm-site"
_CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)""")


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
    found = {path.as_posix(): (built / path).read_bytes() for path in _referenced(built, starts)}
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


def _referenced(built: Path, starts: Iterable[str]) -> set[Path]:
    """Where we start and whatever it leads to. The builder's folder may hold pages of earlier days; they are not reached."""
    waiting = [Path(start) for start in starts]
    found = set(waiting)
    while waiting:
        path = waiting.pop()
        for target in _targets(built / path):
            inside = _inside(built, path, target)
            if inside and inside not in found and (built / inside).is_file():
                found.add(inside)
                waiting.append(inside)
    return found


def _targets(path: Path) -> list[str]:
    if path.suffix == ".html":
        links = _Links()
        links.feed(path.read_text(encoding="utf-8"))
        return links.targets
    return _CSS_URL.findall(path.read_text(encoding="utf-8")) if path.suffix == ".css" else []


def _inside(built: Path, page: Path, target: str) -> Path | None:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    resolved = (built / page.parent / unquote(parts.path)).resolve()
    return resolved.relative_to(built.resolve()) if resolved.is_relative_to(built.resolve()) else None


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's signature
        self.targets += [value for name, value in attrs if name in ("href", "src") and value]
