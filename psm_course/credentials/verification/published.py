"""The published documents of offices that a verification can use, after checking their signatures.

The documents are keys, status lists, shared facts, corrections, and digests of PDFs. A document is
left out if the office did not sign it with a key that is believed. If a status list was left out, a
verdict says that the list is missing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from psm_course.credentials.documents import Json, Unreadable
from psm_course.credentials.formats.issuance import Issuance, read_issuance
from psm_course.credentials.lists.corrections import Correction, Corrections, read_corrections
from psm_course.credentials.lists.digests import Digests, read_digests
from psm_course.credentials.lists.paths import CORRECTIONS, DIGEST_PARTS, DIGESTS, SHARED, STATUS
from psm_course.credentials.lists.snapshot import Snapshot, digest_of, office_named
from psm_course.credentials.lists.status_list import StatusList, StatusPlace, read_status_list
from psm_course.credentials.signing.keys import Issuer
from psm_course.credentials.verification.listed import Listed, listed_of
from psm_course.credentials.verification.open_log import LogCopy
from psm_course.credentials.verification.signer import signer_of
from psm_course.credentials.verification.verdict import Doubt

Dated = TypeVar("Dated", StatusList, Corrections, Digests)


@dataclass(frozen=True)
class Published:
    """Verified documents, to judge any number of certificates.

    Attributes:
        issuers: the known offices.
        status_lists: the status lists, by the office's DID and the address of the list.
        issuances: the shared facts of issuings, by the office's DID and the digest of the document.
        corrections: the lists of corrections, by the office's DID.
        pdfs: SHA-256 (hex) of every PDF, by the certificate number under which it was issued.
        listed: marks of signatures, by the office's DID.
        snapshots: the newest snapshot of each office, by its DID. An office has none if it is known
            only from its own register or from an old list of keys.
        log: a copy of an office's open log; None if there is no copy.
    """

    issuers: tuple[Issuer, ...]
    status_lists: Mapping[tuple[str, str], StatusList] = field(default_factory=dict)
    issuances: Mapping[tuple[str, bytes], Issuance] = field(default_factory=dict)
    corrections: Mapping[str, Corrections] = field(default_factory=dict)
    pdfs: Mapping[str, Collection[str]] = field(default_factory=dict)
    listed: Mapping[str, Listed] = field(default_factory=dict)
    snapshots: Mapping[str, Snapshot] = field(default_factory=dict)
    log: LogCopy | None = None

    @cached_property
    def own_files(self) -> frozenset[str]:
        """SHA-256 (hex) of all PDFs that these offices issued, under any number."""
        return frozenset(each for digests in self.pdfs.values() for each in digests)

    def time_at(self, clock: datetime) -> datetime:
        """Return the time to judge by: `clock`, or the date of the newest snapshot if it is later.

        `clock` is the time on the device of the person who checks; it may be wrong. The real time
        is never earlier than the date of a snapshot that already exists.
        """
        return max([clock, *(each.made for each in self.snapshots.values())])

    def find_list(self, issuer: Issuer, place: StatusPlace) -> StatusList | None:
        """Return the issuer's status list that contains this place.

        It is the list with the same address and purpose. None if `status_lists` does not have it.
        """
        found = self.status_lists.get((issuer.did, place.list_id))
        return found if found is not None and found.purpose == place.purpose else None

    def find_correction(
        self, issuer: Issuer, number: str | None
    ) -> tuple[Correction | None, datetime | None]:
        """Return the correction of a number, and the date of the issuer's list of corrections.

        The correction is None if the list contains no correction of this number. Both values are
        None if `corrections` has no list of this issuer, or if `number` is None.
        """
        listed = self.corrections.get(issuer.did)
        return (
            (None, None)
            if listed is None or number is None
            else (listed.by_number.get(number), listed.as_of)
        )


def published(
    issuers: Iterable[Issuer],
    status_lists: Iterable[Mapping[str, Any]] = (),
    issuances: Iterable[Mapping[str, Any]] = (),
    corrections: Iterable[Mapping[str, Any]] = (),
    digests: Iterable[Mapping[str, Any]] = (),
    pdfs: Mapping[str, Collection[str]] | None = None,
    snapshots: Mapping[str, Snapshot] | None = None,
) -> Published:
    """Verify the signatures of published documents; returns the documents that may be believed.

    If two lists have the same name, the newer list is used. The documents in `issuances` have no
    signature and are only read: a signed QR code contains the digest of its issuance.

    Args:
        issuers: the known offices; lists that other offices signed are left out.
        status_lists, issuances, corrections, digests: the published documents of these offices.
        pdfs: SHA-256 (hex) of PDFs by certificate number, from the office's own register; None: use
            those in `digests`.
        snapshots: the newest snapshot of each office, by its DID.
    """
    known, newest = tuple(issuers), snapshots or {}
    lists = _believed(read_status_list, status_lists, known, newest)
    corrected = _believed(read_corrections, corrections, known, newest)
    given_out = _believed(read_digests, digests, known, newest)
    shared = [issuance for each in issuances if (issuance := _issuance(each))]
    return Published(
        known,
        {(each.issuer, each.id): each for each in lists},
        {(each.did, each.digest): each for each in shared},
        {each.issuer: each for each in corrected},
        _pdfs(given_out) if pdfs is None else pdfs,
        listed_of(given_out),
        newest,
    )


def published_at(
    issuers: Iterable[Issuer],
    documents: Iterable[tuple[str, Json]],
    pdfs: Mapping[str, Collection[str]] | None = None,
    snapshots: Mapping[str, Snapshot] | None = None,
) -> Published:
    """Verify the signatures of documents that are given with their paths below the site.

    Returns the documents that may be believed. Documents with unknown paths are ignored.

    Args:
        issuers: the known offices.
        documents: pairs of path and document.
        pdfs: SHA-256 (hex) of PDFs by certificate number, from the office's own register; None: use
            those in the published lists of digests.
        snapshots: the newest snapshot of each office, by its DID.
    """
    at: dict[str, list[Json]] = {
        place: [] for place in (STATUS, SHARED, CORRECTIONS, DIGESTS, DIGEST_PARTS)
    }
    for path, document in documents:
        at.get(path.partition("/")[0], []).append(document)
    return published(
        issuers,
        at[STATUS],
        at[SHARED],
        at[CORRECTIONS],
        at[DIGESTS] + at[DIGEST_PARTS],
        pdfs,
        snapshots,
    )


def _pdfs(listed: Iterable[Digests]) -> dict[str, Collection[str]]:
    """Return digests of PDFs by certificate number, of all offices together.

    If two offices have used the same number, the files of both are genuine.
    """
    found: dict[str, Collection[str]] = {}
    for each in listed:
        for number, digests in each.pdfs.items():
            found[number] = (*found.get(number, ()), *digests)
    return found


def _believed(
    read: Callable[[Mapping[str, Any]], Dated],
    documents: Iterable[Mapping[str, Any]],
    issuers: Iterable[Issuer],
    snapshots: Mapping[str, Snapshot],
) -> list[Dated]:
    """Return the contents of the documents that one of the offices signed, oldest first.

    Other documents are left out. `read` is the function that reads a document's contents. If
    the office's snapshot lists a document, the document's own signature is not checked again.
    """
    believed = []
    for document in documents:
        with suppress(Doubt, Unreadable):
            signer_of(document, issuers, _is_named(document, snapshots))
            believed.append(read(document))
    return sorted(believed, key=lambda each: each.as_of)


def _is_named(document: Mapping[str, Any], snapshots: Mapping[str, Snapshot]) -> bool:
    """True if the snapshot of the document's own office contains the digest of the document."""
    snapshot = snapshots.get(office_named(document))
    return snapshot is not None and digest_of(document) in snapshot.files.values()


def _issuance(document: Mapping[str, Any]) -> Issuance | None:
    try:
        issuance = read_issuance(document)
        _ = issuance.digest  # kept from here on; a text that has none is passed over too
    except Unreadable:
        return None
    return issuance
