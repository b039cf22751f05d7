"""Verification: judge a certificate or receipt by published documents and the time.

This module reads no files and no clock. Every input gets a verdict; no input raises an error. The
verification page gives the same verdicts. The examples in `tests/credentials/tampering.py` test
this module and the page. Decision 0019.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.badge import read_badge
from psm_course.credentials.formats.statement import Statement
from psm_course.credentials.formats.token import read_token, token_statement
from psm_course.credentials.lists.corrections import Correction
from psm_course.credentials.lists.snapshot import Snapshot
from psm_course.credentials.lists.status_list import StatusList
from psm_course.credentials.log.inclusion import is_proof, read_proof
from psm_course.credentials.log.receipt import is_receipt
from psm_course.credentials.verification.handed import Handed, TakeApart, take_apart
from psm_course.credentials.verification.listed import Listed
from psm_course.credentials.verification.open_log import with_log
from psm_course.credentials.verification.published import Published
from psm_course.credentials.verification.receipts import judge_receipt
from psm_course.credentials.verification.signer import signer_of, signer_of_token
from psm_course.credentials.verification.verdict import Doubt, Verdict
from psm_course.local_time import day

COMPARE = (
    "Bandingkan isi yang ditampilkan di sini dengan yang tercetak di halaman; tanda tangan hanya"
    " menjamin yang ditampilkan di sini."
)
CHANGED_PDF = (
    "Berkas PDF ini tidak sama dengan yang diterbitkan: halamannya mungkin sudah diubah. Yang"
    " ditandatangani adalah isi di bawah ini."
)
NOT_RENEWED = (
    "Daftar kantor ini terakhir diperbarui {}: sejak itu sertifikat ini mungkin sudah dicabut atau"
    " diganti."
)
OLD_STATUS = (
    "Status terakhir diketahui {}: sejak itu sertifikat ini mungkin sudah dicabut atau diganti."
)
UNLISTED = (
    "Tanda tangannya cocok dengan kunci {}, tetapi sertifikat ini tidak ada di daftar terbitannya"
    " per {}. Jangan diterima dulu: tanyakan kepada penerbitnya."
)
PROOF_ALONE = (
    "Ini bukti catatan, bukan sertifikatnya. Periksa sertifikatnya dahulu: bukti ini dibaca di"
    " sampingnya."
)
LACKS = (
    "Nomor, kegiatan, dan isi bersama lainnya belum dapat ditampilkan: dokumen terbitannya tidak"
    " ada di sini."
)
NO_STATUS = (
    "Statusnya belum dapat diperiksa: daftar status tidak ada di sini. Sertifikat ini mungkin sudah"
    " dicabut atau diganti."
)
FACT_NAMES = {
    "number": "nomor",
    "course": "nama kegiatan",
    "organiser": "penyelenggara",
    "hours": "jumlah JP",
    "minutes_per_hour": "lama 1 JP",
    "cohort": "angkatan",
    "starts_on": "tanggal mulai",
    "ends_on": "tanggal selesai",
    "place": "tempat",
    "signatory_title": "jabatan penanda tangan",
    "signatory_name": "nama penanda tangan",
    "sessions": "materi",
    "letterhead": "kop surat",
    "wording": "kalimat sertifikat",
}


def verify(
    given: bytes | str,
    published: Published,
    now: datetime,
    read: TakeApart = take_apart,
    beside: bytes | None = None,
) -> Verdict:
    """Judge anything that a person may hand in for a check; returns the verdict with its reason.

    Args:
        given: a PDF, a PNG badge, the JSON of a credential or receipt, or the text in a QR code.
        published: verified documents of the known offices.
        now: the time now, aware; it is compared with dates in certificates and lists.
        read: a function that takes `given` apart: in this process (`take_apart`), or in the box
            (`boxed`).
        beside: the content of a proof file that was handed in together with a credential; None if
            there is no such file. A PDF contains its own proof.
    """
    raw = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else given
    now = published.time_at(now)
    digest = hashlib.sha256(raw).hexdigest()
    try:
        handed = read(raw, is_own=digest in published.own_files)
        if handed.kind == "json" and is_receipt(handed.document):
            return judge_receipt(handed.document, published.issuers)
        # Alone it proves nothing: whoever has only this file must be told to bring the certificate.
        if handed.kind == "json" and is_proof(handed.document):
            return Verdict("unreadable", PROOF_ALONE)
        statement = _statement_of(handed, published)
        proof = beside if handed.proof is None else handed.proof.encode("utf-8", "surrogateescape")
        if proof is not None:
            statement = replace(statement, inclusion=read_proof(proof))
        verdict = _judge(statement, published, now)
        return (
            _compared(verdict, statement, digest, published)
            if handed.kind == "pdf"
            else with_log(verdict, statement, published.log)
        )
    except Unreadable as unreadable:
        return Verdict("unreadable", str(unreadable))
    except Doubt as doubt:
        return doubt.verdict


def _statement_of(handed: Handed, published: Published) -> Statement:
    """Verify the signature of a credential or token, and return its facts as a `Statement`.

    Spaces and line breaks in the JSON of a credential make no difference, nor does the address of
    the site in a QR code: they are not signed.
    """
    if handed.kind != "text":
        return read_badge(handed.document, signer_of(handed.document, published.issuers))
    token = read_token(handed.text)
    issuer = signer_of_token(token, published.issuers)
    return token_statement(token, issuer, published.issuances.get((issuer.did, token.digest)))


def _compared(verdict: Verdict, statement: Statement, digest: str, published: Published) -> Verdict:
    """Return the verdict on a PDF, made from the verdict on the credential inside the PDF.

    The credential is signed, but the pages of the PDF are not. `digest` is the SHA-256 (hex) of the
    PDF. If the office published digests for this certificate number and `digest` is not among them,
    the pages may have been changed: the verdicts `valid` and `stale` become `tampered`. In all
    other cases the verdict's reason asks people to compare the pages with the signed facts.
    """
    digests = published.pdfs.get(statement.facts["number"])
    if digests is not None and digest not in digests:
        # A certificate that no longer counts keeps that verdict: it is the worse news.
        return replace(
            verdict,
            verdict="tampered" if _stands(verdict) else verdict.verdict,
            reason=CHANGED_PDF if _stands(verdict) else f"{verdict.reason} {CHANGED_PDF}",
        )
    return with_log(
        replace(verdict, reason=f"{verdict.reason} {COMPARE}"), statement, published.log
    )


def _stands(verdict: Verdict) -> bool:
    """True if the verdict is `valid` or `stale`, so the certificate is genuine.

    The verifier's documents do not say that the certificate is revoked or replaced. `stale` means
    that some of these documents, such as the status lists, are missing or too old.
    """
    return verdict.verdict in ("valid", "stale")


def _judge(statement: Statement, published: Published, now: datetime) -> Verdict:
    """Judge a certificate whose signature is already verified; returns the verdict.

    The function checks corrections and status lists, the dates of validity, the office's list of
    its own signatures, and the age of the documents in `published`. `statement` contains the facts
    of the certificate.
    """
    correction, corrected_as_of = published.find_correction(
        statement.issuer, statement.facts.get("number")
    )
    lists = [(place, published.find_list(statement.issuer, place)) for place in statement.places]
    set_bits = {place.purpose for place, found in lists if found and found.is_set(place.index)}
    dates = [found.as_of for _, found in lists if found] + (
        [corrected_as_of] if corrected_as_of else []
    )
    verdict = _withdrawn(statement, correction, set_bits) or _out_of_time(statement, now)
    if verdict is None:
        verdict = _unlisted(statement, published.listed.get(statement.issuer.did)) or _genuine(
            statement,
            [found for _, found in lists],
            dates,
            published.snapshots.get(statement.issuer.did),
            now,
        )
    else:
        verdict = replace(verdict, status_as_of=max(dates, default=None))
    return replace(
        verdict,
        record=statement.facts,
        reason=f"{verdict.reason} {LACKS}" if statement.missing else verdict.reason,
    )


def _withdrawn(
    statement: Statement, correction: Correction | None, set_bits: set[str]
) -> Verdict | None:
    # Corrections first: they tell the number and the reason, the bits only that something happened.
    if correction and correction.superseded_by:
        return Verdict(
            "superseded",
            _sentence(
                f"Sertifikat ini diganti oleh nomor {correction.superseded_by} pada"
                f" {day(correction.on)}. Alasan: {correction.reason}"
            ),
            superseded_by=correction.superseded_by,
        )
    if correction:
        return Verdict(
            "revoked",
            _sentence(
                f"Sertifikat ini dicabut pada {day(correction.on)}. Alasan: {correction.reason}"
            ),
        )
    # A replaced record has both bits set; "replaced" says more than "revoked".
    if "refresh" in set_bits:
        return Verdict(
            "superseded",
            "Sertifikat ini sudah diganti oleh sertifikat lain. Tanyakan kepada"
            f" {statement.issuer.name}.",
        )
    if set_bits:
        return Verdict(
            "revoked",
            f"Sertifikat ini sudah dicabut. Tanyakan alasannya kepada {statement.issuer.name}.",
        )
    return None


def _out_of_time(statement: Statement, now: datetime) -> Verdict | None:
    if statement.valid_until is not None and now > statement.valid_until:
        return Verdict(
            "revoked", f"Masa berlaku sertifikat ini habis pada {day(statement.valid_until)}."
        )
    if now < statement.valid_from:
        return Verdict(
            "revoked",
            f"Sertifikat ini baru berlaku mulai {day(statement.valid_from)}. Periksa juga tanggal"
            " di perangkat Anda.",
        )
    return None


def _unlisted(statement: Statement, listed: Listed | None) -> Verdict | None:
    """Return the verdict `unlisted` if the office's own lists lack this certificate, else None."""
    if listed is None or not listed.knows_not(statement):
        return None
    return Verdict(
        "unlisted",
        UNLISTED.format(statement.issuer.name, day(listed.as_of)),
        status_as_of=listed.as_of,
    )


