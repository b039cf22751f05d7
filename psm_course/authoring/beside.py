"""Finds the files of a course, without the files that editors put beside them.

An editor leaves, for example, the lock `.#kuis.yml`.
"""

from collections.abc import Iterable
from pathlib import Path


def files_in(folder: Path, pattern: str) -> list[Path]:
    """Files that match a glob pattern, sorted by path.

    Skips hidden files and folders (names with a leading dot).
    """
    return authored(folder, folder.glob(pattern))


def authored(root: Path, found: Iterable[Path]) -> list[Path]:
    """The paths of `found` that are not hidden and not in a hidden folder below `root`, sorted."""
    return sorted(
        path
        for path in found
        if not any(part.startswith(".") for part in path.relative_to(root).parts)
    )
