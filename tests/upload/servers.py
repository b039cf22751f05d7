"""Real servers on this machine that take a site: OpenSSH's, and the object store moto. Both behind
a door that can cut a connection.
"""

from __future__ import annotations

import getpass
import itertools
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import Request, urlopen

import asyncssh
import obstore
from obstore.store import S3Store

from tests.needs import OBJECT_STORE, SSH_SERVER

KEY_ID, SECRET = "AKIAPSMCOURSE", "rahasia-sekali-1234"
_BUCKETS = itertools.count(1)
_PIECE = 4096


class Door:
    """A port that passes every connection on. `left`: how many bytes may still go in before all are
    cut; None: any number.
    """

    def __init__(self, further: Callable[[], socket.socket]) -> None:
        self._further = further
        self.left: int | None = None
        self.held = threading.Event()
        self._open, self._hold_at = threading.Event(), 0
        self._open.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._let_in, daemon=True).start()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                came, _ = self._listening.accept()
                behind = self._further()
                threading.Thread(target=self._pass, args=(came, behind, True), daemon=True).start()
                threading.Thread(target=self._pass, args=(behind, came, False), daemon=True).start()

    def _pass(self, source: socket.socket, to: socket.socket, is_inward: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                if is_inward and not self._open.is_set():
                    self._hold_at -= len(piece)
                    if self._hold_at < 0:
                        self.held.set()
                        self._open.wait()
                if is_inward and self.left is not None:
                    self.left -= len(piece)
                    if self.left < 0:
                        break
                to.sendall(piece)
        for end in (source, to):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def hold_after(self, size: int) -> None:
        """Pass on at most so many bytes, until `let_go`. `held` says that it has come to that."""
        self._hold_at = size
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()

    def close(self) -> None:
        self._open.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


# ---- OpenSSH -------------------------------------------------------------------------------------


class SshServer:
    """`sshd` with a host key and a configuration of its own, started anew for each connection, and
    a person who may come in.
    """

    def __init__(self, folder: Path, subsystem: str = "internal-sftp") -> None:
        self.home, self._folder = folder / "rumah", folder
        (self.home / ".ssh").mkdir(parents=True, mode=0o700)
        self.ours = asyncssh.generate_private_key("ssh-ed25519")
        self.theirs = asyncssh.generate_private_key("ssh-ed25519")
        self.write_key(self.home / ".ssh" / "id_ed25519", self.ours)
        self.write_key(folder / "kunci-server", self.theirs)
        self.ours.write_public_key(str(folder / "boleh-masuk"))
        self._configuration = folder / "sshd_config"
        lines = (
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "PermitRootLogin yes",
        )
        places = (
            f"HostKey {folder}/kunci-server",
            f"AuthorizedKeysFile {folder}/boleh-masuk",
            f"Subsystem sftp {subsystem}",
        )
        self._configuration.write_text(
            "\n".join([*lines, *places, "PidFile none", "LogLevel ERROR", ""]), encoding="utf-8"
        )
        if os.geteuid() == 0:
            # Debian makes it when its own server starts.
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.door = Door(self._one)
        self.know(self.theirs)

    @staticmethod
    def write_key(path: Path, key: asyncssh.SSHKey) -> None:
        key.write_private_key(str(path))
        path.chmod(0o600)

    def know(self, key: asyncssh.SSHKey | None) -> None:
        """What the person's laptop takes for the server's key; None: it has never been there."""
        line = f"[127.0.0.1]:{self.door.port} {key.export_public_key().decode()}" if key else ""
        (self.home / ".ssh" / "known_hosts").write_text(line, encoding="utf-8")

    def address(self, folder: Path) -> str:
        return f"sftp://{getpass.getuser()}@127.0.0.1:{self.door.port}{folder}"

    def _one(self) -> socket.socket:
        ours, its = socket.socketpair()
        command = [str(SSH_SERVER.require()[0]), "-i", "-e", "-f", str(self._configuration)]
        with its, (self._folder / "sshd.log").open("ab") as log:
            server = subprocess.Popen(command, stdin=its, stdout=its, stderr=log)
        threading.Thread(target=server.wait, daemon=True).start()
        return ours


# ---- moto ----------------------------------------------------------------------------------------


class Store:
    """A running object store, reached through a door."""

    def __init__(self, port: int) -> None:
        self.door = Door(lambda: socket.create_connection(("127.0.0.1", port)))
        self.direct = f"http://127.0.0.1:{port}"
        self.endpoint = f"http://127.0.0.1:{self.door.port}"

    def new_bucket(self) -> str:
        name = f"ember-{os.getpid()}-{next(_BUCKETS)}"
        self.ask("PUT", f"/{name}")
        return name

    def ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        signed = {
            "Authorization": (
                f"AWS4-HMAC-SHA256 Credential={KEY_ID}/20261129/us-east-1/s3/aws4_request,"
                " SignedHeaders=, Signature="
            )
        }
        with urlopen(  # noqa: S310 - our own
            Request(f"{self.direct}{path}", body or None, signed, method=method)  # noqa: S310
        ) as answer:
            return bytes(answer.read())

    def inside(self, bucket: str) -> S3Store:
        """To look into it, past the door."""
        return S3Store(
            bucket,
            endpoint=self.direct,
            access_key_id=KEY_ID,
            secret_access_key=SECRET,
            region="us-east-1",
            client_options={"allow_http": True},
        )

    def lay(self, bucket: str, path: str, content: bytes) -> None:
        obstore.put(self.inside(bucket), path, content)

    def files(self, bucket: str) -> dict[str, bytes]:
        inside = self.inside(bucket)
        return {
            each["path"]: bytes(obstore.get(inside, each["path"]).bytes())
            for some in obstore.list(inside)
            for each in some
        }


@contextmanager
def running_store() -> Iterator[Store]:
    environment = os.environ | {"PYTHONPATH": str(OBJECT_STORE.require())}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stderr is not None
        try:
            port = next(
                int(line.rpartition(":")[2])
                for line in server.stderr
                if "Running on http://" in line
            )
            threading.Thread(target=server.stderr.read, daemon=True).start()
            yield Store(port)
        finally:
            server.kill()
