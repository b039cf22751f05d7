"""Check copies of an office's log, without the office's register.

A copy must be complete, must continue the earlier copies, and must agree with a checkpoint that
somebody kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.lists.paths import KEYS, SNAPSHOT
from psm_course.credentials.log.checkpoint import Checkpoint, read_checkpoint, read_short_form
from psm_course.credentials.log.merkle import root_of
from psm_course.credentials.log.tiles import read_tile, tiles_of
from psm_course.credentials.signing.keys import PublicKey
from psm_course.credentials.verification.notes import notes_in
from psm_course.credentials.verification.open_log import LogCopy, in_digits
from psm_course.errors import Refused
from psm_course.registrar.log.site_copy import troubles_of_copy

_BROKEN_HEAD = "{}: bukan puncak buku terbuka kantor ini, atau rusak. {}"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a published log: the folder that holds it, and its checkpoint."""

    folder: Path
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class CopyFinding:
    """One result of checking a copy, as a sentence; `is_sound` is False if something is wrong."""

    is_sound: bool
    sentence: str


def site_of(folder: Path) -> Path | None:
    """The site to which a folder belongs: the folder itself, or the folder above it.

    None if neither has a snapshot or a list of keys.
    """
    return next(
        (
            each
            for each in (folder, folder.parent)
            if (each / SNAPSHOT).is_file() or (each / KEYS).is_file()
        ),
        None,
    )


def copy_in(folder: Path, keys: Sequence[PublicKey]) -> Copy:
    """Read the checkpoint of the log in a folder: a copy of the log, or of the whole site.

    Raises:
        Refused: there is no log in the folder, or none of `keys` signed its checkpoint.
    """
    log = _log_in(folder)
    return Copy(log, _head(log / "checkpoint", keys))


def _log_in(folder: Path) -> Path:
    log = next((each for each in (folder / "log", folder) if (each / "checkpoint").is_file()), None)
    if log is None:
        raise Refused(
            f"{folder} bukan salinan buku terbuka: tidak ada berkas checkpoint di sana. Salin"
            " folder log dari situs penerbitnya."
        )
    return log


def _head(path: Path, keys: Sequence[PublicKey]) -> Checkpoint:
    try:
        return read_checkpoint(path.read_bytes().decode(), keys)
    except (OSError, Unreadable, UnicodeDecodeError) as error:
        said = str(error) if isinstance(error, Unreadable) else "Salin lagi dari situs penerbitnya."
        raise Refused(_BROKEN_HEAD.format(path, said)) from None


def to_look_up(folders: Sequence[Path], keys: Sequence[PublicKey]) -> LogCopy:
    """Return the newest of several copies of a log; certificates are looked up in it.

    `folders` are the copies, oldest first. The last copy is returned, together with the checkpoints
    of the other copies. The checkpoint of the last copy is not checked here.

    Raises:
        Refused: a folder has no log; or none of `keys` signed the checkpoint of a copy other than
            the last one.
    """
    return LogCopy(
        partial(_content, _log_in(folders[-1])),
        tuple(copy_in(each, keys).checkpoint for each in folders[:-1]),
    )


def _content(log: Path, path: str) -> bytes | None:
    """Read a file by its path below the folder `log`; None if it cannot be read."""
    try:
        return (log / path).read_bytes()
    except OSError:
        return None


# ---- whole, and only grown -----------------------------------------------------------------------


def follow(copies: Sequence[Copy], keys: Sequence[PublicKey]) -> Iterator[CopyFinding]:
    """Check every file of each copy, and that each complete copy continues the copy before it.

    Yields the findings in the order of `copies`; a copy without fault has a finding too.
    """
    for at, copy in enumerate(copies):
        troubles = list(troubles_of_copy(copy.folder, copy.checkpoint))
        yield from (CopyFinding(False, trouble) for trouble in troubles)
        if not troubles:
            size = in_digits(copy.checkpoint.size)
            yield CopyFinding(
                True, f"{copy.folder}: buku terbuka {copy.checkpoint.origin} utuh, {size} catatan."
            )
        if at and not troubles:
            yield _grown(copies[at - 1], copy, keys)


