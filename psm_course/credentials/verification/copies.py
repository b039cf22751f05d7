"""Reads copies of offices' sites from folders, to verify certificates without a register.

A person outside the office has only such copies, not the register.
"""

from contextlib import suppress
from pathlib import Path

from psm_course.credentials.documents import Json, Unreadable, read_document
from psm_course.credentials.lists.paths import (
    CORRECTIONS,
    DIGEST_PARTS,
    DIGESTS,
    KEYS,
    SHARED,
    SNAPSHOT,
    STATUS,
    TURNS,
)
from psm_course.credentials.lists.snapshot import read_snapshot
from psm_course.credentials.signing.keys import read_issuer
from psm_course.credentials.verification.published import Published
from psm_course.credentials.verification.trust import trusted
from psm_course.errors import Refused


def published_there(*sites: Path) -> Published:
    """Read and verify copies of offices' sites; returns the verified documents.

    Give the oldest copy of an office first: its snapshot is believed. The snapshot in the next copy
    is believed only if it is signed with keys in the snapshot that was believed before. If no copy
    of an office has a snapshot, its list of keys is believed.

    Raises:
        Refused: a folder is no copy of an office's site, or its snapshot is broken.
    """
    return trusted([_copy_of(site) for site in sites])


def _copy_of(site: Path) -> Json:
    """Read the documents of one copy, by their paths below the site.

    A list that cannot be read is left out. If it is a status list, the verdict on a certificate
    later says that the list is missing.

    Raises:
        Refused: the keys or the snapshot cannot be read.
    """
    trust = SNAPSHOT if (site / SNAPSHOT).exists() else KEYS
    try:
        documents = {trust: read_document((site / trust).read_bytes())}
        (read_issuer if trust == KEYS else read_snapshot)(documents[trust])
    except (OSError, Unreadable, Refused):
        raise Refused(
            f"{site} bukan salinan situs penerbit: tidak ada {trust} yang terbaca di sana."
        ) from None
    listed = [
        path
        for place in (STATUS, SHARED, DIGEST_PARTS, TURNS)
        for path in sorted(site.glob(f"{place}/*.json"))
    ]
    for path in [*listed, site / CORRECTIONS, site / DIGESTS]:
        with suppress(OSError, Unreadable):
            documents[path.relative_to(site).as_posix()] = read_document(path.read_bytes())
    return documents
