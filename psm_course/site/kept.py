"""Stores results of builds in the work folder, with digests that tell if they are still right.

The time of a file is not used, because a file restored from a copy has an old time. Results of a
build that did not end, or of another version of the program, are not used again.
"""

import errno
import hashlib
import json
import os
import pickle
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from functools import cache
from importlib.resources import files
from os import scandir
from pathlib import Path
from threading import get_ident
from time import monotonic, sleep
from typing import IO, Any

from psm_course.authoring.beside import authored
from psm_course.authoring.memory import Memory
from psm_course.errors import Refused

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PAGES, READ, EXECUTED = "_build/html", "_build/.doctrees", "_build/executed"
PASSED = "_build/lolos"  # the pages in which the searches last found nothing: these are published
_NOTES = "_build/kept"
# Beside what the builder works on: it holds lessons as
# their files have them, with the cells for trainers.
MEMORY = "ingatan"
_CONTENT = ("book", "modules", "quizzes")
_WAIT = 3600  # seconds until somebody else's build must have ended
_LOOK_EVERY = 0.1
# Error numbers that systems give for a lock that another process holds.
_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_SEAL = 32  # bytes before what is remembered
_LISTS = (".dist-info", ".egg-info")


def content_digest(root: Path) -> str:
    """Return a digest of everything from which pages are made: course files, program, libraries."""
    # Pages link to these; what they hold is not shown.
    beside = sorted(path.name for path in root.iterdir())
    shown = [
        root / "_config.yml",
        *(path for folder in _CONTENT for path in files_below(root / folder)),
    ]
    contents = (
        (path.relative_to(root).as_posix(), path.read_bytes()) for path in shown if path.is_file()
    )
    return digest_of_parts(
        [("program", program_digest().encode()), ("beside", "\n".join(beside).encode()), *contents]
    )


def files_below(folder: Path) -> list[Path]:
    """Return the files below a folder, sorted by name, without hidden files.

    Files in hidden folders such as `.ipynb_checkpoints` are left out too.
    """
    return [path for path in authored(folder, folder.rglob("*")) if path.is_file()]


@cache
def program_digest(*rooms: str) -> str:
    """Return a digest of our code, of Python's version, and of the versions of all packages.

    `rooms` are packages of our code, such as "site". If any are given, the digest has their code
    instead of all our code.
    """
    installed = sorted(name for name in _installed() if name.endswith(_LISTS))
    parts = [
        ("python", platform.python_version().encode()),
        ("installed", "\n".join(installed).encode()),
    ]
    code = files("psm_course")
    ours = [
        part for folder in [code / room for room in rooms] or [code] for part in contents_of(folder)
    ]
    return digest_of_parts([*parts, *sorted(ours)])


def _installed() -> Iterator[str]:
    for folder in map(Path, sys.path):
        if folder.is_dir():
            with scandir(folder) as entries:
                yield from (entry.name for entry in entries)


