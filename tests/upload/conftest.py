from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from psm_course.site.build import FIRST_PAGE
from psm_course.site.output.publish import publish
from psm_course.upload.address import Address, read_address
from psm_course.upload.remote import LIST, READY
from tests.faults.office_folder import some_pages
from tests.upload.servers import KEY_ID, SECRET, Door, SshServer, Store, running_store


@dataclass(frozen=True)
class Place:
    """A place for a site on another machine, and a look at what lies there without asking it."""

    typed: str
    door: Door
    look: Callable[[], dict[str, bytes]]
    lay: Callable[[str, bytes], None]

    @property
    def address(self) -> Address:
        return read_address(self.typed)

    def shown(self) -> dict[str, bytes]:
        """What readers get, unpacked; without our own list."""
        return {
            path: content
            for path, content in self._unpacked()
            if path != LIST and not path.startswith(f"{READY}/")
        }

    def ready(self) -> set[str]:
        """What has arrived whole and is shown to nobody yet."""
        names = {
            path.removeprefix(f"{READY}/") for path in self.look() if path.startswith(f"{READY}/")
        }
        return {name for name in names if len(name) == 64}

    def _unpacked(self) -> Iterator[tuple[str, bytes]]:
        for path, content in self.look().items():
            unpacked = content
            if not path.endswith(".gz"):
                with suppress(gzip.BadGzipFile):
                    unpacked = gzip.decompress(content)
            yield path, unpacked


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    with running_store() as running:
        yield running


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SshServer]:
    """The server, and the laptop of the person who may come in."""
    server = SshServer(tmp_path / "ssh")
    as_at_home(server, monkeypatch)
    yield server
    server.door.close()


def as_at_home(server: SshServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(server.home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


@pytest.fixture
def ssh_place(ssh: SshServer, tmp_path: Path) -> Place:
    folder = tmp_path / "server" / "situs"
    folder.mkdir(parents=True)
    return in_folder(ssh, folder)


def in_folder(ssh: SshServer, folder: Path) -> Place:
    def look() -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    def lay(path: str, content: bytes) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)

    return Place(ssh.address(folder), ssh.door, look, lay)


@pytest.fixture
def account(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The office's account at the store, in the environment."""
    monkeypatch.setenv("HOME", str(tmp_path / "kosong"))
    for name in (
        "AWS_PROFILE",
        "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT_URL_S3",
        "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE",
    ):
        monkeypatch.delenv(name, raising=False)
    for name, value in (
        ("ACCESS_KEY_ID", KEY_ID),
        ("SECRET_ACCESS_KEY", SECRET),
        ("ENDPOINT_URL", store.endpoint),
        ("REGION", "us-east-1"),
    ):
        monkeypatch.setenv(f"AWS_{name}", value)


@pytest.fixture
def store_place(store: Store, account: None) -> Iterator[Place]:
    bucket = store.new_bucket()

    def look() -> dict[str, bytes]:
        return {path.removeprefix("psm/"): content for path, content in store.files(bucket).items()}

    yield Place(
        f"s3://{bucket}/psm",
        store.door,
        look,
        lambda path, content: store.lay(bucket, f"psm/{path}", content),
    )
    store.door.left = None


@pytest.fixture(params=["ssh", "store"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(f"{request.param}_place")
    return found


def a_site(folder: Path, word: str, **extra: bytes) -> Path:
    """A published site whose pages say this word, with a snapshot and a list that it names."""
    some_pages(folder, word)
    beside = {
        "snapshot.json": f'{{"word":"{word}"}}'.encode(),
        "status/0": f"status {word}".encode(),
        "keys.json": b"{}",
    }
    publish(
        folder / "var" / "build" / "_build" / "html",
        folder / "situs",
        FIRST_PAGE,
        {**beside, **extra},
    )
    return folder / "situs"
