"""An office in a process of its own: the application that `psm serve` runs, with the course's own post-test, on any database.

`python -m tests.load.office DATABASE` prints the port it listens on; DATABASE is a file, or the address of a server.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from psm_course.cli.office.serve import own_port
from psm_course.content.quiz import Quiz, read_quiz
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.opening import open_server, open_store
from psm_course.web.app import make_app
from tests.builders import OFFICE
from tests.register_builders import a_card_secret

ROOT = Path(__file__).resolve().parents[2]


def open_register(database: str) -> Store:
    return open_server(database, OFFICE, migrate=True) if "://" in database else open_store(Path(database), OFFICE)


def post_test() -> Quiz:
    """Twenty items drawn from seven banks. Reading this one file keeps a test short."""
    quiz = read_quiz(ROOT / "quizzes" / "tes-akhir.yml").quiz
    assert quiz is not None
    return quiz


class Office:
    """A running office."""

    def __init__(self, database: str) -> None:
        command = [sys.executable, "-m", "tests.load.office", database]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def kill(self) -> None:
        """As the power does: nothing is said to it beforehand."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def an_office(database: str) -> Iterator[Office]:
    """Open while the block runs, unless killed in it."""
    office = Office(database)
    try:
        yield office
    finally:
        office.process.terminate()
        office.process.wait()
        assert office.process.stdout is not None
        office.process.stdout.close()


def main() -> None:
    data = Path(tempfile.mkdtemp())
    a_card_secret(data)
    app = make_app(Settings(root=ROOT, data=data), open_register(sys.argv[1]))
    listening = own_port(0, "serve")
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listening])


if __name__ == "__main__":
    main()
