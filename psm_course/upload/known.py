"""The list beside a site at another machine of what we put there: only that is ever replaced or taken away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Known:
    """One file that we put there.

    digest: of what was put there last; empty where somebody brought the site there by hand.
    marks: what the place said of it then; while a sending is under way, of that digest first, then of what it replaces.
    """

    digest: str = ""
    marks: tuple[str, ...] = ()


def read_known(written: bytes | None, by_hand: bytes | None) -> dict[str, Known]:
    """By path.

    Args:
        written: the list; None where there is none. A line that is none of ours counts as no line.
        by_hand: the list of a site that was copied there with all its files.
    """
    found = {path: Known() for path in (by_hand or b"").decode(errors="replace").splitlines()}
    for line in (written or b"").decode(errors="replace").splitlines():
        path, _, rest = line.partition("\t")
        digest, _, marks = rest.partition("\t")
        found[path] = Known(digest, tuple(marks.split()))
    return {path: known for path, known in found.items() if _is_inside(path)}


def written_known(known: Mapping[str, Known]) -> bytes:
    return "".join(f"{path}\t{each.digest}\t{' '.join(each.marks)}\n" for path, each in sorted(known.items())).encode()


def _is_inside(path: str) -> bool:
    """A list that somebody changed must not lead us out of the folder."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders in which files lie; empty for the site's own."""
    return {path.rpartition("/")[0] for path in paths}
