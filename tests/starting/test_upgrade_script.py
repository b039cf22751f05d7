"""`server/upgrade.sh` as it stands, with a real wheel and doubles of systemd only: the new program
and its register, or both as before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.settings import Settings
from psm_course.starting.server import write_server
from psm_course.store.opening import open_register
from tests.builders import OFFICE, a_course
from tests.register_builders import a_cohort
from tests.starting.image import lay_requirements
from tests.test_wheel import built

pytestmark = pytest.mark.long

_DOUBLES = {
    "systemctl": 'echo "$@" >> "$PSM_SAID"',
    "runuser": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    "sleep": "",  # nobody has to wait here
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("roda"))


class Machine:
    """A server: its course, its programs, and what systemd was told."""

    def __init__(self, folder: Path) -> None:
        self.course, self.programs, self.said = (
            a_course(folder / "psm"),
            folder / "opt",
            folder / "said",
        )
        self.there = lay_requirements(folder / "there")
        self.data = folder / "data"
        write_server(self.course, "bimtek.contoh.go.id")
        (self.course / "server" / "psm.env").write_text(f"PSM_DATA={self.data}\n", encoding="utf-8")
        (self.programs / "old" / "bin").mkdir(parents=True)
        (self.programs / "now").symlink_to(self.programs / "old")
        for name, script in _DOUBLES.items():
            double = folder / "bin" / name
            double.parent.mkdir(exist_ok=True)
            double.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            double.chmod(0o755)
        with open_register(Settings(self.course, self.data, OFFICE)) as store:
            a_cohort(store, "Siti Rahayu")

    @property
    def now(self) -> str:
        return (self.programs / "now").readlink().name

    def upgraded(self, wheel: Path, health: str) -> subprocess.CompletedProcess[str]:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("PSM_")
        }
        environment |= {
            "PATH": f"{self.said.parent / 'bin'}:{Path(sys.executable).parent}:/usr/bin:/bin",
            "PYTHONPATH": str(self.there),
        }
        environment |= {
            "PSM_PROGRAMS": str(self.programs),
            "PSM_HEALTH": health,
            "PSM_SAID": str(self.said),
            "PIP_NO_INDEX": "1",
        }
        command = ["sh", "server/upgrade.sh", wheel]
        return subprocess.run(
            command, cwd=self.course, env=environment, capture_output=True, text=True, check=False
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@contextmanager
def answering(is_well: Callable[[], bool]) -> Iterator[str]:
    """The address of a health page that tells what the program that is served now would."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if is_well() else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sehat"
        server.shutdown()


def test_the_new_program_takes_over(machine: Machine, wheel: Path) -> None:
    with answering(lambda: machine.now != "old") as health:
        ran = machine.upgraded(wheel, health)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert machine.now.startswith("psm_course-")
    assert ran.stdout.splitlines()[-1] == Contains(
        "Selesai. ", "Program yang lama", f" {machine.programs / 'old'}."
    )
    assert machine.said.read_text().splitlines() == ["stop psm", "start psm"]
    version = subprocess.run(
        [machine.programs / "now" / "bin" / "psm", "--version"],
        env={"PYTHONPATH": str(machine.there)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert version.stdout.startswith("psm, versi ")


def test_a_program_that_does_not_answer_is_taken_back(machine: Machine, wheel: Path) -> None:
    with answering(lambda: machine.now == "old") as health:
        ran = machine.upgraded(wheel, health)

    assert (ran.returncode, machine.now) == (1, "old"), ran.stdout + ran.stderr
    assert ran.stdout.splitlines()[-1] == Contains("baru tidak menjawab", "yang lama dipakai lagi")
    assert machine.said.read_text().splitlines() == [
        "stop psm",
        "start psm",
        "stop psm",
        "start psm",
    ]


def test_a_register_that_cannot_go_along_keeps_the_old_program(
    machine: Machine, wheel: Path
) -> None:
    (machine.data / "register.db").write_bytes(b"bukan register")

    with answering(lambda: True) as health:
        ran = machine.upgraded(wheel, health)

    assert (ran.returncode, machine.now) == (1, "old"), ran.stdout + ran.stderr
    assert ran.stdout.splitlines()[-1] == Contains(
        "Pembaruan dibatalkan", "register tetap yang lama"
    )
    assert machine.said.read_text().splitlines() == ["stop psm", "start psm"]


def test_what_is_no_wheel_stops_nothing(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "psm_course-9.whl").write_bytes(b"bukan")

    ran = machine.upgraded(tmp_path / "psm_course-9.whl", "http://127.0.0.1:9/")

    assert (ran.returncode != 0, machine.now, machine.said.exists()) == (True, "old", False)
