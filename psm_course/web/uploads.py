"""Keeps an uploaded sheet under `var/unggahan` until the next page has imported the sheet.

Each sheet has a folder with a random name, which only this program's account can read. The sheet
may be deleted after a day.
"""

import re
import secrets
import shutil
import time
from pathlib import Path

from starlette.datastructures import UploadFile

from psm_course.errors import Refused, StoreError, cause
from psm_course.settings import Settings

_NAME = re.compile(r"[A-Za-z0-9_-]{22}")
_KINDS = {".xlsx", ".xls", ".ods", ".csv"}
_LONGEST_KEPT = 24 * 60 * 60


def keep_upload(settings: Settings, upload: UploadFile | None) -> str:
    """Keep an uploaded sheet; returns the random name by which `find_upload` finds it.

    Sheets older than a day are deleted first.

    Raises:
        Refused: no file was chosen, or its ending is not .xlsx, .xls, .ods or .csv.
        StoreError: the sheet could not be written; nothing was kept.
    """
    if upload is None:
        raise Refused("Belum ada berkas yang dipilih. Pilih lembar Excel atau CSV, lalu kirim.")
    written = Path((upload.filename or "").replace("\\", "/")).name
    if Path(written).suffix.lower() not in _KINDS:
        raise Refused(
            "Berkas ini bukan lembar Excel atau CSV. Yang diterima: .xlsx, .xls, .ods, .csv."
        )
    name = secrets.token_urlsafe(16)
    try:
        _forget_old(_folder(settings))
        place = _folder(settings) / name
        _folder(settings).mkdir(mode=0o700, parents=True, exist_ok=True)
        place.mkdir(mode=0o700)
        with (place / _safe(written)).open("wb") as kept:
            shutil.copyfileobj(upload.file, kept)
    except OSError as error:
        delete_upload(settings, name)
        raise StoreError(
            f"Berkas tidak dapat disimpan sementara: {cause(error)}. Belum ada yang berubah."
        ) from None
    return name


def find_upload(settings: Settings, name: str) -> Path:
    """Return the path of an uploaded sheet, by the random name that `keep_upload` returned.

    The file has the sheet's own name, without unsafe characters.

    Raises:
        Refused: the sheet is no longer there.
    """
    folder = _folder(settings) / name
    found = (
        next(iter(folder.iterdir()), None) if _NAME.fullmatch(name) and folder.is_dir() else None
    )
    if found is None:
        raise Refused("Berkas unggahan ini sudah tidak ada. Unggah lagi lembarnya.")
    return found


def delete_upload(settings: Settings, name: str) -> None:
    """Delete a kept sheet. A name that is unknown or invalid changes nothing."""
    # The name comes out of an address: it must not lead to another folder.
    if _NAME.fullmatch(name):
        shutil.rmtree(_folder(settings) / name, ignore_errors=True)


def _folder(settings: Settings) -> Path:
    return settings.data / "unggahan"


def _safe(written: str) -> str:
    """Return the sheet's own name without characters that a file system may refuse.

    Messages show this name.
    """
    stem = re.sub(r"[^\w .-]+", "", Path(written).stem).strip(" .")[:60]
    return (stem or "lembar") + Path(written).suffix.lower()


def _forget_old(folder: Path) -> None:
    for old in folder.iterdir() if folder.is_dir() else ():
        if old.stat().st_mtime < time.time() - _LONGEST_KEPT:
            shutil.rmtree(old, ignore_errors=True)
