"""Reads a form up to a limit of bytes, and checks that one of our own pages sent it."""

import secrets
from datetime import date
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from psm_course.errors import Refused

FIELD = "kunci"  # the field that carries the form's token
_MOST_FIELDS = 1000


class Foreign(Refused):
    """Raised if a page of another site sent the form, or our page was opened too long ago."""


class TooLarge(Refused):
    """Raised if the form has more bytes than this page accepts."""


def refuse_unwritable(request: Request) -> None:
    """Refuse a request whose address contains a NUL character, because no database accepts it.

    Raises:
        Refused: the path contains a NUL, or the query contains `%00`.
    """
    if "\0" in request.scope["path"] or b"%00" in request.scope["query_string"]:
        raise Refused("Alamat ini berisi tanda yang tidak sah. Buka halamannya dari menu.")


def refuse_foreign_origin(request: Request) -> None:
    """Refuse a form that comes from another site, according to the browser's headers.

    Old browsers do not send these headers. `refuse_foreign_form` checks the form's token in any
    case.

    Raises:
        Foreign: `Sec-Fetch-Site` or `Origin` names another site.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    ours = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if site not in {"same-origin", "none"} or not ours:
        raise Foreign(
            "Kiriman ini datang dari situs lain, jadi tidak dijalankan. Buka halamannya dari sini,"
            " lalu ulangi."
        )


def refuse_foreign_form(form: FormData, token: str) -> None:
    """Refuse a form whose secret token is not `token`.

    Raises:
        Foreign: the form has no token, or has a different one, or `token` is empty.
    """
    sent = form.get(FIELD)
    if (
        not isinstance(sent, str)
        or not token
        or not secrets.compare_digest(sent.encode("utf-8", "surrogatepass"), token.encode())
    ):
        raise Foreign(
            "Halaman ini sudah terlalu lama terbuka, jadi kirimannya belum dijalankan. Buka lagi"
            " halamannya, lalu ulangi."
        )


async def read_form(request: Request, largest: int) -> FormData:
    """Read the fields and files of a form. A large file is kept on disk, not in memory.

    `largest` is the maximum size of the whole body, in bytes.

    Raises:
        TooLarge: the body is larger; raised as soon as that is known.
        Refused: the form is incomplete or unreadable, or has more than one file.
    """
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > largest:
            raise too_large
        return message

    size = f"{largest // 1024 // 1024} MB" if largest >= 1024 * 1024 else f"{largest // 1024} KB"
    too_large = TooLarge(
        f"Kiriman ini terlalu besar: paling banyak {size}. Belum ada yang disimpan."
    )
    # The header only saves time; `counted` notices a body that is larger than it says.
    if int(request.headers.get("content-length") or 0) > largest:
        raise too_large
    try:
        return await Request(request.scope, counted).form(
            max_files=1, max_fields=_MOST_FIELDS, max_part_size=largest
        )
    except (MultiPartException, HTTPException, ClientDisconnect, UnicodeDecodeError, LookupError):
        raise Refused(
            "Kiriman ini tidak lengkap atau tidak dapat dibaca. Belum ada yang disimpan; ulangi."
        ) from None


def read_day(written: str) -> date:
    """Parse a day as a form sends it, such as `2026-12-01`.

    Raises:
        Refused: the text is not a date, or its year is not between 2000 and 2100.
    """
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Refused("Tanggal belum dimengerti. Tulis seperti 2026-12-01.") from None
    if not 2000 <= day.year <= 2100:
        raise Refused("Tahun di tanggal itu tampaknya keliru. Tulis seperti 2026-12-01.")
    return day
