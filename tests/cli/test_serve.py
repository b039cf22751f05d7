"""`psm serve` as a process of its own: it says where it is, answers there, and stops when told."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import Psm


@pytest.fixture
def served(psm: Psm, course: Path) -> Path:
    """A course with a cohort and a site that says one word."""
    psm("cohort", "new", "D26", "--start", "2026-11-24")
    (course / "var" / "site").mkdir()
    (course / "var" / "site" / "index.html").write_text("Situs", encoding="utf-8")
    return course


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def test_it_serves_site_and_status_where_it_says_and_stops_when_told(served: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "psm_course.cli.main", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=served, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = [process.stdout.readline().split()[-1] for _ in range(2)]
        process.stdout.readline()
        pages = [urllib.request.urlopen(address, timeout=30).read().decode() for address in said]  # noqa: S310 - our own loopback
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=30)

    assert said == [f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{port}/angkatan/D26"]
    assert pages[0] == "Situs"
    assert "Angkatan D26" in pages[1]
    assert "Traceback" not in complaints


def test_a_port_in_use_is_said_with_another_to_try(psm: Psm, served: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        ran = psm("serve", "--port", str(port))

    assert ran == (2, "", f"Port {port} sedang dipakai. Coba: psm serve --port {port + 1}\n")


def test_without_a_site_it_says_how_to_make_one(psm: Psm) -> None:
    assert psm("serve") == (2, "", "Situs belum disusun. Jalankan dulu: psm build\n")
