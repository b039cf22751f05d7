"""The printed form of records: one archival PDF each, and files of all for the printer. Always from what was frozen."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from psm_course.errors import Refused
from psm_course.printing.certificate import CertificatePrinter
from psm_course.printing.typesetting import Unprintable
from psm_course.records.register import CompletionRecord
from psm_course.settings import Settings
from psm_course.store import audit, people, records
from psm_course.store.engine import Store


def print_certificates(store: Store, settings: Settings, cohort_id: str, actor: str, now: datetime) -> Iterator[Path]:
    """Print every record of a cohort that has no file yet; yields each path once it is whole and its digest is in the register.

    Refused at the end, when all others are printed, naming those that hold letters no typeface of ours has.
    """
    printer = printer_of(settings)
    unprinted = []
    for record in _issued(store, cohort_id):
        path = certificate_path(settings, cohort_id, record.number)
        if path.exists():
            continue
        try:
            pdf = render(printer, record)
        except Unprintable:
            unprinted.append(record.number)
            continue
        _note_printed(store, record, pdf, actor, now)
        write_whole(path, pdf)
        yield path
    if unprinted:
        numbers = ", ".join(unprinted)
        raise Refused(f"Sertifikat {numbers} tidak dapat dicetak: ada huruf yang tidak dikenal di dalamnya. Kabari pengelola.")


def _note_printed(store: Store, record: CompletionRecord, pdf: bytes, actor: str, now: datetime) -> None:
    """Before the file is there, so that no file is out of which the register knows nothing; once for each digest."""
    digest = hashlib.sha256(pdf).hexdigest()
    with store.transaction() as tx:
        if digest not in records.given_out(tx, record.number).get(record.number, ()):
            records.add_event(tx, record.number, "printed", "", actor, now, by=digest)
            audit.note(tx, actor, "record printed", record.participant, now, record=record.number)


def print_for_the_printer(store: Store, settings: Settings, cohort_id: str) -> list[Path]:
    """All records of a cohort that still stand, in as few files as memory allows, to print in one go."""
    with store.reading() as tx:
        ended = {end.number for end in records.list_ends(tx)}
    standing = [record for record in _issued(store, cohort_id) if record.number not in ended]
    if not standing:
        raise Refused(f"Belum ada sertifikat yang berlaku di angkatan {cohort_id}.")
    paths = []
    for part, pdf in enumerate(printer_of(settings).render_batch((record.content, record.qr) for record in standing), 1):
        paths.append(settings.records / cohort_id / f"cetak-semua-{part}.pdf")
        write_whole(paths[-1], pdf)
    return paths


def render(printer: CertificatePrinter, record: CompletionRecord) -> bytes:
    """The archival file, the same bytes every time. Raises Unprintable."""
    return printer.render(record.content, record.qr, record.credential.encode() if record.credential else None)


def printer_of(settings: Settings) -> CertificatePrinter:
    if not settings.logo:
        return CertificatePrinter()
    path = settings.root / settings.logo
    if not path.is_file():
        raise Refused(f"Logo {path} tidak ada. Perbaiki logo di psm.toml.")
    return CertificatePrinter(path.read_bytes())


def certificate_path(settings: Settings, cohort_id: str, number: str) -> Path:
    return settings.records / cohort_id / file_name(number)


def file_name(number: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", number) + ".pdf"


def _issued(store: Store, cohort_id: str) -> Sequence[CompletionRecord]:
    with store.reading() as tx:
        people.get_cohort(tx, cohort_id)
        return records.records_of_cohort(tx, cohort_id)


def write_whole(path: Path, content: bytes) -> None:
    """Nobody ever sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    with half.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    half.replace(path)