def _grown(earlier: Copy, later: Copy, keys: Sequence[PublicKey]) -> CopyFinding:
    told = is_in(earlier.checkpoint, later, keys)
    if not told.is_sound:
        return CopyFinding(
            False, f"{later.folder} bukan lanjutan {earlier.folder}: {told.sentence}"
        )
    more = "buku itu sudah ditutup dan dilanjutkan buku baru"
    if earlier.checkpoint.origin == later.checkpoint.origin:
        more = f"{in_digits(later.checkpoint.size - earlier.checkpoint.size)} ditambahkan"
    return CopyFinding(
        True,
        f"{later.folder} melanjutkan {earlier.folder}: {in_digits(earlier.checkpoint.size)} catatan"
        f" lama tidak berubah, {more}.",
    )


def is_in(checkpoint: Checkpoint, copy: Copy, keys: Sequence[PublicKey]) -> CopyFinding:
    """Check that a copy continues the log of a checkpoint, with all earlier events unchanged.

    The checkpoint may be, for example, the one in the minutes (*berita acara*). If the copy cannot
    be read, the result is a finding with `is_sound` False; no error is raised.
    """
    try:
        folder, now = _of_epoch(checkpoint, copy, keys)
        leaves = _leaves(folder, now, checkpoint.size)
    except (Refused, Unreadable, OSError):
        return CopyFinding(False, "buku yang lama tidak ada lagi di sana, atau tidak terbaca.")
    if checkpoint.size > now.size:
        return CopyFinding(
            False,
            f"isinya baru {in_digits(now.size)} catatan, padahal dulu sudah"
            f" {in_digits(checkpoint.size)}.",
        )
    if not checkpoint.fits(root_of(leaves)):
        return CopyFinding(
            False,
            f"ada yang diubah atau dihapus di antara {in_digits(checkpoint.size)} catatan"
            " pertamanya.",
        )
    return CopyFinding(
        True,
        f"{in_digits(checkpoint.size)} catatan pertama buku itu sama dengan yang tertulis di sini.",
    )


def _of_epoch(
    checkpoint: Checkpoint, copy: Copy, keys: Sequence[PublicKey]
) -> tuple[Path, Checkpoint]:
    """Find the log of the same epoch as `checkpoint` in a copy; return its folder and checkpoint.

    This is the present log, or an ended log in a folder below the folder of the present log. If
    `checkpoint` was typed, it names no host; then the host of the log is not compared. Refused if
    there is no such log.
    """
    if checkpoint.epoch == copy.checkpoint.epoch and checkpoint.host in ("", copy.checkpoint.host):
        return copy.folder, copy.checkpoint
    folder = copy.folder / str(checkpoint.epoch)
    ended = _head(folder / "checkpoint", keys)
    if checkpoint.host not in ("", ended.host):
        raise Refused(str(folder))
    return folder, ended


def _leaves(folder: Path, now: Checkpoint, size: int) -> list[bytes]:
    """Read the first `size` leaves of a log, or all leaves if there are fewer.

    `now` is the log's checkpoint.
    """
    wanted = (tile for tile in tiles_of(now.size) if tile.level == 0 and tile.start < size)
    return [each for tile in wanted for each in read_tile(tile, (folder / tile.path).read_bytes())][
        :size
    ]


# ---- a checkpoint that somebody kept -------------------------------------------------------------


def checkpoint_in(content: bytes, keys: Sequence[PublicKey]) -> Checkpoint | None:
    """Read the checkpoint in the minutes (PDF), in a signed note, or in a text typed from paper.

    None if the content is something else.

    Raises:
        Unreadable: the note was changed, or is of another office.
    """
    if content.startswith(b"%PDF"):
        notes = notes_in(content)
        return checkpoint_in(notes[0], keys) if notes else None
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    typed = read_short_form(text)
    if typed is not None or "/log/" not in text.partition("\n")[0] or "\n\n" not in text:
        return typed
    return read_checkpoint(f"{text.strip()}\n", keys)