def contents_of(folder: Any) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file below a folder, in no fixed order.

    Files in `__pycache__` are left out.
    """
    # Each build and each check reads a thousand of them: the system has said which are folders.
    with scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from contents_of(entry.path)
            elif entry.is_file():
                with open(entry.path, "rb") as file:  # noqa: PTH123
                    yield entry.path, file.read()


def digest_of_parts(parts: Iterable[tuple[str, bytes]]) -> str:
    """Return a digest of parts, in the given order; each part is a name and a content.

    The lengths are part of the digest, so the end of one part cannot count as the start of the
    next.
    """
    digest = hashlib.sha256()
    for name, content in parts:
        digest.update(f"{len(name)} {len(content)} {name}\n".encode() + content)
    return digest.hexdigest()


def digest_of_folder(folder: Path) -> str:
    """Return a digest of all files below a folder."""
    return digest_of_parts(
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


def note(work: Path, name: str, facts: Mapping[str, Any]) -> None:
    """Store `facts` under this name for the next build, in a file of the work folder.

    The file is replaced in one step, so no reader gets a half-written file.
    """
    replace_file(work / _NOTES / f"{name}.json", json.dumps(facts).encode())


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader gets the whole old content or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two lessons of the same code write the same result.
    half = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    half.write_bytes(content)
    half.replace(path)


def noted(work: Path, name: str) -> dict[str, Any]:
    """Return the facts that `note` stored under this name in an earlier build.

    An empty dictionary if nothing was stored, or if the facts cannot be read.
    """
    try:
        facts = json.loads((work / _NOTES / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


@contextmanager
def remembering(work: Path, name: str, *rooms: str, if_possible: bool = False) -> Iterator[Memory]:
    """Yield a cache of earlier results; at the end of the block, save it for later runs.

    Args:
        work: the work folder.
        name: the name of the cache, and of its file in the work folder.
        rooms: packages of our code that make the results, such as "site". Only a change in these
            packages empties the cache; if no package is named, any change of our code empties it.
        if_possible: True to go on without an error if the cache file cannot be written.
    """
    path, program = work / MEMORY / name, program_digest(*rooms)
    known = _remembered(path, program)
    memory = Memory(known)
    try:
        yield memory
    finally:
        if memory.used.keys() != known.keys():
            content = pickle.dumps(dict(memory.used))
            with suppress(OSError) if if_possible else nullcontext():
                replace_file(path, _seal(program, content) + content)


def _remembered(path: Path, program: str) -> dict[str, bytes]:
    """Return the pickled results in the cache file `path`.

    The key of a result is the digest of everything from which the result was made. `program` is the
    digest of this version of the program. Empty if the file cannot be read or is incomplete, or if
    another version of the program wrote it.
    """
    try:
        seal, content = (written := path.read_bytes())[:_SEAL], written[_SEAL:]
    except OSError:
        return {}
    # Our own words, unaltered.
    return dict(pickle.loads(content)) if seal == _seal(program, content) else {}  # noqa: S301


def _seal(program: str, content: bytes) -> bytes:
    return hashlib.sha256(program.encode() + content).digest()


def forget(work: Path, name: str) -> None:
    """Delete the facts that `note` stored under this name."""
    (work / _NOTES / f"{name}.json").unlink(missing_ok=True)


def are_composed(work: Path, content: str) -> bool:
    """True if the pages in the work folder were composed from the content that is there now.

    `content` is the digest of this content, as `content_digest` returns it.

    The pages and Sphinx's cache are deleted if their build was stopped, if another version of the
    program made them, or if somebody changed the pages. If they are not deleted, the next build
    composes only what changed.
    """
    facts = noted(work, "composed")
    if facts.get("program") != program_digest() or facts.get("pages") != digest_of_folder(
        work / PAGES
    ):
        forget(work, "composed")
        for folder in (PAGES, READ):
            shutil.rmtree(work / folder, ignore_errors=True)
        return False
    return bool(facts["content"] == content)


def note_elsewhere(work: Path, root: Path, shown: Iterable[Path]) -> None:
    """Remember the digests of files that pages show from outside `book/`, `modules/`, `quizzes/`.

    `shown` are all files that pages show; those inside these folders are ignored here.
    """
    inside = [(root / folder).resolve() for folder in _CONTENT]
    others = sorted(
        path
        for path in {path.resolve() for path in shown}
        if not any(map(path.is_relative_to, inside))
    )
    note(
        work,
        "elsewhere",
        {os.path.relpath(path, root.resolve()): digest_of_file(path) for path in others},
    )


def is_elsewhere_as_noted(work: Path, root: Path) -> bool:
    """True if no file that `note_elsewhere` remembered has changed since then."""
    return all(
        digest_of_file(root.resolve() / path) == digest
        for path, digest in noted(work, "elsewhere").items()
    )


def digest_of_file(path: Path) -> str:
    """Return a digest of a file's content; empty if there is no such file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def note_composed(work: Path, content: str) -> None:
    """Remember that pages were composed without warnings from the content with digest `content`."""
    note(
        work,
        "composed",
        {"content": content, "program": program_digest(), "pages": digest_of_folder(work / PAGES)},
    )


def keep_passed(work: Path) -> None:
    """Copy the composed pages to the folder from which sites are published (`PASSED`).

    Call this after the searches found no leak in the pages. So `publish_again` can publish these
    pages even if the next composed pages have a leak.
    """
    half = work / f"{PASSED}.part"
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(work / PAGES, half)
    shutil.rmtree(work / PASSED, ignore_errors=True)
    half.rename(work / PASSED)


@contextmanager
def only_one(work: Path, what: str, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Take a lock in the work folder while the block runs, so that only one process does the work.

    If the process is killed, its lock is released.

    Args:
        work: the work folder.
        what: name of the work, for example "menyusun"; each name has a lock of its own.
        waiting: a function that is called once, if another process holds the lock.

    Raises:
        Refused: the other process held the lock for an hour.
    """
    (work / _NOTES).mkdir(parents=True, exist_ok=True)
    with (work / _NOTES / f"{what}.kunci").open("ab") as lock:
        until, asked = monotonic() + _WAIT, False
        while not _is_taken(lock):
            if not asked:
                waiting()
                asked = True
            if monotonic() > until:
                raise Refused(
                    "Penyusunan situs yang lain belum selesai. Tunggu sampai selesai, lalu jalankan"
                    " lagi: psm build"
                )
            sleep(_LOOK_EVERY)
        yield


def _is_taken(lock: IO[bytes]) -> bool:
    """Take the lock and return True; return False if another process holds the lock.

    The system releases the lock when this process ends, also if it is killed.
    """
    try:
        if fcntl is None:
            import msvcrt  # noqa: PLC0415 - what Windows has instead

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _HELD:
            raise
        return False
    return True
