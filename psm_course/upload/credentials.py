"""Reads our account at an object store: from environment variables, or from files.

The files are those of Amazon's tools, `~/.aws/config` and `~/.aws/credentials`; environment
variables can name other files.

The account's key is never read from the command line, because the shell keeps commands in its
history.
"""

import configparser
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from psm_course.errors import Refused

_FILES = "~/.aws/credentials"


@dataclass(frozen=True, slots=True)
class Account:
    """Keys for an object store.

    Attributes:
        key_id: public part of the key.
        secret: secret part of the key.
        token: session token of a temporary key; empty for a permanent key.
        endpoint: address of the store; empty: Amazon's own.
        region: region of the bucket.
    """

    key_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False, default="")
    endpoint: str = ""
    region: str = "us-east-1"


def read_account(environment: Mapping[str, str] = os.environ) -> Account:
    """Read the account from environment variables.

    A value that is missing there is read from the files of Amazon's tools (`~/.aws`).

    Raises:
        Refused: there is no key, a file cannot be read, or the endpoint is neither https:// nor on
            this machine.
    """
    kept = _kept(environment)
    key_id = environment.get("AWS_ACCESS_KEY_ID") or kept.get("aws_access_key_id", "")
    secret = environment.get("AWS_SECRET_ACCESS_KEY") or kept.get("aws_secret_access_key", "")
    if not key_id or not secret:
        raise Refused(
            "Kunci penyimpanan objek belum ada. Tulis aws_access_key_id dan aws_secret_access_key"
            f" di {_FILES}, atau isi AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY. Jangan menulisnya"
            " di perintah."
        )
    endpoint = (
        environment.get("AWS_ENDPOINT_URL_S3")
        or environment.get("AWS_ENDPOINT_URL")
        or kept.get("endpoint_url", "")
    )
    region = (
        environment.get("AWS_REGION")
        or environment.get("AWS_DEFAULT_REGION")
        or kept.get("region", "")
        or "us-east-1"
    )
    token = environment.get("AWS_SESSION_TOKEN") or kept.get("aws_session_token", "")
    _refuse_open(endpoint)
    return Account(key_id, secret, token, endpoint.rstrip("/"), region)


def is_here(endpoint: str) -> bool:
    """True if the endpoint is on this machine."""
    return urlsplit(endpoint).hostname in ("127.0.0.1", "::1", "localhost")


def _refuse_open(endpoint: str) -> None:
    if (
        endpoint
        and not endpoint.startswith("https://")
        and not (endpoint.startswith("http://") and is_here(endpoint))
    ):
        raise Refused(
            "Alamat penyimpanan objek (AWS_ENDPOINT_URL) harus diawali https://, bukan"
            f' "{endpoint}".'
        )


def _kept(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Return the values in the files of Amazon's tools, such as `region`, by their names.

    Only the section of one profile is read: the profile in `AWS_PROFILE`, or `default`. If a file
    or the profile is missing, the result has fewer values or none. Other object stores, too, tell
    their customers to write keys into these files.

    Raises:
        Refused: a file cannot be read.
    """
    profile, home = environment.get("AWS_PROFILE") or "default", Path.home() / ".aws"
    # As in Amazon's tools: only "config" says "profile" before a name, and "credentials" wins.
    places = {
        Path(environment.get("AWS_CONFIG_FILE") or home / "config"): (
            profile if profile == "default" else f"profile {profile}"
        ),
        Path(environment.get("AWS_SHARED_CREDENTIALS_FILE") or home / "credentials"): profile,
    }
    found: dict[str, str] = {}
    for path, section in places.items():
        # A secret may contain a %, which ConfigParser would take for a reference.
        parser = configparser.ConfigParser(interpolation=None)
        try:
            parser.read_string(path.read_text(encoding="utf-8")) if path.is_file() else None
        except (OSError, ValueError, configparser.Error):
            raise Refused(
                f"{path} tidak terbaca. Tulis [default] di baris pertama, lalu setiap baris: nama"
                " = isi"
            ) from None
        found |= dict(parser[section]) if parser.has_section(section) else {}
    return found
