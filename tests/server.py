"""A PostgreSQL server of the tests' own, on a socket in a temporary folder. On Debian as root it is installed when missing."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.debian import provide

_PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")


def find_programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`: on the path, or where packages put it."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [initdb.parent for place in _PLACES for initdb in sorted(Path(place).glob("*/bin/initdb"))]
    return found[-1] if found else None


def programs() -> Path:
    found = find_programs()
    if found is None:
        sys.exit("The tests need PostgreSQL's server programs: install them (on Debian: apt-get install postgresql).")
    return found


class Server:
    """A running server; `address(name)` is what `open_server` takes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._as_nobody = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's programs; it refuses to be root, so root steps down."""
        subprocess.run([programs() / program, *arguments], check=True, capture_output=True, cwd=self.folder, **self._as_nobody)  # type: ignore[call-overload]

    def make(self) -> None:
        if self._as_nobody:
            os.chown(self.folder, *pwd.getpwnam("postgres")[2:4])
        self.run("initdb", "--pgdata=data", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off -c full_page_writes=off"
        self.run("pg_ctl", "start", "--pgdata=data", "--wait", "--log=log", f"--options={options}")

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "--pgdata=data", "--mode=immediate", "--wait")

    def address(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"


@contextmanager
def own_server() -> Iterator[Server]:
    """A server that is there while the block runs. A socket's path has to be short, so not below pytest's own folder."""
    server = Server(Path(mkdtemp(prefix="psm-pg-")))
    server.make()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder)


if __name__ == "__main__":
    provide(lambda: find_programs() is not None, "PostgreSQL's server programs", "postgresql")
    print(programs())
