"""Ids that name one thing each, and ids that must name something."""

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from psm_course.authoring.problems import Finding, Path, suggest


class Named(Protocol):
    """Anything an author gave an id."""

    @property
    def id(self) -> str: ...


def placed(at: Path, things: Iterable[Named]) -> Iterator[tuple[Path, str]]:
    """Each id of a list with the path where it stands."""
    for place, thing in enumerate(things):
        yield (*at, place, "id"), thing.id


def repeated(ids: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    """A finding for each id that was there before."""
    seen: set[str] = set()
    for path, name in ids:
        if name in seen:
            yield Finding(path, f'id "{name}" sudah dipakai', "beri id lain")
        seen.add(name)


def unknown(path: Path, what: str, names: Iterable[str], known: Collection[str], otherwise: str = "") -> Iterator[Finding]:
    """A finding for each name that is not among the known ones; `otherwise` is its hint where none of these is near."""
    for name in names:
        if name not in known:
            yield Finding(path, f'{what} "{name}" tidak ada', suggest(name, known, otherwise or f"tulis id {what} yang ada"))
