"""What `psm new server` writes: the image's steps in a plain root, the unit as systemd reads it,
and nothing secret by default.
"""

from __future__ import annotations

import re
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.starting.server import write_server
from tests.builders import a_course
from tests.needs import CADDY, SYSTEMD
from tests.starting.image import Image
from tests.test_wheel import built

HOST = "bimtek.contoh.go.id"
WRITTEN = {
    ".env",
    "Caddyfile",
    "Containerfile",
    "compose.yml",
    "psm.env",
    "psm.service",
    "requirements.lock",
    "upgrade.sh",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_server(a_course(tmp_path / "kursus"), HOST)


def services(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / "compose.yml").read_text(encoding="utf-8"))[
        "services"
    ]
    return found


# ---- written -------------------------------------------------------------------------------------


def test_it_is_written_with_the_sites_own_name(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == WRITTEN
    assert f"\n{HOST} {{\n" in (folder / "Caddyfile").read_text(encoding="utf-8")
    assert [
        path.name for path in folder.iterdir() if "{HOST}" in path.read_text(encoding="utf-8")
    ] == []


def test_the_password_is_new_each_time_and_for_its_owner_alone(
    folder: Path, tmp_path: Path
) -> None:
    other = write_server(a_course(tmp_path / "lain"), HOST)
    passwords = [
        re.findall(
            r"^PSM_DATABASE_PASSWORD=([\w-]{43})$", (each / ".env").read_text(), re.MULTILINE
        )
        for each in (folder, other)
    ]

    assert passwords[0] != passwords[1]
    assert [len(each) for each in passwords] == [1, 1]
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
    others = [path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name != ".env"]
    assert [text for text in others if passwords[0][0] in text] == []


def test_what_is_there_already_is_left_alone(folder: Path) -> None:
    before = (folder / ".env").read_bytes()

    with pytest.raises(Refused, match=r"^Folder server sudah ada"):
        write_server(folder.parent, HOST)

    assert (folder / ".env").read_bytes() == before


@pytest.mark.parametrize(
    "host",
    [
        "https://bimtek.go.id",
        "bimtek",
        "bimtek.go.id/psm",
        "a b.id",
        "-a.id",
        "BIMTEK.go.id",
        "x" * 300 + ".id",
        "a.id\n",
    ],
)
def test_what_is_no_name_of_a_server_is_refused(tmp_path: Path, host: str) -> None:
    with pytest.raises(Refused) as refused:
        write_server(tmp_path, host)

    assert str(refused.value) == Contains(
        f'"{host}" bukan nama server', ": psm new server bimtek.contoh.go.id"
    )
    assert list(tmp_path.iterdir()) == []


# ---- containers ----------------------------------------------------------------------------------


def test_the_images_steps_make_a_program_that_works_as_nobody_special(
    folder: Path, tmp_path: Path
) -> None:
    built(folder)
    image = Image(tmp_path / "akar")
    image.build(folder / "Containerfile")
    course = {folder.parent: "/kursus"}

    assert image.run("--version").startswith("psm, versi ")
    assert image.run("db", "migrate", mounted=course) == "Register siap dipakai.\n"
    assert '"sound":true' in image.run("db", "check", "--json", mounted=course).replace(" ", "")
    register = tmp_path / "akar" / "data" / "register.db"
    assert (register.stat().st_uid, stat.S_IMODE(register.parent.stat().st_mode)) == (10001, 0o700)


def test_every_container_is_as_small_as_it_can_be(folder: Path) -> None:
    for name, service in services(folder).items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges"], name
    assert services(folder)["psm"]["user"] == "10001:10001"
    assert [name for name, service in services(folder).items() if "ports" in service] == ["caddy"]


def test_nothing_starts_without_the_secret(folder: Path) -> None:
    """As compose says it: what stands after `:?` is the sentence for a missing variable."""
    text = (folder / "compose.yml").read_text(encoding="utf-8")

    assert re.findall(r"\$\{(\w+)([^}]*)\}", text) == [
        ("PSM_DATABASE_PASSWORD", Contains(":?belum ada", " .env ", "psm new server")),
        ("PSM_DATABASE_PASSWORD", Contains(":?belum ada", " .env ", "psm new server")),
    ]


def test_psm_believes_the_container_that_caddy_is_in(folder: Path) -> None:
    psm, caddy = services(folder)["psm"], services(folder)["caddy"]
    own, proxy = (service["networks"]["front"]["ipv4_address"] for service in (psm, caddy))

    assert psm["command"] == ["serve", "--behind-proxy", proxy, "--address", own]
    assert caddy["environment"]["PSM_UPSTREAM"] == f"{own}:8765"
    assert "front" not in services(folder)["database"]["networks"]


# ---- systemd and Caddy ---------------------------------------------------------------------------


def test_systemd_understands_the_unit_and_finds_it_well_shut(folder: Path) -> None:
    program, unit = SYSTEMD.require(), folder / "psm.service"

    verified = subprocess.run(
        [program, "verify", unit], capture_output=True, text=True, check=False
    )
    rated = subprocess.run(
        [program, "security", "--offline=true", "--threshold=15", unit],
        capture_output=True,
        text=True,
        check=False,
    )

    assert [
        line
        for line in verified.stderr.splitlines()
        if "psm" in line and "/opt/psm/now/bin/psm is not executable" not in line
    ] == []
    assert rated.returncode == 0, rated.stdout[-300:]


def test_caddy_understands_its_file(folder: Path) -> None:
    command = [
        CADDY.require(),
        "validate",
        "--adapter",
        "caddyfile",
        "--config",
        folder / "Caddyfile",
    ]
    validated = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"HOME": str(folder)}
    )

    assert (validated.returncode, "Valid configuration" in validated.stdout + validated.stderr) == (
        0,
        True,
    )
    formatted = subprocess.run(
        [CADDY.require(), "fmt", folder / "Caddyfile"], capture_output=True, text=True, check=True
    )
    assert formatted.stdout == (folder / "Caddyfile").read_text(encoding="utf-8")


def test_the_shell_understands_the_script(folder: Path) -> None:
    subprocess.run(["sh", "-n", folder / "upgrade.sh"], check=True)
