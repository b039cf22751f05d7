"""The list of files that we put on another machine; only those are ever replaced or deleted.

The list is a file on that machine, in the site's folder.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Known:
    """One file that we put on the other machine.

    Attributes:
        digest: `Item.digest` of the content that we sent last; empty if a person copied the site by
            hand.
        marks: usually one text. It changes if the file changes: size and time, or the ETag. While
            new content is being published, the first text is that of the new content, and the other
            texts are those of the old content. Empty if a person copied the site by hand.
    """

    digest: str = ""
    marks: tuple[str, ...] = ()


def read_known(written: bytes | None, by_hand: bytes | None) -> dict[str, Known]:
    """Return the files that we put on the other machine, by path.

    They are read from two files on that machine, each a list of paths. A path that leads out of the
    site's folder is ignored.

    Args:
        written: content of the file `.psm-unggahan`, which our last upload wrote; None if the
            machine has no such file.
        by_hand: content of the file `.psm-site`, the list of files in a published site. A person
            who copies the site by hand copies this file too; our uploads delete it. None if the
            machine has no such file.
    """
    found = {path: Known() for path in (by_hand or b"").decode(errors="replace").splitlines()}
    for line in (written or b"").decode(errors="replace").splitlines():
        path, _, rest = line.partition("\t")
        digest, _, marks = rest.partition("\t")
        found[path] = Known(digest, tuple(marks.split()))
    return {path: known for path, known in found.items() if _is_inside(path)}


def written_known(known: Mapping[str, Known]) -> bytes:
    """Return the content of the file `.psm-unggahan`, which `read_known` can read again.

    It has one line for each file, with tabs between path, digest and marks.
    """
    return "".join(
        f"{path}\t{each.digest}\t{' '.join(each.marks)}\n" for path, each in sorted(known.items())
    ).encode()


def _is_inside(path: str) -> bool:
    """True if a path stays inside the site's folder.

    Somebody may have changed the lists on the other machine, so a path may lead elsewhere.
    """
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders of these paths; an empty text stands for the site's own folder."""
    return {path.rpartition("/")[0] for path in paths}
