"""`psm preview`: the course in a browser while it is being written."""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import click
import uvicorn

from psm_course.authoring.problems import shorten
from psm_course.checking.check import check_course
from psm_course.cli import context
from psm_course.cli.language import WholeNumber
from psm_course.cli.office.serve import own_port
from psm_course.errors import ContentFaulty
from psm_course.settings import Settings
from psm_course.site.build import FIRST_PAGE
from psm_course.site.preview import PAGES, refresh
from psm_course.web.preview import Progress, Trouble, make_preview

LOOK_EVERY = 0.1  # seconds
# A file still being written looks different a moment later.
SETTLED_AFTER = 0.03
_WATCHED = ("book", "modules", "quizzes")
_KINDS = {".md", ".ipynb", ".yml", ".yaml", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".csv"}
_SHOWN = 12

Look = dict[Path, tuple[int, int]]


# 8764, not the 8765 of `psm serve`: pages that a browser keeps offline for the one must not answer
# for the other.
@click.command()
@click.option(
    "--port",
    metavar="PORT",
    type=WholeNumber(1, 65535),
    default=8764,
    show_default=True,
    help="Nomor port.",
)
def preview(port: int) -> None:
    """Lihat kursus selagi disunting.

    Halaman di peramban berganti sendiri setiap kali berkas disimpan.
    """
    where = context.course_folder()
    progress, pages = Progress(busy=True), _work(where) / PAGES
    with own_port(port) as listening:
        pages.mkdir(parents=True, exist_ok=True)
        # Once it is said how to stop, Ctrl+C is the normal end, also before uvicorn listens for it.
        with suppress(KeyboardInterrupt):
            click.echo(f"Pratinjau:  http://127.0.0.1:{port}/")
            click.echo(
                "Hanya untuk melihat: kebocoran kunci tes diperiksa dan simpanan tanpa sinyal"
                " dibuat oleh psm build."
            )
            click.echo("Tekan Ctrl+C untuk berhenti.\n")
            # Building has a thread of its own: in the first one, a lesson being run would keep
            # Ctrl+C for itself.
            Thread(target=_follow, args=(where, progress), daemon=True).start()
            uvicorn.Server(
                uvicorn.Config(
                    make_preview(pages, FIRST_PAGE, progress),
                    log_level="error",
                    access_log=False,
                    timeout_graceful_shutdown=1,
                )
            ).run(sockets=[listening])
        click.echo("\nPratinjau selesai.")


def _work(where: Settings) -> Path:
    return where.data / "build"


def _follow(where: Settings, progress: Progress) -> None:
    """Build and check the course now, and again after every change of a file. Never returns.

    `progress` tells the page in the browser that a build is running, and which problems there are.
    """
    seen: Look = {}
    while True:
        now = _settled(where.root, seen)
        changed = sorted(
            path.relative_to(where.root).as_posix()
            for path in now.keys() | seen.keys()
            if now.get(path) != seen.get(path)
        )
        if changed:
            _bring_up_to_date(where, progress, changed if seen else [])
            if not seen:
                gc.collect()
                # What is loaded by now stays: looking through it at every build would take a fifth
                # of the time.
                gc.freeze()
            seen = now
        time.sleep(LOOK_EVERY)


def _settled(root: Path, seen: Look) -> Look:
    """Return the time of the last change (ns) and the size (bytes) of each content file.

    `seen` is the result of an earlier call. If a time or size differs from `seen`, this function
    waits until no file changes any more, and returns the times and sizes after that.
    """
    look = _look(root)
    while look != seen:
        time.sleep(SETTLED_AFTER)
        look, seen = _look(root), look
    return look


def _look(root: Path) -> Look:
    """Return, for each content file, the time of the last change (ns) and the size (bytes)."""
    found: Look = {}
    for folder in _WATCHED:
        for place, inside, names in os.walk(root / folder):
            # In place: `os.walk` goes on with the folders that are left in this list.
            inside[:] = [name for name in inside if not name.startswith((".", "_"))]
            paths = [Path(place, name) for name in names if not name.startswith(".")]
            found |= _dated(path for path in paths if path.suffix in _KINDS)
    return found | _dated([root / "_config.yml"])


def _dated(paths: Iterator[Path] | list[Path]) -> Look:
    found: Look = {}
    for path in paths:
        try:
            stat = path.stat()
        except FileNotFoundError:  # gone since it was listed
            continue
        found[path] = (stat.st_mtime_ns, stat.st_size)
    return found


def _bring_up_to_date(where: Settings, progress: Progress, changed: list[str]) -> None:
    """Build the site, then check the course. The browser shows the pages before the check.

    The check takes half as long as the build, and nobody should wait for the check to see the
    pages.

    Args:
        where: the settings of the course.
        progress: gets what the page in the browser shows: a build is running, and the problems.
        changed: the files that were just saved; empty at the first build.
    """
    click.echo(f"{context.now():%H:%M:%S}  {_named(changed)}")
    start = time.perf_counter()
    progress.busy = True
    try:
        unbuilt = refresh(where.root, _work(where), _say)
        _say(f"Halaman siap dalam {time.perf_counter() - start:.1f} detik.".replace(".", ",", 1))
    except ContentFaulty as error:
        unbuilt = [str(error)]
    progress.busy = False
    progress.troubles = tuple(
        trouble for trouble in _troubles(where, set(changed), unbuilt) if trouble.sentences
    )
    for trouble in progress.troubles:
        _say(f"{trouble.title}:" if trouble.open else f"{trouble.title}. Lihat: psm check")
        for sentence in trouble.sentences[:_SHOWN] if trouble.open else ():
            _say(f"  {sentence}")


def _say(sentence: str) -> None:
    click.echo(f"{' ' * 10}{sentence}")


def _named(changed: list[str]) -> str:
    if not changed:
        return "Menyusun semua halaman"
    more = f" dan {len(changed) - 1} lagi" if len(changed) > 1 else ""
    return f"Berubah: {changed[0]}{more}"


def _troubles(where: Settings, changed: set[str], unbuilt: list[str]) -> Iterator[Trouble]:
    """Yield the problems in the files just saved (`changed`), then the problems in other files.

    `unbuilt` are sentences of the builder on pages that it could not build. They come first, but
    only if the check finds no error in the files just saved.
    """
    try:
        problems = check_course(where.root, context.today(), measure=False).problems
    except Exception as error:  # the next check may do better, and the pages are there
        unbuilt, problems = [*unbuilt, f"Pemeriksaan terhenti: {shorten(str(error), 160)}"], ()
    errors = [problem for problem in problems if problem.severity == "error"]
    here = [str(problem) for problem in errors if problem.file in changed]
    elsewhere = [str(problem) for problem in errors if problem.file not in changed]
    warnings = [
        str(problem)
        for problem in problems
        if problem.severity == "warning" and problem.file in changed
    ]
    yield Trouble("Halaman belum dapat diperbarui seluruhnya", [] if here else unbuilt, open=True)
    yield Trouble(f"{len(here)} masalah di berkas yang baru disimpan", here, open=True)
    yield Trouble(f"{len(warnings)} peringatan", warnings, open=False)
    yield Trouble(f"{len(elsewhere)} masalah lain di kursus ini", elsewhere, open=False)
