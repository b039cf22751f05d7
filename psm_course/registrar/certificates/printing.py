"""Print records from their frozen facts: a PDF for each record, and collected files.

A collected file has the certificates of many records, for the printer.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from psm_course.authoring.texts import texts_in
from psm_course.credentials.formats.badge import PERSONAL
from psm_course.credentials.number_patterns import file_name
from psm_course.credentials.verification.verification import FACT_NAMES
from psm_course.domain.register import CompletionRecord
from psm_course.errors import Refused
from psm_course.printing.certificate import CertificatePrinter
from psm_course.printing.letters import missing_letter, typeface
from psm_course.printing.typesetting import Template, Unprintable
from psm_course.registrar.files import write_whole
from psm_course.registrar.log.proving import proofs
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.people import cohorts

_FOR_THE_PRINTER = "cetak-semua"
_ENDED = "tidak-berlaku"
_AT_ONCE = 16  # certificates held in memory until the register knows them


def standing_records(store: Store, cohort_id: str) -> tuple[CompletionRecord, ...]:
    """A cohort's valid records (neither superseded nor revoked), in order of their numbers.

    Raises:
        Refused: there is no such cohort.
    """
    with store.reading() as tx:
        cohorts.get_cohort(tx, cohort_id)
        ended = {end.number for end in records.list_ends(tx, cohort_id)}
        return tuple(
            record
            for record in records.records_of_cohort(tx, cohort_id)
            if record.number not in ended
        )


def unprinted(store: Store, settings: Settings, cohort_id: str) -> tuple[CompletionRecord, ...]:
    """The valid records of a cohort that must be printed.

    The PDF of such a record was never made, is lost, or has a digest that the register does not
    know.
    """
    standing = standing_records(store, cohort_id)
    with store.reading() as tx:
        known = records.file_digests(tx, [record.number for record in standing], ("printed",))
    return tuple(
        each
        for each in standing
        if digest_of(certificate_path(settings, cohort_id, each.number))
        not in known.get(each.number, ())
    )


def digest_of(path: Path) -> str | None:
    """The SHA-256 (hexadecimal) of a file; None if there is no such file."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return _digest_of(path, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=4096)
# A file that was changed is another one.
def _digest_of(path: Path, changed: int, size: int) -> str:  # noqa: ARG001
    """The SHA-256 of a file. Cached, because a page of the desk asks for all files of a cohort.

    `changed` (the moment of the last change, in nanoseconds) and `size` are part of the cache key,
    so a changed file is read again.
    """
    return hashlib.sha256(path.read_bytes()).hexdigest()


def print_certificates(
    store: Store, settings: Settings, cohort_id: str, actor: str, now: datetime
) -> Iterator[Path]:
    """Print the valid records of a cohort whose PDF is missing, or unknown to the register.

    Yields the path of each PDF after the PDF is written. Its digest is in the register by then.

    Raises:
        Refused: some records have letters that no font of ours has. Raised at the end, after all
            other records were printed.
    """
    printer, waiting, impossible = (
        printer_of(settings),
        iter(unprinted(store, settings, cohort_id)),
        list[str](),
    )
    while some := list(islice(waiting, _AT_ONCE)):
        with store.reading() as tx:
            prove = proofs(tx, settings)
            proven = [(record, prove(record)) for record in some]
        rendered = list(_rendered(printer, proven, impossible))
        note_files(store, "printed", rendered, actor, now)
        for record, pdf in rendered:
            path = certificate_path(settings, cohort_id, record.number)
            write_whole(path, pdf)
            yield path
    if impossible:
        head = (
            f"{len(impossible)} sertifikat tidak dapat dicetak. Betulkan namanya: psm supersede"
            ' NOMOR --name "NAMA" --reason "nama ditulis dengan huruf Latin"'
        )
        raise Refused("\n".join([head, *impossible]))


def _rendered(
    printer: CertificatePrinter,
    some: Sequence[tuple[CompletionRecord, bytes | None]],
    impossible: list[str],
) -> Iterator[tuple[CompletionRecord, bytes]]:
    """Make the PDF of each record; yields record and PDF.

    `some` are records with their inclusion proofs. The same record always gives the same bytes. For
    a record that cannot be printed, a sentence is added to `impossible`, and nothing is yielded.
    """
    for record, proof in some:
        try:
            yield (
                record,
                printer.render(
                    record.content,
                    record.qr,
                    record.credential.encode() if record.credential else None,
                    proof,
                ),
            )
        except Unprintable as reason:
            impossible.append(f"  {record.number}: {reason}")


DEEDS = {"printed": "record printed", "certified": "record certified"}


def note_files(
    store: Store,
    event: Literal["printed", "certified"],
    files: Sequence[tuple[CompletionRecord, bytes]],
    actor: str,
    now: datetime,
) -> None:
    """Write the digests of files into the register; call this before the files are written.

    `files` are records, each with the bytes of its file. `event` is "printed" for our own PDF,
    "certified" for a PDF with a certified signature.

    Because the register is written first, a crash cannot leave a file that the register does not
    know. A digest that is known already is not written again. Several files share one transaction,
    because ending a transaction takes longer than printing a certificate.
    """
    with store.transaction() as tx:
        known = records.file_digests(tx, [record.number for record, _ in files])
        digests = [(record, hashlib.sha256(pdf).hexdigest()) for record, pdf in files]
        fresh = [
            (record, digest)
            for record, digest in digests
            if digest not in known.get(record.number, ())
        ]
        for record, digest in fresh:
            records.add_event(tx, record.number, event, None, actor, now, by=digest)
        audit.note_all(
            tx,
            [
                audit.Deed(now, actor, DEEDS[event], each.participant, {"record": each.number})
                for each, _ in fresh
            ],
        )


