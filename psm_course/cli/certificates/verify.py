"""`psm verify`: is this certificate, or this receipt, genuine?"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from psm_course.authoring.beside import named_by
from psm_course.box.box import open_box
from psm_course.cli.terminal import json_option, now, print_json
from psm_course.credentials.documents import Unreadable, instant
from psm_course.credentials.formats.attachment import LARGEST_PDF, PROOF_NAME
from psm_course.credentials.log.receipt import FORMAT
from psm_course.credentials.signing.keys import PublicKey
from psm_course.credentials.verification.copies import published_there
from psm_course.credentials.verification.handed import boxed
from psm_course.credentials.verification.published import Published
from psm_course.credentials.verification.verdict import Verdict
from psm_course.credentials.verification.verification import verify as judge
from psm_course.errors import Refused
from psm_course.local_time import day, moment
from psm_course.registrar.log.following import (
    CopyFinding,
    checkpoint_in,
    copy_in,
    follow,
    is_in,
    site_of,
    to_look_up,
)

_SIGNS = {
    "valid": "✓ ASLI",
    "stale": "? ASLI, STATUSNYA SUDAH LAMA",
    "unlisted": "? TIDAK ADA DI DAFTAR TERBITAN",
    "unlogged": "? TIDAK COCOK DENGAN BUKU TERBUKA",
    "superseded": "! SUDAH DIGANTI",
    "revoked": "✗ TIDAK BERLAKU",
    "tampered": "✗ TIDAK ASLI",
    "unknown_issuer": "? PENERBIT TIDAK DIKENAL",
    "unreadable": "? TIDAK TERBACA",
}
_UNSURE = "? ASLI, STATUSNYA BELUM DIPERIKSA"
_SHOWN = {
    "name": "Nama",
    "number": "Nomor",
    "kelurahan": "Kelurahan",
    "course": "Kegiatan",
    "hours": "JP",
    "issued_on": "Terbit",
}
_STANDING = {"recorded": "tercatat", "held": "ditahan, menunggu keputusan petugas"}
_FILES = (".pdf", ".json", ".png")
_NAMED_AT_MOST = 3  # of the files in a folder that are not checked


@click.command()
@click.argument("given", metavar="[BERKAS|FOLDER|TEKS]...", nargs=-1)
@click.option(
    "--site",
    "sites",
    metavar="FOLDER",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=(
        "Periksa dengan salinan situs penerbit, bukan dengan register kantor ini. Boleh lebih dari"
        " satu."
    ),
)
@click.option(
    "--log",
    "logs",
    metavar="FOLDER",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=(
        "Cocokkan dengan salinan buku terbuka penerbit. Beberapa: dari yang paling lama; yang baru"
        " harus melanjutkan yang lama."
    ),
)
@json_option
def verify(
    given: tuple[str, ...], sites: tuple[Path, ...], logs: tuple[Path, ...], as_json: bool
) -> int:
    """Periksa sertifikat atau tanda terima.

    Yang dibaca: PDF, JSON, lencana PNG, folder berisi berkas itu, teks kode QR, atau teks tanda
    terima.

    Dengan --log saja, buku terbuka itu sendiri yang diperiksa: utuh, dan hanya bertambah. Puncak
    buku di berita acara dicocokkan juga.
    """
    if not given and not logs:
        raise click.UsageError(
            "Sebutkan yang hendak diperiksa: berkas, folder, atau teks. Untuk buku terbuka: psm"
            " verify --log FOLDER"
        )
    inside = {path: _files_in(path) for each in given if (path := _folder(each)) is not None}
    named = [found for each in given for found in _named(each, inside)]
    # A copy of the log may lie in a copy of the whole site, which has the keys to check the log.
    sites = sites or tuple(site for each in logs if (site := site_of(each)) is not None)
    at_hand = published_there(*sites) if sites else _own(named)
    # One box (process) reads all files: a new one for each file would cost 100 ms.
    with open_box():
        keys = [key for issuer in at_hand.issuers for key in issuer.log_keys]
        if not named:
            return _show_followed(
                list(follow([copy_in(each, keys) for each in logs], keys)), as_json
            )
        if logs:
            kept = {
                each.name: told
                for each in named
                if (told := _kept_checkpoint(each, logs[-1], keys)) is not None
            }
            if len(kept) == len(named):
                return _show_followed([*kept.values()], as_json)
            if kept:
                raise Refused(
                    "Periksa puncak buku terbuka dan sertifikat satu per satu: jalankan perintahnya"
                    " dua kali."
                )
            at_hand = replace(at_hand, log=to_look_up(logs, keys))
        found = [
            (each.name, judge(each.content(), at_hand, now(), boxed, _beside(each)))
            for each in named
        ]
    if as_json:
        print_json(
            found[0][1].to_json()
            # A folder gives a list even if only one file is in it.
            if [*given] == [found[0][0]]
            else [{"given": name} | verdict.to_json() for name, verdict in found]
        )
    else:
        for sentence in _about_one(*found[0]) if len(found) == 1 else _about_all(found):
            click.echo(sentence)
        for sentence in _about_passed_over(inside):
            click.echo(sentence)
    return 0 if all(verdict.verdict == "valid" for _, verdict in found) else 2


def _show_followed(told: Sequence[CopyFinding], as_json: bool) -> int:
    """Print the findings `told` about copies of a log, and return the exit code of the command.

    The exit code is 0 if nothing is wrong with any copy, otherwise 2.
    """
    if as_json:
        print_json([{"sound": each.is_sound, "message": each.sentence} for each in told])
    else:
        for each in told:
            click.echo(f"{'✓' if each.is_sound else '✗'} {each.sentence}")
    return 0 if all(each.is_sound for each in told) else 2


class _Given(NamedTuple):
    """A file or text to check, as the user named it; `path` is None for a text.

    `name` is the name of the file, or the text itself, such as the text of a QR code.
    """

    name: str
    path: Path | None

    def content(self) -> bytes:
        """The content of the file, or the text itself as bytes."""
        if self.path is None:
            # The bytes as typed: Python hides those that are not UTF-8 in surrogates.
            return self.name.encode("utf-8", "surrogateescape")
        return _content(self.path)


def _kept_checkpoint(given: _Given, log: Path, keys: Sequence[PublicKey]) -> CopyFinding | None:
    """Compare the checkpoint in `given` with a copy of the log, and return the finding.

    None if `given` has no checkpoint. If `given` cannot be read, the finding says so, and its
    `is_sound` is False.

    Args:
        given: the file or text to check.
        log: the folder with the copy of the log.
        keys: the public keys that sign checkpoints of this log.
    """
    try:
        kept = checkpoint_in(given.content(), keys)
    except Unreadable as unreadable:
        return CopyFinding(False, f"{_short(given.name)}: {unreadable}")
    if kept is None:
        return None
    told = is_in(kept, copy_in(log, keys), keys)
    return CopyFinding(told.is_sound, f"{_short(given.name)}: {told.sentence}")


def _beside(given: _Given) -> bytes | None:
    """Return the inclusion proof for a JSON credential, from a file in the same folder, or None."""
    path = given.path
    if path is None or path.suffix.lower() != ".json" or path.name == PROOF_NAME:
        return None
    found = next(
        (
            each
            for each in (path.with_suffix(f".{PROOF_NAME}"), path.with_name(PROOF_NAME))
            if each.is_file()
        ),
        None,
    )
    return _content(found) if found else None


def _own(named: Sequence[_Given]) -> Published:
    """Read this office's keys and lists from its register, to check what `named` contains.

    `named` are the files and texts that the user gave, for example certificates and receipts. An
    office without a key for certificates can still check receipts.

    Raises:
        Refused: the office has no key, and not everything in `named` is a receipt.
    """
    # The register takes a second to load, and who has a copy of a site needs none.
    from psm_course.cli import context  # noqa: PLC0415
    from psm_course.registrar.certificates.keys.keyring import find_issuer  # noqa: PLC0415
    from psm_course.registrar.certificates.verifying import published_here  # noqa: PLC0415

    where = context.office()
    if find_issuer(where) is None and not all(FORMAT.encode() in each.content() for each in named):
        raise Refused(
            "Kantor ini belum punya kunci. Untuk sertifikat kantor lain, pakai salinan situsnya:"
            " psm verify --site FOLDER …"
        )
    with context.open_register(where) as store:
        return published_here(store, where)


def _named(given: str, folders: Mapping[Path, Sequence[Path]]) -> list[_Given]:
    """Return the files and texts to check: PDF, JSON and PNG files of a folder, or `given` itself.

    Args:
        given: file, folder or text, as typed.
        folders: each folder that was given, with all files in it.

    Raises:
        Refused: the folder has no PDF, JSON or PNG; or `given` ends like a file name (`.pdf`), but
            there is no such file. Such a text is not checked as the text of a QR code.
    """
    path = named_by(given)
    if path is not None and path in folders:
        inside = [each for each in folders[path] if each.suffix.lower() in _FILES]
        if not inside:
            raise Refused(f"Tidak ada berkas PDF, JSON, atau PNG di folder {given}.")
        return [_Given(str(each), each) for each in inside]
    if path is None and "#" not in given and given.lower().endswith(_FILES):
        raise Refused(f"Berkas {given} tidak ditemukan.")
    return [_Given(given, path if path is not None and path.is_file() else None)]


def _folder(given: str) -> Path | None:
    path = named_by(given)
    return path if path is not None and path.is_dir() else None


def _files_in(folder: Path) -> list[Path]:
    """All files below a folder, sorted, without inclusion proofs: they belong to a credential."""
    return sorted(
        each for each in folder.rglob("*") if not each.name.endswith(PROOF_NAME) and each.is_file()
    )


def _about_passed_over(folders: Mapping[Path, Sequence[Path]]) -> Iterator[str]:
    """Yield one line for each folder with files that were not checked, such as photos.

    The counts of `_about_all` do not include these files. A folder without such files gets no line.

    Args:
        folders: each folder that was given, with all files in it.
    """
    for path, files in folders.items():
        others = [
            each.relative_to(path).as_posix() for each in files if each.suffix.lower() not in _FILES
        ]
        if others:
            more = ", …" if len(others) > _NAMED_AT_MOST else ""
            yield (
                f"{len(others)} berkas lain di {path} tidak diperiksa:"
                f" {', '.join(others[:_NAMED_AT_MOST])}{more}"
            )


def _content(path: Path) -> bytes:
    """Read a file, up to one byte more than the largest PDF.

    That byte is enough for the verdict to say that the file is too large.
    """
    with path.open("rb") as stream:
        return stream.read(LARGEST_PDF + 1)


def _about_one(name: str, verdict: Verdict) -> Iterator[str]:
    yield f"{_sign(verdict)}  {_short(name)}"
    yield f"  {verdict.reason}"
    for label, value in _facts(verdict):
        yield f"  {label}: {value}"


def _facts(verdict: Verdict) -> Iterator[tuple[str, object]]:
    record, receipt = verdict.record or {}, verdict.receipt
    yield from (
        (label, _in_words(record[fact])) for fact, label in _SHOWN.items() if fact in record
    )
    if receipt:
        yield "Nomor peserta", receipt["participant"]
        yield "Kuis", receipt["quiz"]
        yield "Diterima", moment(instant(receipt["received_at"]))
        yield "Keadaan waktu itu", _STANDING[receipt["standing"]]
        yield "Kode tanda terima", receipt["code"]
        yield (
            "Tempat di catatan register",
            f"{receipt['log']['origin']}, nomor {receipt['log']['index']}",
        )


def _in_words(value: object) -> object:
    """Return a date in Indonesian words; any other value unchanged."""
    try:
        return (
            day(date.fromisoformat(value))
            # `fromisoformat` alone reads numbers such as 20261201 as dates too.
            if isinstance(value, str) and len(value) == len("2026-12-01")
            else value
        )
    except ValueError:
        return value


def _sign(verdict: Verdict) -> str:
    """Return the words that are printed first for a verdict, such as "✓ ASLI".

    The verdict `stale` means: the certificate is genuine, but the program has no new information
    about its status. This verdict has two texts: one if no status list could be read, the other if
    only an old status list could be read.
    """
    return (
        _UNSURE
        if verdict.verdict == "stale" and verdict.status_as_of is None
        else _SIGNS[verdict.verdict]
    )


def _about_all(found: Sequence[tuple[str, Verdict]]) -> Iterator[str]:
    """Yield the lines that are printed if several things were checked.

    Each thing has a line with its verdict. If the verdict is not "valid", a line with the reason
    follows. The last line tells how many things have each verdict.

    Args:
        found: pairs of the name of a thing and its verdict.
    """
    for name, verdict in found:
        told = [
            (verdict.record, ("number", "name")),
            (verdict.receipt, ("code", "participant", "quiz")),
        ]
        facts = ", ".join(
            str(signed[fact])
            for signed, names in told
            if signed
            for fact in names
            if fact in signed
        )
        yield f"{_sign(verdict)}  {_short(name)}" + (f"  {facts}" if facts else "")
        if _sign(verdict) != _SIGNS["valid"]:
            yield f"  {verdict.reason}"
    counted = Counter(_sign(verdict) for _, verdict in found)
    signs = (_SIGNS["valid"], _UNSURE, *list(_SIGNS.values())[1:])
    yield f"{len(found)} diperiksa: " + ", ".join(
        f"{counted[sign]} {sign[2:].lower()}" for sign in signs if counted[sign]
    )


def _short(name: str) -> str:
    return name if len(name) <= 100 else f"{name[:97]}…"
