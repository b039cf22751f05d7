"""Ids that name one thing each, and ids that must name something."""

from collections.abc import Collection, Iterable, Iterator

from pydantic import BaseModel

from psm_course.authoring.problems import Finding, Path, suggest


def repeated_in(model: BaseModel, *lists: str) -> Iterator[Finding]:
    """A finding for each id that stands more than once in a list of the model; `lists`: the keys of those lists."""
    for key in lists:
        yield from repeated(((key, place, "id"), thing.id) for place, thing in enumerate(getattr(model, key)))


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
