"""Verification: what was handed in, what the office has published and the time of day in; one verdict out. Pure; never raises.

The browser page gives the same verdicts; `tests/credentials/tampering.py` is the table that both are run over. Decision 0019.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from psm_course.credentials.documents import Unreadable, read_document
from psm_course.credentials.formats.attachment import attached_to
from psm_course.credentials.formats.badge import read_badge
from psm_course.credentials.formats.baked import SIGNATURE, baked_in
from psm_course.credentials.formats.statement import Statement
from psm_course.credentials.formats.token import read_token, token_statement
from psm_course.credentials.lists.corrections import Correction
from psm_course.credentials.lists.status_list import StatusList
from psm_course.credentials.log.inclusion import is_proof, read_proof
from psm_course.credentials.log.receipt import is_receipt
from psm_course.credentials.verification.listed import Listed
from psm_course.credentials.verification.open_log import with_log
from psm_course.credentials.verification.published import Published
from psm_course.credentials.verification.receipts import judge_receipt
from psm_course.credentials.verification.signer import signer_of, signer_of_token
from psm_course.credentials.verification.verdict import Doubt, Verdict
from psm_course.local_time import day

COMPARE = "Bandingkan isi yang ditampilkan di sini dengan yang tercetak di halaman; tanda tangan hanya menjamin yang ditampilkan di sini."
CHANGED_PDF = (
    "Berkas PDF ini tidak sama dengan yang diterbitkan: halamannya mungkin sudah diubah. Yang ditandatangani adalah isi di bawah ini."
)
OLD_STATUS = "Status terakhir diketahui {}: sejak itu sertifikat ini mungkin sudah dicabut atau diganti."
UNLISTED = (
    "Tanda tangannya cocok dengan kunci {}, tetapi sertifikat ini tidak ada di daftar terbitannya per {}. "
    "Jangan diterima dulu: tanyakan kepada penerbitnya."
)
PROOF_ALONE = "Ini bukti catatan, bukan sertifikatnya. Periksa sertifikatnya dahulu: bukti ini dibaca di sampingnya."
LACKS = "Nomor, kegiatan, dan isi bersama lainnya belum dapat ditampilkan: dokumen terbitannya tidak ada di sini."
NO_STATUS = "Statusnya belum dapat diperiksa: daftar status tidak ada di sini. Sertifikat ini mungkin sudah dicabut atau diganti."
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


def verify(given: bytes | str, published: Published, now: datetime, beside: bytes | None = None) -> Verdict:
    """Whatever a person may hand in: a PDF, a badge as PNG, a credential or a receipt as JSON, the text or the address from a QR.

    `beside`: the proof that stood beside a credential as JSON; a PDF has its own inside.
    """
    raw = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else given
    now = max(now, published.made or now)
    try:
        if raw[:1024].lstrip().startswith(b"%PDF-"):
            return _judge_pdf(raw, published, now)
        if raw.startswith(SIGNATURE):
            return _judge(_statement_of_json(baked_in(raw), published), published, now)
        if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}:
            return _judge_json(raw, published, now, beside)
        statement = _statement_of_text(raw.decode("utf-8", "replace"), published)
        return with_log(_judge(statement, published, now), statement, published.log)
    except Unreadable as unreadable:
        return Verdict("unreadable", str(unreadable))
    except Doubt as doubt:
        return doubt.verdict


def _judge_json(raw: bytes, published: Published, now: datetime, beside: bytes | None) -> Verdict:
    document = read_document(raw)
    if is_receipt(document):
        return judge_receipt(document, published.issuers)
    if is_proof(document):
        raise Unreadable(PROOF_ALONE)
    statement = _with_proof(read_badge(document, signer_of(document, published.issuers)), beside)
    return with_log(_judge(statement, published, now), statement, published.log)


def _statement_of_json(raw: bytes, published: Published) -> Statement:
    """A credential file. The order of its names and the space between them do not count."""
    document = read_document(raw)
    return read_badge(document, signer_of(document, published.issuers))


def _with_proof(statement: Statement, proof: bytes | None) -> Statement:
    return statement if proof is None else replace(statement, inclusion=read_proof(proof))


def _statement_of_text(text: str, published: Published) -> Statement:
    """The text of a QR: an address with a token behind `#`, or the token alone. The address itself proves nothing and does not count."""
    token = read_token(text)
    issuer = signer_of_token(token, published.issuers)
    return token_statement(token, issuer, published.issuances.get((issuer.did, token.digest)))


def _judge_pdf(pdf: bytes, published: Published, now: datetime) -> Verdict:
    """A certificate's PDF, by the credential inside it. The page is ink: it must be compared, and only its digest tells that it is ours."""
    credential, proof = attached_to(pdf)
    statement = _with_proof(_statement_of_json(credential, published), proof)
    verdict, digests = _judge(statement, published, now), published.pdfs.get(statement.facts["number"])
    if digests is not None and hashlib.sha256(pdf).hexdigest() not in digests:
        return replace(verdict, verdict="tampered" if _stands(verdict) else verdict.verdict, reason=_joined(CHANGED_PDF, verdict))
    return with_log(replace(verdict, reason=f"{verdict.reason} {COMPARE}"), statement, published.log)


