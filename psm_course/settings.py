"""The settings of an office, read once when a program starts.

They come from `psm.toml` and from environment variables that begin with `PSM_`.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from psm_course.errors import Refused, cause

MARKER = Path("modules/course.yml")
_REGION = Path("modules/wilayah.yml")
_REHEARSED = "LATIHAN/{seq:04}/PSM-DASAR/{roman_month}/{year}"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an office, read once when a program starts.

    Names of officials are settings, never content.
    """

    root: Path = Path()
    data: Path = Path("var")
    # Kemendagri code of the city; empty: that of modules/wilayah.yml, else the register's own.
    office: str = ""
    database: str = ""  # address of a PostgreSQL register; empty: the SQLite file below
    record_number: str = "800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}"
    place: str = ""  # in front of dates; empty: that of modules/wilayah.yml
    signatory_title: str = ""  # empty: the head of the office of modules/wilayah.yml
    signatory_name: str = ""
    # Where the site is published, with https and no slash at the end:
    # what codes and signatures name.
    site_address: str = ""
    # Where `psm publish` brings the site: sftp://user@host/folder or s3://bucket/folder;
    # empty: nowhere.
    publish_to: str = ""
    # Addresses of a proxy in front of `psm serve`, separated by commas:
    # the visitor's address that such a proxy names is believed.
    proxy: str = ""
    # The office's number for hand-ins from phones that cannot share a file: 0812… or 62812….
    whatsapp: str = ""
    # The office's own web page, its e-mail and the address of its emblem (PNG or SVG),
    # told in badges.
    office_url: str = ""
    office_email: str = ""
    office_image: str = ""
    letterhead: str = ""  # lines of the letterhead, with | between them
    logo: str = ""  # a PNG or SVG file
    wording: str = ""  # what the certificate says of the holder, where the usual words do not do
    show_score: str = "yes"
    # none, folder or bsre: who puts the certified signature (TTE) on the PDF.
    certified_signature: str = "none"
    # Proposed; the office decides how long names are kept after a course.
    retention_years: str = "5"

    @property
    def letterhead_lines(self) -> tuple[str, ...]:
        """The lines of the letterhead, without empty ones."""
        return tuple(line.strip() for line in self.letterhead.split("|") if line.strip())

    @property
    def is_rehearsal(self) -> bool:
        """True for the settings of a rehearsal: certificate numbers are only for practice."""
        return self.record_number == _REHEARSED

    @property
    def register(self) -> Path:
        """The SQLite file of the register; not used if `database` names a server."""
        return self.data / "register.db"

    @property
    def keys(self) -> Path:
        """The office's key folder; keys that sign certificates are encrypted with a passphrase."""
        return self.data / "keys"

    @property
    def key_list(self) -> Path:
        """The file with the public list of signing keys; it is made with the office's first key."""
        return self.keys / "keys.json"

    @property
    def backups(self) -> Path:
        return self.data / "cadangan"

    @property
    def records(self) -> Path:
        """The folder of the certificates' PDF files."""
        return self.data / "records"

    @property
    def site_root(self) -> str:
        """The path of the site on its server, with slashes at both ends: `/`, or `/psm/`."""
        path = urlsplit(self.site_address).path.strip("/")
        return f"/{path}/" if path else "/"

    @property
    def site(self) -> Path:
        """The folder of the built site."""
        return self.data / "site"

    def rehearsal(self, folder: Path, site_address: str = "") -> Settings:
        """Return the settings of a rehearsal: an office with invented people, in its own folder.

        A rehearsal cannot reach the office's database server, published site, proxy, addresses,
        WhatsApp number or certified signature. The course and the wording of certificates stay the
        same. The certificate numbers begin with LATIHAN, so nobody believes that they are real.

        Args:
            folder: the rehearsal's folder for its register, keys and files.
            site_address: the address of the rehearsal's site, on this machine.

        Raises:
            Refused: `folder` is the office's own data folder, or a folder above it.
        """
        if self.data.resolve().is_relative_to(folder.resolve()):
            raise Refused(f"{folder} memuat register kantor. Pilih folder lain untuk berlatih.")
        return replace(
            self,
            data=folder,
            database="",
            site_address=site_address,
            record_number=_REHEARSED,
            publish_to="",
            proxy="",
            office_url="",
            office_email="",
            office_image="",
            certified_signature="none",
            whatsapp="",
        )

    def as_environment(self) -> dict[str, str]:
        """Return environment variables that give another process these same settings."""
        return {f"PSM_{name.upper()}": str(getattr(self, name)) for name in sorted(_names())}


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the program's cache folder for this user; None if the user has no home folder.

    The folder is never inside a course folder, because course folders come from other people.
    """
    named = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA")
    try:
        return (Path(named) if named else Path.home() / ".cache") / "psm-course"
    except RuntimeError:
        return None


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` that has a course; else `start` itself."""
    start = start.resolve()
    return next(
        (folder for folder in (start, *start.parents) if (folder / MARKER).is_file()), start
    )


