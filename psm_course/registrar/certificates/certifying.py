"""The certified signature (TTE) on certificates: send files, check and keep what comes back.

Our own signature is not certified in the sense of PP 71/2019; only the signature of a PSrE such as
BSrE is certified (decision 0028). The private key for it never comes to our machines.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from psm_course.credentials.number_patterns import file_name
from psm_course.domain.register import CompletionRecord
from psm_course.errors import Refused
from psm_course.registrar.certificates.printing import (
    certificate_path,
    certified_path,
    note_files,
    standing_records,
)
from psm_course.registrar.certificates.signed_pdf import SignedPdf, read_signed
from psm_course.registrar.files import write_whole
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.people import people

MANIFEST = "sha256sum.txt"
_LARGEST = 50_000_000


class CertifiedSigner(Protocol):
    """Interface: puts the certified signature on a PDF, or sends the PDF to be signed."""

    def sign(self, name: str, pdf: bytes) -> bytes | None:
        """Get a PDF signed; return the signed PDF, or None if it comes back later.

        `name` is the file name for the PDF. `import_signed` reads a PDF that comes back later.

        Raises:
            Refused: the file cannot be signed; the message says why.
        """


class NobodySigns:
    """Refuses to sign; for the setting `certified_signature = "none"`."""

    def sign(self, name: str, pdf: bytes) -> bytes | None:  # noqa: ARG002 - the port's signature
        """Refuse to sign.

        Raises:
            Refused: always; the message names the setting.
        """
        raise Refused(
            'Tanda tangan tersertifikasi belum dipakai. Atur certified_signature = "folder" atau'
            ' "bsre" di psm.toml.'
        )


@dataclass
class SigningFolder:
    """Writes the files to sign into a folder, where the office's signing program finds them.

    The file `sha256sum.txt` in the folder has the digest of each file, for `sha256sum -c`.
    """

    folder: Path

    def sign(self, name: str, pdf: bytes) -> bytes | None:
        """Write the PDF into the folder and its digest into the list. Always returns None."""
        write_whole(self.folder / name, pdf)
        manifest = self.folder / MANIFEST
        lines = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
        kept = [line for line in lines if not line.endswith(f"  {name}")]
        write_whole(
            manifest,
            "".join(
                f"{line}\n" for line in [*kept, f"{hashlib.sha256(pdf).hexdigest()}  {name}"]
            ).encode(),
        )
        return None


@dataclass(frozen=True, slots=True)
class Certified:
    """A signed certificate that was accepted: the path of its file, and who signed (`signed`)."""

    path: Path
    signed: SignedPdf


@dataclass(frozen=True, slots=True)
class RejectedFile:
    """A file that was not accepted, and the reason. The file is not moved or deleted."""

    path: Path
    reason: str


def uncertified(store: Store, settings: Settings, cohort_id: str) -> tuple[CompletionRecord, ...]:
    """The valid records of a cohort that are printed but have no file with a certified signature.

    Raises:
        Refused: some of the valid records are not printed yet.
    """
    standing = [
        each
        for each in standing_records(store, cohort_id)
        if not certified_path(settings, cohort_id, each.number).exists()
    ]
    if any(
        not certificate_path(settings, cohort_id, record.number).exists() for record in standing
    ):
        raise Refused(f"Ada sertifikat yang belum dicetak. Cetak dahulu: psm issue {cohort_id}")
    return tuple(standing)


def hand_over(
    store: Store,
    settings: Settings,
    signer: CertifiedSigner,
    cohort_id: str,
    actor: str,
    now: datetime,
) -> Iterator[Certified | None]:
    """Let `signer` sign every record that has no certified signature, one after another.

    Yields one result for each record: the accepted certificate, or None if the signed file comes
    back later. Stops at the first refusal; certificates that were accepted before are kept.

    Raises:
        Refused: some of the valid records are not printed yet; `signer` refuses; or the signed
            file differs from our PDF in more than the added signature.
    """
    for record in uncertified(store, settings, cohort_id):
        pdf = certificate_path(settings, cohort_id, record.number).read_bytes()
        signed = signer.sign(file_name(record.number), pdf)
        if signed is None:
            with store.transaction() as tx:
                audit.note(
                    tx, actor, "record handed over", record.participant, now, record=record.number
                )
            yield None
            continue
        try:
            found = read_signed(signed, {hashlib.sha256(pdf).hexdigest(): record.number})
        except Refused as reason:
            raise Refused(
                f"Berkas yang kembali untuk {record.number} ditolak: {reason}. Tidak ada yang"
                " disimpan untuknya."
            ) from None
        yield _keep(store, settings, cohort_id, record, found, signed, actor, now)


def import_signed(
    store: Store, settings: Settings, paths: Sequence[Path], actor: str, now: datetime
) -> Iterator[Certified | RejectedFile]:
    """Import PDF files that came back with a certified signature.

    File names do not matter: the content of a file shows to which record the file belongs. Yields,
    for each path, the accepted certificate, or the rejected file with the reason.
    """
    with store.reading() as tx:
        issued = {
            digest: number
            for number, digests in records.file_digests(tx, events=("printed",)).items()
            for digest in digests
        }
    for path in paths:
        try:
            yield _receive_signed(store, settings, path, issued, actor, now)
        except Refused as reason:
            yield RejectedFile(path, str(reason))


def _receive_signed(
    store: Store, settings: Settings, path: Path, issued: dict[str, str], actor: str, now: datetime
) -> Certified:
    with path.open("rb") as stream:
        pdf = stream.read(_LARGEST + 1)
    if len(pdf) > _LARGEST:
        raise Refused("terlalu besar untuk sebuah sertifikat")
    found = read_signed(pdf, issued)
    with store.reading() as tx:
        record, end = records.find_record(tx, found.number), records.find_end(tx, found.number)
        person = people.find_enrolment(tx, record.participant) if record else None
    if record is None or person is None:
        raise Refused("data pemiliknya sudah dihapus")
    if end is not None:
        raise Refused(f"nomor {found.number} sudah tidak berlaku")
    current = certificate_path(settings, person.cohort, found.number)
    # A record signed again after a leak has a new print; a signature on the old one is useless.
    if not current.is_file() or not pdf.startswith(current.read_bytes()):
        raise Refused(
            f"bukan cetakan terakhir dari nomor {found.number}; ekspor lagi, lalu tanda tangani"
            " yang itu"
        )
    kept = certified_path(settings, person.cohort, found.number)
    # With two certified files of one number nobody could tell which one counts.
    if kept.is_file() and kept.read_bytes() != pdf:
        raise Refused(f"nomor {found.number} sudah punya berkas bertanda tangan lain: {kept}")
    return _keep(store, settings, person.cohort, record, found, pdf, actor, now)


def _keep(
    store: Store,
    settings: Settings,
    cohort_id: str,
    record: CompletionRecord,
    found: SignedPdf,
    pdf: bytes,
    actor: str,
    now: datetime,
) -> Certified:
    note_files(store, "certified", [(record, pdf)], actor, now)
    path = certified_path(settings, cohort_id, record.number)
    write_whole(path, pdf)
    return Certified(path, found)
