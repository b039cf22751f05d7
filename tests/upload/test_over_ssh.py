"""A server that is not to be believed, does not let us in or takes no more: a sentence with what to
do, and everything as before.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import asyncssh
import pytest
from dirty_equals import Contains

from psm_course.errors import Refused
from psm_course.upload.address import read_address
from psm_course.upload.opening import send_there
from psm_course.upload.remote import Cut
from tests.needs import NETWORKS, SSH_SERVER
from tests.upload.conftest import Place, a_site, as_at_home, in_folder
from tests.upload.servers import SshServer


def refused(place: Place, site: Path) -> str:
    with pytest.raises((Refused, Cut)) as caught:
        send_there(place.address, site, lambda _: None)
    return str(caught.value)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return a_site(tmp_path, "Satu")


def test_an_unknown_server_is_told_with_its_key_and_believed_nothing(
    ssh: SshServer, ssh_place: Place, site: Path
) -> None:
    ssh.know(None)

    said = refused(ssh_place, site)

    assert said == Contains(
        "belum mengenal 127.0.0.1; ",
        f"kuncinya {ssh.theirs.get_fingerprint()}.",
        f"ssh -p {ssh.door.port} ",
    )
    assert said.endswith("Tidak ada yang dikirim.")
    assert (ssh.home / ".ssh" / "known_hosts").read_text(encoding="utf-8") == ""
    assert ssh_place.look() == {}


@pytest.mark.parametrize(
    "configured", ["", "Host *\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n"]
)
def test_a_server_with_another_key_than_before_is_not_believed(
    ssh: SshServer, ssh_place: Place, site: Path, configured: str
) -> None:
    """Whatever the configuration of `ssh` says."""
    (ssh.home / ".ssh" / "config").write_text(configured, encoding="utf-8")
    ssh.know(asyncssh.generate_private_key("ssh-ed25519"))

    said = refused(ssh_place, site)

    assert said.startswith("BERHENTI: kunci 127.0.0.1 ")
    assert ssh.theirs.get_fingerprint() in said
    assert ssh_place.look() == {}


def test_a_key_that_the_server_does_not_take_is_said(
    ssh: SshServer, ssh_place: Place, site: Path
) -> None:
    ssh.write_key(ssh.home / ".ssh" / "id_ed25519", asyncssh.generate_private_key("ssh-ed25519"))

    said = refused(ssh_place, site)

    assert said.startswith("127.0.0.1 tidak menerima kunci SSH")
    assert "ssh-add" in said


def test_a_key_in_the_agent_is_enough(
    ssh: SshServer, ssh_place: Place, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its passphrase typed there, and nowhere else."""
    _, agent, add = SSH_SERVER.require()
    key = ssh.home / ".ssh" / "id_ed25519"
    with subprocess.Popen(
        [agent, "-D", "-a", tmp_path / "agen"], stdout=subprocess.PIPE, text=True
    ) as running:
        try:
            assert running.stdout is not None
            assert "SSH_AUTH_SOCK" in running.stdout.readline()
            monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "agen"))
            subprocess.run([add, "-q", key], check=True)
            key.unlink()

            done = send_there(ssh_place.address, site, lambda _: None)
        finally:
            running.kill()

    assert done.files == len(ssh_place.shown())


def test_a_server_that_is_not_there_is_said(ssh: SshServer, ssh_place: Place, site: Path) -> None:
    ssh.door.close()

    assert refused(ssh_place, site) == Contains(
        "127.0.0.1 tidak dapat dihubungi: ", "tidak ada server SSH"
    )


def test_a_name_that_nobody_has_is_said(ssh: SshServer, site: Path) -> None:
    with pytest.raises(Refused, match=r"^tidak-ada\.invalid .*dihubungi: "):
        send_there(read_address("sftp://psm@tidak-ada.invalid/srv/situs"), site, lambda _: None)


def test_a_folder_that_is_not_there_is_not_made(ssh: SshServer, tmp_path: Path, site: Path) -> None:
    said = refused(in_folder(ssh, tmp_path / "salah"), site)

    assert said == Contains(
        "127.0.0.1 tidak ada folder", f" {tmp_path / 'salah'}. ", "Buat foldernya"
    )
    assert not (tmp_path / "salah").exists()


def test_without_the_right_to_write_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Path
) -> None:
    server, folder = SshServer(tmp_path / "hanya-baca", "internal-sftp -R"), tmp_path / "situs-jauh"
    as_at_home(server, monkeypatch)
    folder.mkdir()

    said = refused(in_folder(server, folder), site)

    assert said == Contains("127.0.0.1 tidak boleh menulis", str(folder))
    assert list(folder.iterdir()) == []


def test_a_full_disk_over_there_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Path
) -> None:
    """The folder is a disk of its own, of 64 kB, which only this server sees."""
    folder, held = tmp_path / "situs-jauh", tmp_path / "sftp"
    folder.mkdir()
    mount = f"mount -t tmpfs -o size=64k none {folder} && exec /usr/lib/openssh/sftp-server"
    held.write_text(
        f"#!/bin/sh\nexec {NETWORKS.require()[1]} --map-root-user --mount sh -c '{mount}'\n",
        encoding="utf-8",
    )
    held.chmod(0o755)
    server = SshServer(tmp_path / "penuh", str(held))
    as_at_home(server, monkeypatch)

    assert refused(in_folder(server, folder), site) == "penyimpanan di 127.0.0.1 penuh"


def test_what_the_web_server_has_to_read_may_be_read(
    ssh_place: Place, site: Path, tmp_path: Path
) -> None:
    (site / "index.html").chmod(0o600)

    send_there(ssh_place.address, site, lambda _: None)

    folder = tmp_path / "server" / "situs"
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_dir()} == {0o755}
