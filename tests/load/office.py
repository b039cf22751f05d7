"""An office in a process of its own: the application that `psm serve` runs, with the course's own
post-test, on any database.

`python -m tests.load.office DATABASE` prints the port it listens on;
DATABASE is a file, or the address of a server.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import IO

from psm_course.cli.office.serve import own_port
from psm_course.cli.office.serving import Served, serve_until_told
from psm_course.cli.stopping import Stopped, leave, stop_when_told
from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.reading import read_quiz
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.opening import open_server, open_store
from psm_course.store.sqlite import checkpoint_regularly
from psm_course.web.app import make_app
from psm_course.web.hall.server import config_for
from tests.builders import OFFICE
from tests.register_builders import a_card_secret

ROOT = Path(__file__).resolve().parents[2]


def open_register(database: str) -> Store:
    return (
        open_server(database, OFFICE, migrate=True)
        if "://" in database
        else open_store(Path(database), OFFICE)
    )


@cache
def post_test() -> Quiz:
    """Twenty items drawn from seven banks. Reading this one file keeps a test short."""
    quiz = read_quiz(ROOT / "quizzes" / "tes-akhir.yml").quiz
    assert quiz is not None
    return quiz


class Office:
    """A running office."""

    def __init__(
        self,
        database: str,
        program: Sequence[str] = ("tests.load.office",),
        environment: Mapping[str, str] = os.environ,
        stderr: IO[bytes] | None = None,
    ) -> None:
        command = [sys.executable, "-m", *program, database]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stderr, text=True, cwd=ROOT, env=environment
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def kill(self) -> None:
        """As the power does: nothing is said to it beforehand."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As an officer does; nothing where it was killed."""
        self.process.terminate()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@contextmanager
def an_office(database: str, program: Sequence[str] = ("tests.load.office",)) -> Iterator[Office]:
    """Open while the block runs, unless killed in it."""
    office = Office(database, program)
    try:
        yield office
    finally:
        office.stop()


def main(every: float = 30) -> None:
    """Serve until told to stop; `every`: seconds between two checkpoints."""
    data = Path(tempfile.mkdtemp())
    a_card_secret(data)
    stop_when_told()
    try:
        with closing(open_register(sys.argv[1])) as store, checkpoint_regularly(store, every):
            app, listening = make_app(Settings(root=ROOT, data=data), store), own_port(0)
            print(listening.getsockname()[1], flush=True)
            serve_until_told(store, Served(config_for(app), [listening]))
    except Stopped as stopped:
        leave(stopped)


if __name__ == "__main__":
    main()
