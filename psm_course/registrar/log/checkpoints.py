"""Checkpoints of the office's log: make, keep and find them.

A checkpoint is written as a signed note: a short text with the name, size and root of the log, and
one or more signatures.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from psm_course.authoring.beside import named_by
from psm_course.credentials.documents import Unreadable, read_document
from psm_course.credentials.log.checkpoint import (
    Checkpoint,
    read_checkpoint,
    read_short_form,
    write_checkpoint,
)
from psm_course.credentials.signing.keys import PublicKey, SigningKey
from psm_course.credentials.verification.notes import (
    COUNTERSIGNED,
    FILE,
    NAMES,
    PUBLISHED,
    notes_in,
)
from psm_course.errors import Refused, cause
from psm_course.registrar.files import write_whole
from psm_course.registrar.log.high_water import FORMAT
from psm_course.registrar.log.log_key import open_log_key, trusted_keys
from psm_course.registrar.log.site_copy import troubles_of_copy
from psm_course.settings import Settings
from psm_course.store.engine import Connection
from psm_course.store.log.state import log_state

_LARGEST = 50_000_000
_MOST_KEPT = 20
_ROOT = 32  # bytes
_BY_OFFICE = "kantor.txt"
_KEPT = re.compile(r"([0-9]+)-([0-9]+)\.txt")


# ---- made and kept -------------------------------------------------------------------------------


def signed_state(
    tx: Connection, settings: Settings, countersign: SigningKey | None = None
) -> tuple[Checkpoint, str]:
    """Make a checkpoint of the log as this transaction sees it; return it and its signed note.

    The log key signs the note. If `countersign`, the office's own key, is given, it signs the note
    too.

    Raises:
        Refused: the log key cannot be read.
    """
    state = log_state(tx)
    checkpoint = Checkpoint(state.origin, state.size, state.root)
    return checkpoint, write_checkpoint(
        checkpoint, [open_log_key(settings), *([countersign] if countersign else [])]
    )


def keep_published(
    settings: Settings, checkpoint: Checkpoint, note: str, *, is_countersigned: bool
) -> None:
    """Keep the signed note of a checkpoint that was published; the newest 20 are kept.

    Somebody may later compare the log with one of these checkpoints. So the site also keeps the
    files that the log had at these sizes (`kept_sizes`). `is_countersigned` is True if the office's
    own key signed the note too.
    """
    write_whole(kept_folder(settings) / f"{checkpoint.epoch}-{checkpoint.size}.txt", note.encode())
    if is_countersigned:
        write_whole(kept_folder(settings) / _BY_OFFICE, note.encode())
    for _, _, old in sorted(_kept(settings), reverse=True)[_MOST_KEPT:]:
        old.unlink(missing_ok=True)


def find_countersigned(settings: Settings) -> str | None:
    """Read the newest checkpoint note that the office's own key signed too.

    None if there is no such note.
    """
    path = kept_folder(settings) / _BY_OFFICE
    return path.read_text(encoding="utf-8") if path.is_file() else None


def kept_sizes(settings: Settings, epoch: int) -> set[int]:
    """The sizes of the log in the kept checkpoints of this epoch."""
    return {size for each, size, _ in _kept(settings) if each == epoch}


def _kept(settings: Settings) -> list[tuple[int, int, Path]]:
    """List the kept checkpoints: epoch, size and file of each."""
    found = ((_KEPT.fullmatch(path.name), path) for path in kept_folder(settings).glob("*.txt"))
    return [(int(match[1]), int(match[2]), path) for match, path in found if match]


def kept_folder(settings: Settings) -> Path:
    """The folder in which the office keeps checkpoints."""
    return settings.data / "catatan"


# ---- found again ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FoundCheckpoint:
    """A checkpoint that was found; `source` says where, in words."""

    source: str
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class Search:
    """Result of a search for checkpoints.

    `troubles` has a sentence for each place that should hold a checkpoint but does not.
    """

    found: tuple[FoundCheckpoint, ...]
    troubles: tuple[str, ...]


def found_checkpoints(
    settings: Settings, where: Sequence[Path | str] = ()
) -> list[FoundCheckpoint]:
    """Find every checkpoint in `where`, then in the built site, then in the office's own folder.

    `where` has files, folders or typed texts. Broken files in the site and the office's folder are
    ignored here; `search_checkpoints` reports them.

    Raises:
        Refused: something in `where` has no checkpoint signed by a trusted key.
    """
    given = _search(settings, where)
    if given.troubles:
        raise Refused("\n".join(given.troubles))
    return [*given.found, *search_checkpoints(settings).found]


def search_checkpoints(settings: Settings, where: Sequence[Path | str] = ()) -> Search:
    """Find every checkpoint in `where`, then in the built site, then in the office's own folder.

    Problems with files are in the result (`troubles`) and raise nothing.

    Raises:
        Refused: the list of log keys is broken.
    """
    return _search(settings, [*where, *_own_places(settings)])


def _own_places(settings: Settings) -> list[Path]:
    """List the existing files that may hold a checkpoint: in the built site and the data folder.

    In the data folder these are kept checkpoints, report packs, and the file with the facts about
    the newest backup.
    """
    site = [settings.site / path for path in (PUBLISHED, COUNTERSIGNED)]
    patterns = ("catatan/*.txt", f"laporan/*/{FILE}", "laporan/*.zip", "cadangan/*.json")
    return [
        *(path for path in site if path.is_file()),
        *(path for pattern in patterns for path in sorted(settings.data.glob(pattern))),
    ]


def _search(settings: Settings, where: Iterable[Path | str]) -> Search:
    keys = trusted_keys(settings)
    return _together(_in_place(place, keys) for place in where)


def _together(searches: Iterable[Search]) -> Search:
    all_ = list(searches)
    return Search(
        tuple(found for each in all_ for found in each.found),
        tuple(trouble for each in all_ for trouble in each.troubles),
    )


def _in_place(place: Path | str, keys: Sequence[PublicKey]) -> Search:
    """Search one place for checkpoints: a file, a folder or typed text."""
    path = named_by(place)
    if path is None and isinstance(place, str) and (read_short_form(place) or "\n" in place):
        # A command's argument holds bytes that are not UTF-8 as surrogates.
        return _in_source("yang diketik", partial(place.encode, errors="surrogateescape"), keys)
    return (
        _in_folder(path, keys)
        if path is not None and path.is_dir()
        else _in_source(str(place), partial(_content_of, Path(place)), keys)
    )


def _in_folder(folder: Path, keys: Sequence[PublicKey]) -> Search:
    """Search a folder for checkpoints, in every file that can contain one.

    A file that can contain a checkpoint but holds none is skipped. If no other file is left, the
    result has a sentence about the folder in `troubles`.
    """
    searches = list[Search]()
    for file in sorted(each for each in folder.rglob("*") if _may_hold_one(each)):
        with suppress(_NothingInside):
            search = _in_source(
                str(file), partial(_content_of, file), keys, says_nothing_inside=False
            )
            tiles = [
                Search((), tuple(troubles_of_copy(file.parent, each.checkpoint)))
                for each in search.found
                if _is_in_site(file)
            ]
            searches += [search, *tiles]
    nothing = (
        f"{folder}: folder ini tidak memuat puncak catatan. Tunjukkan folder situs, folder berita"
        " acara, atau berkasnya."
    )
    return _together(searches) if searches else Search((), (nothing,))


def _in_source(
    source: str,
    read: Callable[[], bytes],
    keys: Sequence[PublicKey],
    *,
    says_nothing_inside: bool = True,
) -> Search:
    try:
        return Search(
            tuple(FoundCheckpoint(source, each) for each in _in_content(read(), keys)), ()
        )
    except Unreadable as trouble:
        if isinstance(trouble, _NothingInside) and not says_nothing_inside:
            raise
        return Search((), (f"{source}: {trouble}",))
    except OSError as error:
        return Search(
            (), (f"{source}: tidak dapat dibaca ({cause(error)}). Periksa nama dan letaknya.",)
        )


def _is_in_site(path: Path) -> bool:
    return path.name == Path(PUBLISHED).name and (path.parent / "tile").is_dir()


def _may_hold_one(path: Path) -> bool:
    return path.is_file() and (path.name in NAMES or path.suffix.lower() in (".zip", ".pdf"))


def _content_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise Unreadable(f"terlalu besar: paling banyak {_LARGEST // 1_000_000} MB.")
    return content


# ---- by what a file is ---------------------------------------------------------------------------


class _NothingInside(Unreadable):
    """Raised for a file that is not damaged but holds no checkpoint."""


def _in_content(content: bytes, keys: Iterable[PublicKey]) -> list[Checkpoint]:
    """Read the checkpoints in a file of any kind that may hold one.

    Raises `Unreadable` if the file holds no checkpoint that a trusted key signed.
    """
    if content.startswith((b"PK", b"%PDF")):
        return [_in_plain(each, keys) for each in _boxed(content)]
    return [_in_plain(content, keys)]


def _in_plain(content: bytes, keys: Iterable[PublicKey]) -> Checkpoint:
    return _in_manifest(content) if content.lstrip().startswith(b"{") else _in_text(content, keys)


def _boxed(content: bytes) -> list[bytes]:
    """Read the checkpoint notes and backup manifests in a ZIP or PDF.

    Raises `_NothingInside` if the file contains neither.
    """
    inside = notes_in(content)
    if found := [
        each for each in inside if not each.lstrip().startswith(b"{") or _is_of_backup(each)
    ]:
        return found
    if content.startswith(b"PK"):
        raise _NothingInside("berkas ZIP ini tidak memuat puncak catatan.")
    raise _NothingInside(
        "PDF ini tidak memuat puncak catatan. Berita acara buatan program ini memuatnya."
    )


def _in_text(content: bytes, keys: Iterable[PublicKey]) -> Checkpoint:
    """Read a checkpoint from a signed note, or from its short form (`1:3021:9f3a 01bc 77de 2201`).

    The note is also read if an editor changed its line ends, or added spaces around it.
    """
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Unreadable("bukan puncak catatan.") from None
    return read_short_form(text) or read_checkpoint(f"{text.strip()}\n", keys)


def _in_manifest(content: bytes) -> Checkpoint:
    """Read the checkpoint in the manifest of a backup.

    The checkpoint has no signature; the backup as a whole is sealed (encrypted).
    """
    document = read_document(content)
    if document.get("format") != FORMAT:
        raise _NothingInside("bukan keterangan cadangan.")
    try:
        log = document["high_water"]["log"]
        # Without a host: a manifest has only the number of the epoch.
        found = Checkpoint(
            f"/log/{int(log['epoch'])}", int(log["size"]), bytes.fromhex(log["root"])
        )
    except (KeyError, TypeError, ValueError):
        found = None
    if found is None or len(found.root) != _ROOT:
        raise Unreadable("keterangan cadangan ini tidak utuh.")
    return found


def _is_of_backup(content: bytes) -> bool:
    try:
        return bool(json.loads(content)["format"] == FORMAT)
    except (ValueError, KeyError, TypeError):
        return False
