"""Check published lists against the register.

The lists must have the same superseded and revoked records as the register, with the same reasons.
They must have no digest of a file that the register does not know. The files are certificates that
were printed, and certificates with a certified signature.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.issuance import read_issuance
from psm_course.credentials.lists.corrections import read_corrections
from psm_course.credentials.lists.digests import read_digests
from psm_course.credentials.lists.paths import (
    CORRECTIONS,
    DIGEST_PARTS,
    DIGESTS,
    SHARED,
    SNAPSHOT,
    STATUS,
    TURNS,
)
from psm_course.credentials.lists.snapshot import read_snapshot
from psm_course.credentials.lists.status_list import LENGTH, read_status_list
from psm_course.credentials.signing.keys import Issuer
from psm_course.credentials.signing.proof import signers_among
from psm_course.credentials.verification.signer import signer_of
from psm_course.credentials.verification.verdict import Doubt
from psm_course.domain.register import RecordEnd
from psm_course.registrar.certificates.publishing import correction_of
from psm_course.store.certificates import publications, records
from psm_course.store.engine import Connection
from psm_course.store.soundness.problem import Problem

_UNFIT = "tidak cocok dengan register"


@dataclass(frozen=True, slots=True)
class _Known:
    """Facts in the register with which the published lists are compared.

    `ends` are the records that were superseded or revoked. `given` has the digests of printed and
    certified files, by record number.
    """

    ends: Collection[RecordEnd]
    given: Mapping[str, Collection[str]]


def publication_problems(tx: Connection, issuer: Issuer | None) -> Iterator[Problem]:
    """Yield the problems with the latest published document of each path.

    Files that were printed or certified after the last publication are not in the documents yet;
    that is no problem.
    """
    known = _Known(records.list_ends(tx), records.file_digests(tx))
    for path, text in publications.list_publications(tx).items():
        said = _trouble_with(path, text, issuer, known)
        if said:
            yield Problem(
                "publication",
                path,
                f"Terbitan {path} {said}. Jangan terbitkan; bandingkan dengan cadangan.",
            )


def _trouble_with(path: str, text: str, issuer: Issuer | None, known: _Known) -> str:
    """The problem with a published document, as the end of a sentence; empty if it has no problem.

    A document of facts that the certificates of one issuing share has no signature. Its file name
    must be its digest, which the certificates hold.
    """
    place = path.partition("/")[0]
    try:
        document: dict[str, Any] = json.loads(text)
        if place == SHARED:
            return (
                ""
                if path == f"{SHARED}/{read_issuance(document).file_name}"
                else "bukan yang disebut namanya"
            )
        if place in (SNAPSHOT, TURNS):
            snapshot = read_snapshot(document)
            return (
                ""
                if snapshot.signs in signers_among(document, snapshot.issuer.did, snapshot.in_use)
                else "tidak ditandatangani kantor"
            )
        if issuer is not None:
            signer_of(document, [issuer])
        return "" if _says_so(place, document, known) else _UNFIT
    except Doubt as doubt:
        return "" if doubt.verdict.verdict == "revoked" else "tidak ditandatangani kantor"
    except (ValueError, TypeError, AttributeError, Unreadable):
        return "tidak terbaca"


def _says_so(place: str, document: Mapping[str, Any], known: _Known) -> bool:
    if place == STATUS:
        return _has_bits(document, known.ends)
    if place == CORRECTIONS:
        return dict(read_corrections(document).by_number) == {
            end.number: correction_of(end) for end in known.ends
        }
    if place in (DIGESTS, DIGEST_PARTS):
        # Less than the register knows is fine: files printed since are published later.
        return all(
            set(files) <= set(known.given.get(number, ()))
            for number, files in read_digests(document).pdfs.items()
        )
    return True


def _has_bits(document: Mapping[str, Any], ends: Collection[RecordEnd]) -> bool:
    """True if a status list has exactly the bits of the records that it must mark.

    A list for revocation marks all superseded and revoked records; another list marks only
    superseded records.
    """
    read = read_status_list(document)
    number = int(read.id.rpartition("/")[2].partition("-")[0])
    ended = [end for end in ends if read.purpose == "revocation" or end.event == "superseded"]
    bits = bytearray(LENGTH // 8)
    for end in ended:
        owner, index = divmod(end.status_index or 0, LENGTH)
        if end.status_index is not None and owner == number:
            bits[index // 8] |= 0x80 >> index % 8
    return bytes(bits) == read.bits
