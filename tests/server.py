"""A PostgreSQL server of the tests' own, on a socket in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.needs import POSTGRESQL


class Server:
    """A running server; `address(name)` is what `open_server` takes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._as_nobody = (
            {"user": "postgres", "group": "postgres", "extra_groups": []}
            if os.geteuid() == 0
            else {}
        )

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's programs; it refuses to be root, so root steps down."""
        subprocess.run(
            [POSTGRESQL.require() / program, *arguments],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self._as_nobody,
        )  # type: ignore[call-overload]

    def make(self) -> None:
        if self._as_nobody:
            os.chown(self.folder, *pwd.getpwnam("postgres")[2:4])
        self.run(
            "initdb",
            "--pgdata=data",
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
        )
        self.start()

    def start(self) -> None:
        # A commit that does not wait for the server's log is then lost
        # for certain when the server is killed.
        lazily = "-c wal_writer_delay=10s -c wal_writer_flush_after=1GB"
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off -c"
            f" full_page_writes=off {lazily}"
        )
        self.run("pg_ctl", "start", "--pgdata=data", "--wait", "--log=log", f"--options={options}")

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "--pgdata=data", "--mode=immediate", "--wait")

    def kill(self) -> None:
        """`kill -9` of the server itself; those that work for it notice and end, too."""
        os.kill(
            int((self.folder / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL
        )

    def start_after_kill(self) -> None:
        """Once nobody works in its folder any more.
        What is left of a killed process still counts as one to PostgreSQL.
        """
        while any(
            _works_in(process, self.folder / "data")
            for process in Path("/proc").iterdir()
            if process.name.isdigit()
        ):
            time.sleep(0.02)
        for lock in (self.folder / "data" / "postmaster.pid", *self.folder.glob(".s.PGSQL.*.lock")):
            lock.unlink(missing_ok=True)
        self.start()

    def address(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"


def _works_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder
    except OSError:  # it ended meanwhile
        return False


@contextmanager
def own_server() -> Iterator[Server]:
    """A server that is there while the block runs.
    A socket's path has to be short, so not below pytest's own folder.
    """
    server = Server(Path(mkdtemp(prefix="psm-pg-")))
    server.make()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder)
