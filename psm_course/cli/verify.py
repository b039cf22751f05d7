"""`psm verify`: is this certificate genuine?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from psm_course.cli import desk
from psm_course.credentials.published import Published
from psm_course.credentials.verdict import Verdict
from psm_course.credentials.verification import verify as judge
from psm_course.registrar.verifying import published_here, published_there

_SIGNS = {
    "valid": "✓ ASLI",
    "superseded": "! SUDAH DIGANTI",
    "revoked": "✗ TIDAK BERLAKU",
    "tampered": "✗ TIDAK ASLI",
    "unknown_issuer": "? PENERBIT TIDAK DIKENAL",
    "unreadable": "? TIDAK TERBACA",
}
_SHOWN = {"name": "Nama", "number": "Nomor", "kelurahan": "Kelurahan", "course": "Kegiatan", "issued_on": "Terbit"}
_LARGEST = 20_000_000


@click.command()
@click.argument("given", metavar="[BERKAS|TEKS]...", nargs=-1, required=True)
@click.option(
    "--site",
    metavar="FOLDER",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Periksa dengan salinan situs penerbit, bukan dengan register kantor ini.",
)
@desk.json_option
def verify(given: tuple[str, ...], site: Path | None, as_json: bool) -> int:
    """Periksa sertifikat: PDF, berkas JSON, atau teks kode QR."""
    at_hand = published_there(site) if site else _own()
    verdicts = [judge(_content(each), at_hand, desk.now()) for each in given]
    if as_json:
        printed = [verdict.to_json() for verdict in verdicts]
        desk.print_json(printed[0] if len(printed) == 1 else printed)
    else:
        for sentence in _sentences(given, verdicts):
            click.echo(sentence)
    return 0 if all(verdict.verdict == "valid" for verdict in verdicts) else 2


def _own() -> Published:
    where = desk.office()
    with desk.open_register(where) as store:
        return published_here(store, where)


def _content(given: str) -> bytes:
    """A file where there is one of that name; else the text itself. One byte more than any verdict reads tells that it is too large."""
    try:
        path = Path(given)
        if path.is_file():
            with path.open("rb") as stream:
                return stream.read(_LARGEST)
    except (OSError, ValueError):
        pass  # a QR's text is no name of a file
    return given.encode("utf-8", "surrogateescape")


def _sentences(given: tuple[str, ...], verdicts: list[Verdict]) -> Iterator[str]:
    for each, verdict in zip(given, verdicts, strict=True):
        yield f"{_SIGNS[verdict.verdict]}  {each if len(each) <= 60 else each[:57] + '…'}"
        yield f"  {verdict.reason}"
        record = verdict.record or {}
        for name, label in _SHOWN.items():
            if name in record:
                yield f"  {label}: {record[name]}"
