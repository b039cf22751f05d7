"""Find evidence, outside the register, of certificate numbers that the office has given.

The evidence is in published lists, certificates and checkpoints. Certificates and lists are not
verified. A forged certificate or list does little harm: the office only skips some numbers.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from psm_course.authoring.beside import named_by
from psm_course.box.box import open_box
from psm_course.credentials.documents import Unreadable, read_document
from psm_course.credentials.formats.attachment import LARGEST_PDF
from psm_course.credentials.formats.badge import RECORD
from psm_course.credentials.lists.digests import read_digests
from psm_course.credentials.lists.status_list import LENGTH, read_places
from psm_course.credentials.log.checkpoint import Checkpoint
from psm_course.credentials.verification.handed import boxed
from psm_course.errors import Refused
from psm_course.registrar.log.checkpoints import search_checkpoints
from psm_course.settings import Settings

_LISTS = ("sidik.json", "sidik/*.json")


@dataclass(frozen=True, slots=True)
class Traces:
    """Evidence that was found: certificate numbers, a place in the status lists, and checkpoints.

    `position` is the first place in the status lists after the places of all certificates that were
    found; 0 if no certificate was found.
    """

    numbers: frozenset[str] = frozenset()
    position: int = 0
    checkpoints: tuple[Checkpoint, ...] = ()

    def __or__(self, other: "Traces") -> "Traces":
        return Traces(
            self.numbers | other.numbers,
            max(self.position, other.position),
            (*self.checkpoints, *other.checkpoints),
        )


def traces_here(keys: Settings, here: Settings) -> Traces:
    """Find evidence on this laptop: in the site as published last and the printed certificates.

    Args:
        keys: settings with the office's keys, which decide which checkpoints are valid; in a
            restore, the settings of the backup.
        here: settings with the folders of this laptop.
    """
    return traces_in(
        keys, [path for path in (here.site, here.records) if path.is_dir()], is_given=False
    )


def traces_in(settings: Settings, places: Sequence[Path | str], is_given: bool = True) -> Traces:
    """Find evidence in files, folders and typed checkpoints.

    Args:
        settings: the keys of these settings decide which checkpoints are valid.
        places: paths or typed checkpoints.
        is_given: True if an officer named the places; then each must hold some evidence.

    Raises:
        Refused: `is_given` is True, and a place holds no evidence.
    """
    found = Traces()
    for place in places:
        here = replace(
            Traces() if (path := named_by(place)) is None else _numbers_in(path),
            checkpoints=tuple(
                each.checkpoint for each in search_checkpoints(settings, [place]).found
            ),
        )
        if is_given and here == Traces():
            raise Refused(
                f"{place}: tidak ada yang menyebut nomor atau puncak catatan di sana. Tunjukkan"
                " folder situs yang terbit, PDF sertifikat, berita acara, atau ketik puncak"
                " catatan seperti tercetak. Tidak ada yang diubah."
            )
        found |= here
    return found


def _numbers_in(place: Path) -> Traces:
    if place.is_dir():
        pdfs = sorted(place.rglob("*.pdf"))
        lists = [path for pattern in _LISTS for path in place.glob(pattern)]
    else:
        pdfs, lists = (
            ([place], [])
            if place.suffix.lower() == ".pdf"
            else ([], [place] if place.is_file() else [])
        )
    # One box for all PDFs: starting its process takes longer than reading a file.
    with open_box():
        found = [each for path in pdfs if (each := _in_pdf(path)) is not None]
    numbers = {number for number, _ in found} | {
        number for path in lists for number in _in_list(path)
    }
    return Traces(frozenset(numbers), max((position + 1 for _, position in found), default=0))


def _in_pdf(path: Path) -> tuple[str, int] | None:
    """Read the number of a certificate and its place in the status lists from a PDF.

    None if the PDF is no certificate.
    """
    with suppress(Unreadable, OSError, KeyError, TypeError, ValueError, AttributeError):
        with path.open("rb") as stream:
            document = boxed(stream.read(LARGEST_PDF + 1)).document
        (facts,) = [
            read_document(each["narrative"].encode())
            for each in document["evidence"]
            if each["genre"] == RECORD
        ]
        place = read_places(document["credentialStatus"])[0]
        which = int(place.list_id.rpartition("/")[2].partition("-")[0])
        return str(facts["number"]), which * LENGTH + place.index
    return None


def _in_list(path: Path) -> Iterator[str]:
    with suppress(Unreadable, OSError):
        yield from read_digests(read_document(path.read_bytes())).pdfs


def newest_size(checkpoints: Iterable[Checkpoint], epoch: int) -> int:
    """The largest log size in the checkpoints of this epoch; 0 if the epoch has no checkpoint."""
    return max((each.size for each in checkpoints if each.epoch == epoch), default=0)
