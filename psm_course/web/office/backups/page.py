"""`/cadangan`: the backups on this laptop, a button to make a backup, and links to download them.

A backup can be restored only on the command line.
"""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import FileResponse, Response

from psm_course.errors import Refused
from psm_course.local_time import WIB
from psm_course.registrar.backup.automatic import back_up_in_child, last_failure
from psm_course.registrar.backup.backing_up import NO_KEY
from psm_course.registrar.certificates.keys.backup_key import find_backup_key
from psm_course.settings import Settings
from psm_course.web.request_context import RequestContext, redirect


@dataclass(frozen=True, slots=True)
class _Backup:
    """A backup in the office's folder; `size` is a text for people, such as `1,2 MB`."""

    name: str
    made: datetime
    size: str


def backups_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /cadangan`: the backups, newest first; after a failed backup also the reason.

    `trouble` is the reason why a backup was not made just now; empty: no error.
    """
    settings = context.office.settings
    return context.render(
        "office/backups/page.html",
        status,
        kept=_list_backups(settings),
        trouble=trouble,
        failure=last_failure(settings),
        no_key="" if find_backup_key(settings) else NO_KEY,
    )


def make_backup(context: RequestContext) -> Response:
    """`POST /cadangan`: make a backup.

    Another process makes the backup, so that phones can hand in answers meanwhile.
    """
    settings = context.office.settings
    trouble = back_up_in_child(settings) if find_backup_key(settings) else NO_KEY
    return (
        backups_page(context, 422, trouble)
        if trouble
        else redirect("/cadangan?kabar=cadangan-dibuat")
    )


def download_backup(context: RequestContext) -> Response:
    """`GET /cadangan/berkas?nama=…`: download a backup; it is sealed (encrypted).

    Raises:
        Refused: there is no such backup any more.
    """
    settings, name = context.office.settings, context.asked("nama")
    # Only a name of the list: no path in the address leads to another file.
    if name not in {each.name for each in _list_backups(settings)}:
        raise Refused(
            "Cadangan ini sudah tidak ada: yang otomatis dihapus bila sudah ada yang lebih baru."
            " Pilih yang lain dari daftarnya."
        )
    return FileResponse(settings.backups / name, filename=name, media_type="application/zip")


def _list_backups(settings: Settings) -> list[_Backup]:
    """Return all backups in the office's folder, newest first."""
    found = [(path, path.stat()) for path in settings.backups.glob("*.zip") if path.is_file()]
    return sorted(
        (
            _Backup(path.name, datetime.fromtimestamp(seen.st_mtime, WIB), _size(seen.st_size))
            for path, seen in found
        ),
        key=lambda each: each.made,
        reverse=True,
    )


def _size(count: int) -> str:
    return f"{max(count / 1_000_000, 0.1):.1f}\N{NO-BREAK SPACE}MB".replace(".", ",")
