"""Checks that a certificate is in the office's open log.

The check uses the proof attached to the certificate, and a copy of the log if there is one. A
certificate that fails the check gets the verdict `unlogged`. The check never makes a verdict
better.

`site/scripts/verify/log.js` makes the same check on the verification page. The examples in
`tests/credentials/entered.py` test this module and the page. Decision 0137.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.statement import Statement
from psm_course.credentials.log.checkpoint import Checkpoint, read_checkpoint
from psm_course.credentials.log.inclusion import Inclusion, Place, leaf_of
from psm_course.credentials.log.merkle import verify_inclusion
from psm_course.credentials.log.tiles import WIDTH, read_tile, root_through, tiles_through
from psm_course.credentials.signing.keys import Issuer
from psm_course.credentials.verification.verdict import Verdict

ENTERED = "Tercatat dalam buku terbuka, nomor {}."
UNLOGGED = (
    "Tanda tangannya cocok dengan kunci {}, tetapi {}. Jangan diterima dulu: tanyakan kepada"
    " penerbitnya."
)
PROOF = "bukti catatannya rusak atau bukan milik sertifikat ini"
ABSENT = "buku terbuka penerbitnya tidak ada di sini"
HEAD = "puncak buku terbuka di sini rusak atau bukan milik penerbitnya"
OLDER = (
    "buku terbuka di sini bukan lanjutan dari yang pernah terlihat: lebih pendek, atau ditulis"
    " ulang"
)
LACKS = "buku terbuka di sini baru memuat {} catatan, dan nomor {} belum ada di sana"
OTHER = "di buku terbuka, nomor {} berisi catatan lain"
BROKEN = "buku terbuka di sini terpotong atau berubah, sehingga nomor {} tidak dapat dicocokkan"


@dataclass(frozen=True)
class LogCopy:
    """A copy of a published log.

    Attributes:
        read: a function that returns the content of a file by its path below the log's folder
            (`checkpoint`, `tile/0/000`), or None if the copy lacks that file.
        seen: checkpoints of older copies of the office's log, with verified signatures. The log
            must not be shorter than at these checkpoints, or have another root at the same size.
    """

    read: Callable[[str], bytes | None]
    seen: tuple[Checkpoint, ...] = ()


class _Unlogged(Exception):
    """Raised if the log contradicts the certificate.

    The message is the middle of an Indonesian sentence; `UNLOGGED` has the rest of the sentence.
    """


def with_log(verdict: Verdict, statement: Statement, log: LogCopy | None) -> Verdict:
    """Complete the verdict on a certificate with the result from the open log.

    The new verdict is `unlogged` if the log contradicts the certificate. Otherwise the verdict gets
    the certificate's number in the log. The verdict is returned unchanged in four cases: the
    certificate names no place in the log, the office has no log key, there is neither a proof nor a
    copy of the log, or the verdict is neither `valid` nor `stale` (`stale`: genuine, but the status
    lists are missing or too old).

    Args:
        verdict: the verdict on the certificate before this check.
        statement: the verified facts of the certificate.
        log: a copy of the office's log; None if there is no copy, so that only the proof is
            checked.
    """
    inclusion = statement.inclusion
    if (
        inclusion is None
        or not statement.issuer.log_keys
        or verdict.verdict not in ("valid", "stale")
    ):
        return verdict
    try:
        place, size = _found(inclusion, statement, log)
    except _Unlogged as doubt:
        return replace(
            verdict, verdict="unlogged", reason=UNLOGGED.format(statement.issuer.name, doubt)
        )
    if size is None:
        return verdict
    return replace(
        verdict,
        reason=f"{verdict.reason} {ENTERED.format(in_digits(place.index))}",
        log={"origin": place.origin, "index": place.index, "size": size},
    )


def _found(
    inclusion: Inclusion, statement: Statement, log: LogCopy | None
) -> tuple[Place, int | None]:
    """Check a certificate's leaf with its proof, and in the copy of the log.

    Returns two values: the place of the leaf, and the size of the log in which the leaf was found.
    The size is None if there is neither a proof nor a copy. Raises _Unlogged if the log contradicts
    the certificate.
    """
    if inclusion.place is None:
        raise _Unlogged(PROOF)
    place, leaf, size = inclusion.place, _leaf(inclusion, inclusion.place, statement), None
    if inclusion.checkpoint:
        size = _by_proof(inclusion, place, leaf, statement.issuer)
    # The copy comes last: it is newer than the proof, so the verdict shows the copy's size.
    if log is not None:
        size = _by_log(place, leaf, statement.issuer, log)
    return place, size


def _leaf(inclusion: Inclusion, place: Place, statement: Statement) -> bytes:
    try:
        return leaf_of(place, inclusion.blind, statement.facts)
    except Unreadable:
        raise _Unlogged(PROOF) from None


def _by_proof(inclusion: Inclusion, place: Place, leaf: bytes, issuer: Issuer) -> int:
    try:
        checkpoint = read_checkpoint(inclusion.checkpoint, issuer.log_keys)
    except Unreadable:
        raise _Unlogged(PROOF) from None
    if checkpoint.origin != place.origin or not verify_inclusion(
        leaf, place.index, checkpoint.size, inclusion.path, checkpoint.root
    ):
        raise _Unlogged(PROOF)
    return checkpoint.size


def _by_log(place: Place, leaf: bytes, issuer: Issuer, log: LogCopy) -> int:
    below, checkpoint = _head(place, issuer, log)
    for seen in log.seen:
        # A log that shrank, or has another root at one size, was rewritten after it was seen.
        if seen.origin == checkpoint.origin and (
            checkpoint.size < seen.size
            or (checkpoint.size == seen.size and not seen.fits(checkpoint.root))
        ):
            raise _Unlogged(OLDER)
    if place.index >= checkpoint.size:
        raise _Unlogged(LACKS.format(in_digits(checkpoint.size), in_digits(place.index)))
    tiles = tiles_through(place.index, checkpoint.size)
    try:
        hashes = {tile: read_tile(tile, log.read(f"{below}{tile.path}") or b"") for tile in tiles}
    except Unreadable:
        raise _Unlogged(BROKEN.format(in_digits(place.index))) from None
    there = hashes[tiles[0]][place.index % WIDTH]
    # Compare the tiles with the signed root first: a damaged copy must not look like a forged
    # certificate.
    if root_through(there, place.index, checkpoint.size, hashes) != checkpoint.root:
        raise _Unlogged(BROKEN.format(in_digits(place.index)))
    if there != leaf:
        raise _Unlogged(OTHER.format(in_digits(place.index)))
    return checkpoint.size


def _head(place: Place, issuer: Issuer, log: LogCopy) -> tuple[str, Checkpoint]:
    """Return the folder and the checkpoint of the log that contains this place.

    The folder is "" for the log that the office writes now. A log that has ended (a restore or a
    move of the site began another one) is in a folder named by its epoch, such as `1/`.
    """
    newest = _checkpoint(log.read("checkpoint"), issuer)
    if newest.origin == place.origin:
        return "", newest
    below = f"{place.origin.rpartition('/')[2]}/"
    ended = _checkpoint(log.read(f"{below}checkpoint"), issuer)
    if ended.origin != place.origin:
        raise _Unlogged(HEAD)
    return below, ended


def _checkpoint(note: bytes | None, issuer: Issuer) -> Checkpoint:
    if note is None:
        raise _Unlogged(ABSENT)
    try:
        return read_checkpoint(note.decode(), issuer.log_keys)
    except (Unreadable, UnicodeDecodeError):
        raise _Unlogged(HEAD) from None


def in_digits(number: int) -> str:
    """Format a number as Indonesian readers write it: `3.021`."""
    return f"{number:,}".replace(",", ".")
