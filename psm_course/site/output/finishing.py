"""The last step of publishing: moves the prepared files to their final paths.

It is separate from the module `publish`, which loads the libraries that make pages small.
"""

import shutil
from pathlib import Path

from psm_course.site.output.listed import MANIFEST, WHOLE, listed_in, rank

_FILE, _FOLDER = 0o644, 0o755  # a web server reads them under another account
_ENTER = 0o001  # a folder into which every account may go


def write_public(out: Path, path: Path, content: bytes) -> None:
    """Write `content` to `path`, a path below the site folder `out`.

    If every account may enter the folder that contains `out`, every account may read the file, also
    a web server. Otherwise the file stays private, for example in an office's own folder.
    """
    make_public(out, path.parent)
    (out / path).write_bytes(content)
    if _is_open(out):
        (out / path).chmod(_FILE)


def make_public(out: Path, folder: Path) -> None:
    """Make `out`, and the folder `folder` below it.

    If every account may enter the folder that contains `out`, every account may enter the new
    folders too. A folder that exists already keeps its rights, because somebody may have chosen
    them.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    for each in (*reversed([out / above for above in folder.parents]), out / folder):
        if not each.is_dir():
            each.mkdir()
            if _is_open(out):
                each.chmod(_FOLDER)


def _is_open(out: Path) -> bool:
    return bool(out.parent.stat().st_mode & _ENTER)


def finish(out: Path) -> None:
    """Move prepared files to their final paths, and delete files that the site no longer has.

    A file is deleted if it is in the old list of published files, but not in the new one. This also
    completes a publication that was stopped while its files were moved. If there are no prepared
    files, nothing is done.

    Files are only renamed, so no disk space and little time is needed. A file is moved after the
    files to which it refers. The signed snapshot is moved after all others, and the list of
    published files last.
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
        make_public(out, path.parent)
        (ready / path).replace(out / path)
    for old in listed_in(out, out / MANIFEST) - listed_in(out, ready / MANIFEST):
        (out / old).unlink(missing_ok=True)
    (ready / MANIFEST).replace(out / MANIFEST)
    shutil.rmtree(ready, ignore_errors=True)
