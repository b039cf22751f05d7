"""Addresses of a site on another machine: `sftp://user@host/folder` or `s3://bucket/folder`."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from psm_course.errors import Refused

_EXAMPLES = "Contoh: sftp://dinsos@situs.contoh.go.id/srv/www/psm, atau s3://nama-ember/psm."
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Address:
    """The folder of a site on another machine.

    Attributes:
        scheme: `sftp` for a folder on a server, over SSH; `s3` for a folder of a bucket in an
            object store.
        host: name of the machine, or of the bucket.
        path: the folder. On a server, a path that does not begin with a slash starts in the user's
            home. In a bucket the path may be empty.
        user: account on the machine; empty: the one in the SSH configuration.
        port: port of the SSH server; None: the one in the SSH configuration.
    """

    scheme: Literal["sftp", "s3"]
    host: str
    path: str
    user: str = ""
    port: int | None = None

    def __str__(self) -> str:
        """The address as a person types it. It never contains a secret."""
        user, port = f"{self.user}@" if self.user else "", f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        path = self.path if self.scheme == "s3" or self.path.startswith("/") else f"/~/{self.path}"
        return (
            f"{self.scheme}://{user}{host}{port}{'/' if self.scheme == 's3' and path else ''}{path}"
        )


def is_address(text: str) -> bool:
    """True if the text is meant as an address, valid or not: it contains `://`, unlike a folder."""
    return "://" in text


def read_address(text: str) -> Address:
    """Parse an address as a person types it.

    Raises:
        Refused: it is not a valid address, contains a password, or names no folder on an SSH
            server. Except for a password, the error's message has an example of an address.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Refused(f"Alamat itu tidak terbaca. {_EXAMPLES}") from None
    if parts.password is not None:
        raise Refused(
            "Jangan menulis kata sandi di alamat: perintah tersimpan di riwayat dan terlihat orang"
            " lain. Pakai kunci SSH."
        )
    # In the text, not in `parts`: `urlsplit` drops tabs and line ends without a word.
    if parts.query or parts.fragment or re.search(r"[\x00-\x20\x7f]", text):
        raise Refused(f"Alamat itu tidak terbaca. {_EXAMPLES}")
    path = _plain(text, unquote(parts.path))
    if parts.scheme == "sftp" and parts.hostname and path:
        return Address("sftp", parts.hostname, path, unquote(parts.username or ""), port)
    if parts.scheme == "s3" and _BUCKET.fullmatch(parts.netloc):
        return Address("s3", parts.netloc, path.strip("/"))
    if parts.scheme == "sftp" and parts.hostname:
        raise Refused(f"Sebutkan juga foldernya di server itu. {_EXAMPLES}")
    raise Refused(f'Alamat "{text}" tidak terbaca. {_EXAMPLES}')


def _plain(text: str, path: str) -> str:
    """Return the path of an address without empty parts.

    `/~/web` becomes `web`, a path that starts in the user's home. The result is empty if the path
    names no folder. `text` is the whole address, for the message of an error.

    Raises:
        Refused: a part is "." or "..".
    """
    parts = [part for part in path.split("/") if part]
    if {".", ".."} & set(parts):
        raise Refused(f'Alamat "{text}" memuat "." atau "..". Tulis foldernya lengkap. {_EXAMPLES}')
    if parts[:1] == ["~"]:
        return "/".join(parts[1:])
    return "/" + "/".join(parts) if parts else ""
