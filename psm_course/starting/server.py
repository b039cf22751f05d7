"""Writes the folder `server`: files to run the program in containers or under systemd."""

import os
import re
import secrets
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

from psm_course.errors import Refused, StoreError, cause

FOLDER = "server"
_LOCK = "requirements.lock"  # carried by the wheel; in the repository it lies at the top
_NAMES = ("Containerfile", "compose.yml", "Caddyfile", "psm.service", "psm.env", "upgrade.sh")
_PACKAGE = Path(__file__).parents[1]
_HOST = re.compile(
    r"(?=.{4,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+"
)
_SECRETS = """# Rahasia server ini, dibuat acak. Jangan dibagikan; isinya tidak perlu diingat.
PSM_DATABASE_PASSWORD={password}
"""


def write_server(root: Path, host: str) -> Path:
    """Write the folder `server` of a course: all of it or nothing. Returns the folder.

    The password in `server/.env` is new, and only the owner can read that file.

    Args:
        root: the course.
        host: the host name of the site, such as `bimtek.contoh.go.id`.

    Raises:
        Refused: `host` is not a host name, or the folder is there already.
        StoreError: the folder cannot be written.
    """
    if not _HOST.fullmatch(host):
        raise Refused(
            f'"{host}" bukan nama server. Tulis namanya saja, misalnya: psm new server'
            " bimtek.contoh.go.id"
        )
    folder = root / FOLDER
    if folder.exists():
        raise Refused(
            f"Folder {FOLDER} sudah ada; tidak ada yang diubah. Pindahkan dahulu bila ingin"
            " membuatnya lagi."
        )
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{FOLDER}-", dir=root))
        try:
            _write(made, host)
            made.chmod(0o755)  # `mkdtemp` makes it for its owner alone
            made.replace(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise StoreError(
            f"Folder {folder} tidak dapat ditulis: {cause(error)}. Tidak ada yang tertinggal."
        ) from None
    return folder


def _write(folder: Path, host: str) -> None:
    carried = files("psm_course.starting").joinpath("server")
    for name in _NAMES:
        text = carried.joinpath(name).read_text(encoding="utf-8").replace("{HOST}", host)
        _write_for_all(folder / name, text)
    lock = _PACKAGE / "starting" / "server" / _LOCK
    _write_for_all(
        folder / _LOCK,
        (lock if lock.is_file() else _PACKAGE.parent / _LOCK).read_text(encoding="utf-8"),
    )
    with open(  # noqa: PTH123 - a descriptor
        os.open(folder / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as secret:
        secret.write(_SECRETS.format(password=secrets.token_urlsafe(32)))


def _write_for_all(path: Path, text: str) -> None:
    """Write a file that every user may read: the program in a container runs as another user."""
    path.write_text(text, encoding="utf-8", newline="\n")
    path.chmod(0o644)
