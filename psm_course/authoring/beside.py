"""What editors and notebooks lay down beside the files of a course is no part of it: `.#kuis.yml` (a lock, which leads nowhere)."""

from collections.abc import Iterable
from pathlib import Path


def files_in(folder: Path, pattern: str) -> list[Path]:
    """The files of a course that a pattern names, in the order of their paths; none whose name, or whose folder's, begins with a dot."""
    return authored(folder, folder.glob(pattern))


def authored(root: Path, found: Iterable[Path]) -> list[Path]:
    """Those of the paths below `root` that people wrote."""
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(root).parts))