def print_for_the_printer(store: Store, settings: Settings, cohort_id: str) -> list[Path]:
    """Make PDFs for the printer, each with many certificates of a cohort; return their paths.

    There are as few PDFs as memory allows. Together they have all valid records of which there is
    a PDF already.

    Raises:
        Refused: no valid record is printed yet.
    """
    printed = [
        each
        for each in standing_records(store, cohort_id)
        if certificate_path(settings, cohort_id, each.number).exists()
    ]
    if not printed:
        raise Refused(f"Belum ada sertifikat yang berlaku di angkatan {cohort_id}.")
    paths = []
    for part, pdf in enumerate(
        printer_of(settings).render_batch((record.content, record.qr) for record in printed), 1
    ):
        paths.append(settings.records / cohort_id / f"{_FOR_THE_PRINTER}-{part}.pdf")
        write_whole(paths[-1], pdf)
    return paths


def move_invalid_prints(store: Store, settings: Settings, cohort_id: str) -> None:
    """Move the PDFs of invalid records to a folder of their own.

    Also deletes the collected files (PDFs with many certificates), because invalid certificates may
    be among them. So nobody prints invalid and valid certificates together.
    """
    with store.reading() as tx:
        ended = [end.number for end in records.list_ends(tx, cohort_id)]
    aside = settings.records / cohort_id / _ENDED
    for number in ended:
        for path in _paths(settings, cohort_id, number):
            if path.exists():
                aside.mkdir(exist_ok=True)
                path.replace(aside / path.name)
    # No numbers, so only the collected files go: they may hold pages of these records.
    remove_prints(settings, cohort_id, ())


def remove_prints(settings: Settings, cohort_id: str, numbers: Iterable[str]) -> tuple[Path, ...]:
    """Delete every file of these records, and the collected files of the cohort.

    A collected file is a PDF with many certificates, for the printer. Searches all folders below
    the cohort's folder. Returns the paths that were deleted.
    """
    names = {path.name for number in numbers for path in _paths(settings, cohort_id, number)}
    folder = settings.records / cohort_id
    found = [
        path
        for path in sorted(folder.rglob("*.*"))
        if path.name in names or path.name.startswith(_FOR_THE_PRINTER)
    ]
    for path in found:
        path.unlink()
    return tuple(found)


def _paths(settings: Settings, cohort_id: str, number: str) -> tuple[Path, ...]:
    """The paths of all files that a record may have.

    These are the print, the print with a certified signature, and the files for wallets (PNG, JWT).
    """
    path = certificate_path(settings, cohort_id, number)
    return (
        path,
        certified_path(settings, cohort_id, number),
        *(path.with_name(file_name(number, kind)) for kind in ("png", "jwt")),
    )


def printer_of(settings: Settings) -> CertificatePrinter:
    """Make a certificate printer with the office's logo.

    Raises:
        Refused: the file of the logo does not exist.
    """
    return CertificatePrinter(logo_of(settings))


def logo_of(settings: Settings) -> bytes | None:
    """Read the file of the logo; None if the settings name no logo.

    Raises:
        Refused: the file does not exist.
    """
    if not settings.logo:
        return None
    path = settings.root / settings.logo
    if not path.is_file():
        raise Refused(f"Logo {path} tidak ada. Perbaiki logo di psm.toml.")
    return path.read_bytes()


def certificate_path(settings: Settings, cohort_id: str, number: str) -> Path:
    """The path at which a record's certificate is printed; the file need not exist."""
    return settings.records / cohort_id / file_name(number)


def find_print(settings: Settings, cohort_id: str, number: str) -> Path | None:
    """Find the printed file of a record, also if it was moved aside as invalid.

    None if there is no such file.
    """
    path = certificate_path(settings, cohort_id, number)
    return next((each for each in (path, path.parent / _ENDED / path.name) if each.is_file()), None)


def certified_path(settings: Settings, cohort_id: str, number: str) -> Path:
    """The path of a record's certificate with a certified signature; the file need not exist."""
    return certificate_path(settings, cohort_id, number).with_suffix(".tte.pdf")


# ---- what cannot be printed: said before a number is given, which it would waste -----------------


def refuse_unprintable(contents: Sequence[Mapping[str, Any]], settings: Settings) -> None:
    """Check that the facts of certificates can be printed, before numbers are given to them.

    Raises:
        Refused: the logo cannot be printed, or a fact has a letter that our font does not have; the
            message names the fact and the person.
    """
    if not contents:
        return
    # Only for its refusal: without the logo no certificate could be printed afterwards.
    printer_of(settings)
    asked = typeface()
    if missing_letter(texts_in(contents), asked) is None:
        return
    head = (
        "Belum ada yang diterbitkan: ada huruf yang tidak dapat dicetak. Tulis dengan huruf Latin,"
        " di daftar peserta (psm roster import), modules/course.yml, atau psm.toml."
    )
    lines = dict.fromkeys(line for content in contents for line in _troubles(content, asked))
    raise Refused("\n".join([head, *lines]))


def _troubles(content: Mapping[str, Any], asked: Template) -> Iterator[str]:
    for fact, value in content.items():
        letter = missing_letter(texts_in(value), asked)
        if letter is not None:
            whose = f"{content['participant']}: " if fact in PERSONAL else ""
            yield f'  {whose}huruf "{letter}" di {FACT_NAMES.get(fact, _OWN.get(fact, fact))}'


_OWN = {"name": "nama", "kelurahan": "kelurahan", "participant": "nomor peserta"}
