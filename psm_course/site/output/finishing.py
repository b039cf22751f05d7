"""The last step of publishing: moves the prepared files to their places.

It is a module of its own, because `publish` loads the libraries that make pages small.
"""

import shutil
from pathlib import Path

from psm_course.site.output.listed import MANIFEST, WHOLE, listed_in, rank


def finish(out: Path) -> None:
    """Move prepared files into place and delete old ones.

    Also finishes a publication that was stopped.

    Files are only renamed, so this needs no disk space and little time. A file is moved after the
    files that it refers to, the signed snapshot after all others, and the list of published files
    last.
    """
    ready = out / WHOLE
    if not (ready / MANIFEST).is_file():
        return
    waiting = [
        path.relative_to(ready)
        for path in ready.rglob("*")
        if path.is_file() and path != ready / MANIFEST
    ]
    for path in sorted(waiting, key=lambda path: (rank(path.as_posix()), path)):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (ready / path).replace(out / path)
    for old in listed_in(out, out / MANIFEST) - listed_in(out, ready / MANIFEST):
        (out / old).unlink(missing_ok=True)
    (ready / MANIFEST).replace(out / MANIFEST)
    shutil.rmtree(ready, ignore_errors=True)
