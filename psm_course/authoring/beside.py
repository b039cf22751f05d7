"""Finds the files of a course, without the hidden files that editors leave in the same folder.

A hidden file is, for example, the lock `.#kuis.yml`.
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