def _joined(first: str, verdict: Verdict) -> str:
    return first if _stands(verdict) else f"{verdict.reason} {first}"


def _stands(verdict: Verdict) -> bool:
    """As far as anybody here can tell."""
    return verdict.verdict in ("valid", "stale")


def _judge(statement: Statement, published: Published, now: datetime) -> Verdict:
    """The signature is good; do the facts still stand?"""
    correction, corrected_as_of = published.find_correction(statement.issuer, statement.facts.get("number"))
    lists = [(place, published.find_list(statement.issuer, place)) for place in statement.places]
    set_bits = {place.purpose for place, found in lists if found and found.is_set(place.index)}
    dates = [found.as_of for _, found in lists if found] + ([corrected_as_of] if corrected_as_of else [])
    verdict = _withdrawn(statement, correction, set_bits) or _out_of_time(statement, now)
    if verdict is None:
        verdict = _unlisted(statement, published.listed.get(statement.issuer.did)) or _genuine(
            statement, [found for _, found in lists], dates, now
        )
    else:
        verdict = replace(verdict, status_as_of=max(dates, default=None))
    return replace(verdict, record=statement.facts, reason=_with_missing(verdict.reason, statement))


def _withdrawn(statement: Statement, correction: Correction | None, set_bits: set[str]) -> Verdict | None:
    if correction and correction.superseded_by:
        reason = f"Sertifikat ini diganti oleh nomor {correction.superseded_by} pada {day(correction.on)}. Alasan: {correction.reason}"
        return Verdict("superseded", _sentence(reason), superseded_by=correction.superseded_by)
    if correction:
        return Verdict("revoked", _sentence(f"Sertifikat ini dicabut pada {day(correction.on)}. Alasan: {correction.reason}"))
    if "refresh" in set_bits:
        return Verdict("superseded", f"Sertifikat ini sudah diganti oleh sertifikat lain. Tanyakan kepada {statement.issuer.name}.")
    if set_bits:
        return Verdict("revoked", f"Sertifikat ini sudah dicabut. Tanyakan alasannya kepada {statement.issuer.name}.")
    return None


def _out_of_time(statement: Statement, now: datetime) -> Verdict | None:
    if statement.valid_until is not None and now > statement.valid_until:
        return Verdict("revoked", f"Masa berlaku sertifikat ini habis pada {day(statement.valid_until)}.")
    if now < statement.valid_from:
        begins = day(statement.valid_from)
        return Verdict("revoked", f"Sertifikat ini baru berlaku mulai {begins}. Periksa juga tanggal di perangkat Anda.")
    return None


def _unlisted(statement: Statement, listed: Listed | None) -> Verdict | None:
    """Well signed, and yet the office's own lists, which are newer, do not know it."""
    if listed is None or not listed.knows_not(statement):
        return None
    return Verdict("unlisted", UNLISTED.format(statement.issuer.name, day(listed.as_of)), status_as_of=listed.as_of)


def _genuine(statement: Statement, lists: Sequence[StatusList | None], dates: Sequence[datetime], now: datetime) -> Verdict:
    """How it stands today only lists say that may still be relied on; and what it is, its shared facts."""
    genuine = f"Sertifikat ini asli: ditandatangani oleh {statement.issuer.name} dan isinya tidak berubah."
    found = [each for each in lists if each is not None]
    if len(found) < len(lists):
        return Verdict("stale", f"{genuine} {NO_STATUS}")
    as_of = min(dates)
    if statement.missing or now > min(each.until for each in found):
        return Verdict("stale", f"{genuine} {OLD_STATUS.format(day(as_of))}", status_as_of=as_of)
    return Verdict("valid", f"{genuine} Status per {day(as_of)}: berlaku.", status_as_of=as_of)


def _with_missing(reason: str, statement: Statement) -> str:
    return f"{reason} {LACKS}" if statement.missing else reason


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
