"""Checks of ids: an id names only one thing, and a reference names a thing that exists."""

from collections.abc import Collection, Iterable, Iterator

from pydantic import BaseModel

from psm_course.authoring.problems import Finding, Path, suggest


def repeated_in(model: BaseModel, *lists: str) -> Iterator[Finding]:
    """Yield a finding for each id that an earlier element of the same list already has.

    `lists` are the names of the model's fields that are to be checked.
    """
    for key in lists:
        yield from repeated(
            ((key, place, "id"), thing.id) for place, thing in enumerate(getattr(model, key))
        )


def repeated(ids: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    """Yield a finding for each id that was already used by an earlier one of `ids`.

    `ids` are pairs: the path of the id in its file, and the id.
    """
    seen: set[str] = set()
    for path, name in ids:
        if name in seen:
            yield Finding(path, f'id "{name}" sudah dipakai', "beri id lain")
        seen.add(name)


def unknown(
    path: Path, what: str, names: Iterable[str], known: Collection[str], otherwise: str = ""
) -> Iterator[Finding]:
    """Yield a finding for each of `names` that is not among the `known` names.

    Args:
        path: the keys that lead to the names from the top of the file.
        what: the Indonesian word for the kind of thing that is named, such as `butir`, for the
            message.
        names: the names that the author wrote.
        known: the names that exist.
        otherwise: the hint if no known name is similar; empty: advise to write a name that exists.
    """
    return (
        Finding(
            path,
            f'{what} "{name}" tidak ada',
            suggest(name, known, otherwise or f"tulis id {what} yang ada"),
        )
        for name in names
        if name not in known
    )
