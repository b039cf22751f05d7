"""`psm serve --lan` in networks of its own: a hotspot without a route, two networks, one that
changes its address meanwhile.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from dirty_equals import Contains

from tests.cli.conftest import Psm
from tests.needs import NETWORKS

PORT = 8765
HOTSPOT = ("wlan0", "192.168.137.1")
CABLE = ("eth0", "10.20.30.40")
_READY = "Tekan Ctrl+C untuk berhenti."
_ASK = "import sys, urllib.request as u; print(u.urlopen(sys.argv[1], timeout=30).read().decode())"


@dataclass(frozen=True)
class Network:
    """A namespace with its own network adapters; it lasts as long as the program that holds it."""

    holder: int

    def run(self, *command: str) -> str:
        inside = [
            "nsenter",
            f"--target={self.holder}",
            "--user",
            "--net",
            "--preserve-credentials",
            *command,
        ]
        return subprocess.run(inside, check=True, capture_output=True, text=True).stdout

    def gets(self, adapter: str, address: str) -> None:
        """An adapter with an address, and no route to anywhere else."""
        self.run("ip", "link", "add", adapter, "type", "veth", "peer", "name", f"{adapter}-b")
        for end in (adapter, f"{adapter}-b"):
            self.run("ip", "link", "set", end, "up")
        self.run("ip", "address", "add", f"{address}/24", "dev", adapter)

    def loses(self, adapter: str, address: str) -> None:
        self.run("ip", "address", "del", f"{address}/24", "dev", adapter)

    def opens(self, url: str) -> str:
        """The page, as somebody in this network is shown it."""
        return self.run(sys.executable, "-c", _ASK, url)

    @contextmanager
    def serving(self, course: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
        """`psm serve` there, ready to answer; its first lines are read."""
        command = [
            "nsenter",
            f"--target={self.holder}",
            "--user",
            "--net",
            "--preserve-credentials",
        ]
        command += [
            sys.executable,
            "-m",
            "psm_course.cli.main",
            "serve",
            "--port",
            str(PORT),
            *options,
        ]
        unbuffered = os.environ | {
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "ascii",
        }  # no codes drawn in the terminal
        with subprocess.Popen(
            command, cwd=course, stdout=subprocess.PIPE, text=True, env=unbuffered
        ) as process:
            try:
                yield process
            finally:
                process.send_signal(signal.SIGINT)
                process.communicate(timeout=60)


@pytest.fixture
def network() -> Iterator[Network]:
    """A machine with nothing but itself."""
    NETWORKS.require()
    held = [
        "unshare",
        "--map-root-user",
        "--net",
        "sh",
        "-c",
        "ip link set lo up && echo ready && exec cat",
    ]
    with subprocess.Popen(held, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "ready\n"
        yield Network(holder.pid)
        holder.terminate()


@pytest.fixture
def served(psm: Psm, course: Path) -> Path:
    """A course with a site that says one word, and an account."""
    (course / "var" / "site").mkdir(parents=True)
    (course / "var" / "site" / "index.html").write_text("Situs", encoding="utf-8")
    psm("account", "add", "siti", "--role", "petugas", stdin=b"kuda laut biru")
    return course


def said_at_first(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    return [line.rstrip("\n") for line in iter(process.stdout.readline, f"{_READY}\n")]


def next_said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def for_phones(said: Sequence[str]) -> list[list[str]]:
    """Each network with its address, as the lines for phones end."""
    return [line.split()[-2:] for line in said if line.startswith("Untuk ponsel")]


def test_on_its_own_hotspot_without_a_route_it_is_found(network: Network, served: Path) -> None:
    network.gets(*HOTSPOT)
    with network.serving(served, "--lan") as process:
        said = said_at_first(process)
        pages = [network.opens(f"http://{host}:{PORT}/") for host in ("127.0.0.1", HOTSPOT[1])]
        first = network.opens(f"http://{HOTSPOT[1]}:{PORT}/ponsel")

    assert for_phones(said) == [["wlan0:", "http://192.168.137.1:8765/"]]
    assert any("kata sandi dapat disadap" in line for line in said)
    assert pages == ["Situs\n", "Situs\n"]
    assert re.findall(r"<h[12]>(.*?)</h", first) == [
        "Ponsel Anda tersambung",
        "Bisa di sini",
        "Belum bisa di sini",
    ]


def test_with_two_networks_both_are_told_and_answered(network: Network, served: Path) -> None:
    network.gets(*HOTSPOT)
    network.gets(*CABLE)
    with network.serving(served, "--lan") as process:
        said = said_at_first(process)
        pages = [network.opens(f"http://{address}:{PORT}/") for _, address in (HOTSPOT, CABLE)]

    assert for_phones(said) == [
        ["eth0:", "http://10.20.30.40:8765/"],
        ["wlan0:", "http://192.168.137.1:8765/"],
    ]
    assert Contains("Ada 2 jaringan", "psm serve --lan --address 10.20.30.40") in said
    assert pages == ["Situs\n", "Situs\n"]


def test_only_the_chosen_address_is_opened(network: Network, served: Path) -> None:
    network.gets(*HOTSPOT)
    network.gets(*CABLE)
    with network.serving(served, "--address", CABLE[1]) as process:
        said = said_at_first(process)
        page = network.opens(f"http://{CABLE[1]}:{PORT}/")
        with pytest.raises(subprocess.CalledProcessError) as refused:
            network.opens(f"http://{HOTSPOT[1]}:{PORT}/")

    assert for_phones(said) == [["eth0:", "http://10.20.30.40:8765/"]]
    assert page == "Situs\n"
    assert "Connection refused" in refused.value.stderr


def test_a_new_address_is_answered_and_said(network: Network, served: Path) -> None:
    network.gets(*HOTSPOT)
    with network.serving(served, "--lan") as process:
        said_at_first(process)
        network.loses(*HOTSPOT)
        gone = next_said(process)
        network.run("ip", "address", "add", "192.168.43.1/24", "dev", "wlan0")
        come = next_said(process)
        page = network.opens("http://192.168.43.1:8765/")

    assert gone == Contains("192.168.137.1 (wlan0) tidak ada lagi", "tidak tersambung")
    assert come == Contains("Alamat baru", ": 192.168.43.1 (wlan0). ", "kode yang baru")
    assert page == "Situs\n"


def test_without_a_network_it_waits_for_one(network: Network, served: Path) -> None:
    with network.serving(served, "--lan") as process:
        said = said_at_first(process)
        network.gets(*HOTSPOT)
        come = next_said(process)
        page = network.opens(f"http://{HOTSPOT[1]}:{PORT}/")

    assert Contains("belum tersambung", "Wi-Fi atau hotspot") in said
    assert come == Contains("Alamat baru", ": 192.168.137.1 (wlan0). ", "kode yang baru")
    assert page == "Situs\n"
