"""A trainer's session: JupyterLab runs on a temporary copy; at the end its files are deleted."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from urllib.request import ProxyHandler, build_opener

from psm_course.errors import Refused
from psm_course.settings import Settings
from psm_course.trainer.lab.configuring import arguments, list_lessons, write_settings
from psm_course.trainer.lab.copying import copy_lessons, lesson_paths

_PATIENCE = 120.0  # seconds in which a slow laptop has to have started the server
_LEAVING = 10.0
_ANSWER = 5.0


@dataclass(frozen=True)
class Session:
    """A running server of JupyterLab, and the address of the first lesson, with the token."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def trainers_session(
    where: Settings, wanted: str = "", port: int | None = None
) -> Iterator[Session]:
    """Run JupyterLab while the block runs; then stop the server and delete the copy.

    Args:
        where: the office's settings. The register is read if there is one; nothing is written to
            the course folder.
        wanted: the lesson to open: a part of its path, such as "02" or "mengenali"; empty: the
            first lesson.
        port: the port of the server; None: any free port.

    Raises:
        Refused: JupyterLab is not installed, there is no such lesson, or the server does not start.
    """
    if find_spec("jupyterlab") is None:
        raise Refused(
            "JupyterLab belum terpasang. Jalankan sekali saat ada internet: make trainer (atau: pip"
            ' install "psm-course[trainer]").'
        )
    first = _lesson_named(wanted, where.root)
    with TemporaryDirectory(prefix="psm-pelatih-", ignore_cleanup_errors=True) as folder:
        place = Path(folder).resolve()
        copy = place / "kursus"
        copy.mkdir()
        variables = os.environ | where.as_environment() | write_settings(place)
        with _running(
            [sys.executable, "-m", "jupyterlab", *arguments(copy, port or _free_port())],
            place,
            variables,
        ) as process:
            # Takes as long as the server takes to start.
            list_lessons(place, copy_lessons(where.root, copy))
            yield Session(address_of(process, place, first), process)


def _lesson_named(wanted: str, root: Path) -> str:
    """Return the path of a lesson from the course's root, with slashes.

    `wanted` is the beginning or any part of the path.

    Raises:
        Refused: the course has no lessons, or no path has this part.
    """
    lessons = {path.casefold().removeprefix("modules/"): path for path in lesson_paths(root)}
    if not lessons:
        raise Refused("Belum ada pelajaran di folder modules. Buat satu: psm new module NAMA")
    # "02" is a module before it is a lesson.
    begins = [path for name, path in lessons.items() if name.startswith(wanted.casefold())]
    found = begins or [path for name, path in lessons.items() if wanted.casefold() in name]
    if not found:
        raise Refused(f'Tidak ada pelajaran "{wanted}". Yang ada: {", ".join(lessons.values())}')
    return found[0]


@contextmanager
def _running(
    command: list[str], place: Path, variables: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command, yield its process, and stop the process at the end of the `with` block.

    The process works in the folder `place`, where its messages are stored, with the environment
    `variables`. It has a process group of its own, so Ctrl+C reaches only this program. If Ctrl+C
    reached JupyterLab, JupyterLab would ask a question in English.
    """
    with (place / "catatan.txt").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed words
            command,
            cwd=place,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same on Windows
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_LEAVING)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def address_of(process: subprocess.Popen[bytes], place: Path, first: str) -> str:
    """Wait until the server of JupyterLab answers; return the address of a lesson on that server.

    The server writes its address into a file before it listens at that address. If another program
    already listens there, the server stops. Therefore the token is first tried at the address: the
    browser must not open the other program.

    Args:
        process: the server.
        place: the folder of this session, with the file and the server's messages.
        first: path of the lesson.

    Raises:
        Refused: the server stopped, or did not answer within two minutes.
    """
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        for written in (place / "runtime").glob("jpserver-*.json"):
            said = json.loads(written.read_bytes() or b"null")
            if said and _answers(said["url"], said["token"]):
                return f"{said['url']}lab/tree/{first}?token={said['token']}"
        time.sleep(0.05)
    lines = (place / "catatan.txt").read_text(encoding="utf-8", errors="replace").split("\n")
    last = next((line for line in reversed(lines) if line.strip()), "")
    raise Refused(f"JupyterLab tidak dapat dibuka. {last}".strip())


def _answers(url: str, token: str) -> bool:
    """True if a server at this address accepts this token.

    The request uses no proxy, because the server is on this machine.
    """
    try:
        with build_opener(ProxyHandler({})).open(f"{url}api/status?token={token}", timeout=_ANSWER):
            return True
    except OSError:
        return False


def _free_port() -> int:
    """Return a free port of this machine, chosen by the operating system.

    If JupyterLab chose the port itself, two servers that start together could choose the same one:
    each searches from 8888 upwards. The operating system does not soon choose a port a second time.
    """
    with socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
