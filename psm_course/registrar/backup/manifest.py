"""A backup's `manifest.json` (psm-backup/1): its office, file digests and high-water marks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psm_course.credentials.documents import Json, Unreadable, instant, read_document, written
from psm_course.errors import Refused
from psm_course.registrar.log.high_water import FORMAT, HighWater, high_water_json, read_high_water

FILE = "manifest.json"
LARGEST = 64_000_000  # bytes; one of its lines is about 130


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of `manifest.json`.

    `files` has the SHA-256 (hexadecimal) of every other file of the backup, by path.
    """

    office: str
    made: datetime
    files: Mapping[str, str]
    high_water: HighWater


def write_manifest(manifest: Manifest) -> bytes:
    """Write the manifest as JSON."""
    body = {
        "format": FORMAT,
        "office": manifest.office,
        "made": written(manifest.made),
        "files": dict(manifest.files),
        "high_water": high_water_json(manifest.high_water),
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n"


def read_manifest(raw: bytes) -> Manifest:
    """Read the manifest of a backup from JSON.

    Raises:
        Refused: `raw` is no manifest, or a newer program wrote it.
    """
    try:
        document = read_document(raw, LARGEST)
        _refuse_newer(document)
        files = {str(path): str(digest) for path, digest in document["files"].items()}
        return Manifest(
            str(document["office"]),
            instant(document["made"]),
            files,
            read_high_water(document["high_water"]),
        )
    except (Unreadable, KeyError, TypeError, ValueError, AttributeError):
        raise Refused(
            "Daftar isi cadangan (manifest.json) tidak terbaca. Tidak ada yang diubah. Pakai"
            " cadangan lain."
        ) from None


def _refuse_newer(document: Json) -> None:
    name, _, version = str(document["format"]).partition("/")
    ours, _, known = FORMAT.partition("/")
    if name != ours:
        raise Unreadable("another format")
    if version != known:
        raise Refused(
            "Cadangan ini dibuat versi program yang lebih baru. Pasang versi terbaru, lalu ulangi."
            " Tidak ada yang diubah."
        )