def _genuine(
    statement: Statement,
    lists: Sequence[StatusList | None],
    dates: Sequence[datetime],
    snapshot: Snapshot | None,
    now: datetime,
) -> Verdict:
    """Return the verdict `valid`, or `stale` if published documents are missing or too old.

    The verdict is `stale` if a status list is missing or too old, shared facts are missing, or the
    snapshot is too old. New status lists alone are not enough: only the snapshot tells if the key
    that signed the lists may still be believed.
    """
    genuine = (
        f"Sertifikat ini asli: ditandatangani oleh {statement.issuer.name} dan isinya tidak"
        " berubah."
    )
    found = [each for each in lists if each is not None]
    if len(found) < len(lists):
        return Verdict("stale", f"{genuine} {NO_STATUS}")
    # The oldest of them: the certificate may have been withdrawn since the one list
    # that was not renewed.
    as_of = min(dates)
    if statement.missing or now > min(each.until for each in found):
        return Verdict("stale", f"{genuine} {OLD_STATUS.format(day(as_of))}", status_as_of=as_of)
    if snapshot is not None and now > snapshot.valid_until:
        return Verdict(
            "stale",
            f"{genuine} {NOT_RENEWED.format(day(snapshot.made))}",
            status_as_of=snapshot.made,
        )
    return Verdict("valid", f"{genuine} Status per {day(as_of)}: berlaku.", status_as_of=as_of)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