def read_settings(start: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of an office.

    The order is: defaults, then `psm.toml` at the course root, then environment variables such as
    PSM_DATA; a later value replaces an earlier one. Relative paths start at the course root.

    Raises:
        Refused: a file cannot be read, or a setting is unknown or has a value that cannot be used.
    """
    root = find_root(start)
    written = _from_file(root / "psm.toml") | _from_environment(environment)
    _refuse_other_words(written)
    written |= {"whatsapp": _dialled(written["whatsapp"])} if written.get("whatsapp") else {}
    _refuse_no_addresses(written)
    data = root / Path(written.pop("data", "var"))
    return Settings(root=root, data=data, **{"office": _office_of(root)} | written)


def _office_of(root: Path) -> str:
    """Return the office's Kemendagri code in `modules/wilayah.yml`; empty if there is none.

    Only the line of the code is searched for, so the rest of the file may be half edited.
    """
    try:
        text = (root / _REGION).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
    found = re.search(r"^office:\s*[\"']?([0-9.]+)", text, re.MULTILINE)
    return found[1] if found else ""


_WORDS = {"show_score": ("yes", "no"), "certified_signature": ("none", "folder", "bsre")}


def _refuse_other_words(written: Mapping[str, str]) -> None:
    """Refuse a setting in `written` whose value is not one of the words in `_WORDS`.

    A typing mistake in such a setting could make a certificate print a false sentence.
    """
    for name, words in _WORDS.items():
        if written.get(name, words[0]) not in words:
            raise Refused(
                f'Pengaturan {name} = "{written[name]}" tidak dikenal. Pilih: {", ".join(words)}.'
            )


def _dialled(number: str) -> str:
    """Return a mobile number as in `https://wa.me/` links: digits only, beginning with 62.

    Raises:
        Refused: the text is not an Indonesian mobile number.
    """
    digits = re.sub(r"[\s().+-]", "", number)
    found = re.fullmatch(r"(?:62|0)(8\d{7,11})", digits)
    if not found:
        raise Refused(
            f'Pengaturan whatsapp = "{number}" bukan nomor ponsel. Tulis seperti "0812-3456-7890"'
            ' atau "+62 812-3456-7890".'
        )
    return f"62{found[1]}"


_ADDRESSES = {
    "office_url": (r"https://[^\s<>\"{}|^`\\]+", "https://dinsos.contoh.go.id"),
    "office_image": (
        r"https://[^\s<>\"{}|^`\\]+\.(png|svg)",
        "https://dinsos.contoh.go.id/lambang.png",
    ),
    "proxy": (r"[0-9A-Fa-f.:/, ]+", "127.0.0.1"),
    "office_email": (r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+", "dinsos@contoh.go.id"),
}


def _refuse_no_addresses(written: Mapping[str, str]) -> None:
    """Refuse a setting in `written` that must be an address (`_ADDRESSES`) but is not a valid one.

    Signed certificates contain some of these addresses, and cannot be corrected later.
    """
    for name, (form, example) in _ADDRESSES.items():
        if written.get(name) and not re.fullmatch(form, written[name]):
            raise Refused(
                f'Pengaturan {name} = "{written[name]}" tidak dapat dipakai. Contoh: {example}'
            )


def _names() -> set[str]:
    return {field.name for field in fields(Settings)} - {"root"}


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
        written = tomllib.loads(text)
    except UnicodeDecodeError:
        raise Refused(
            f"{path.name} tidak terbaca: bukan UTF-8. Simpan ulang dengan pilihan UTF-8."
        ) from None
    except tomllib.TOMLDecodeError as error:
        said = re.search(r"at line (\d+)", str(error))
        line = int(said.group(1)) if said else len(text.splitlines())
        raise Refused(
            f'{path.name} tidak terbaca di baris {line}. Tulis setiap baris sebagai: nama = "isi"'
        ) from None
    for name, value in written.items():
        if name not in _names():
            raise Refused(
                f'{path.name}: kunci "{name}" tidak dikenal. Yang dikenal:'
                f" {', '.join(sorted(_names()))}."
            )
        if not isinstance(value, str):
            raise Refused(f'{path.name}: "{name}" harus berupa teks di antara tanda kutip.')
    return written


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    written = {
        name: environment[f"PSM_{name.upper()}"]
        for name in _names()
        if f"PSM_{name.upper()}" in environment
    }
    # A rehearsal sets PSM_DATABASE to an empty text. That wins, so no real database is reached.
    if environment.get(_SECRET_FILE) and "database" not in written:
        written["database"] = _secret(Path(environment[_SECRET_FILE]))
    return written


# This variable names a file with the address: the way in which systemd and containers pass secrets.
_SECRET_FILE = "PSM_DATABASE_FILE"  # noqa: S105


def _secret(path: Path) -> str:
    """Read the address of the database, with its password, from a secret file.

    Raises:
        Refused: the file cannot be read, is empty, or has more than one line.
    """
    example = "Isinya satu baris, misalnya: postgresql://psm:sandi@server/psm"
    try:
        text = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Refused(
            f"Berkas alamat database {path} ({_SECRET_FILE}) tidak dapat dibaca: {cause(error)}."
            f" {example}"
        ) from None
    except UnicodeDecodeError:
        text = ""
    if not text or len(text.splitlines()) != 1:
        raise Refused(
            f"Berkas alamat database {path} ({_SECRET_FILE}) kosong atau lebih dari satu baris."
            f" {example}"
        )
    return text
