"""Finds files: by the name that a person wrote, or all files of a course.

The hidden files that editors leave in a course, such as the lock `.#kuis.yml`, are left out.
"""

from collections.abc import Iterable
from pathlib import Path


def files_in(folder: Path, pattern: str) -> list[Path]:
    """Return the files below a folder that match a glob pattern, sorted by path.

    Hidden files, and files in hidden folders, are left out. A hidden name begins with a dot.
    """
    return authored(folder, folder.glob(pattern))


def authored(root: Path, found: Iterable[Path]) -> list[Path]:
    """Return the paths of `found` that are not hidden, sorted.

    A path is hidden if its name or the name of a folder between `root` and the path has a leading
    dot.
    """
    return sorted(
        path
        for path in found
        if not any(part.startswith(".") for part in path.relative_to(root).parts)
    )


def named_by(written: Path | str) -> Path | None:
    """Return the file or folder with the name that a person wrote; None if there is none.

    A text can be impossible as a name, for example too long; that gives None too. An empty text
    also gives None, and not the current folder.
    """
    try:
        return Path(written) if written and Path(written).exists() else None
    except (OSError, ValueError):
        return None
