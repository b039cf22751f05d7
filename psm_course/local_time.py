"""The office's clock (WIB), and dates and times written in Indonesian."""

from datetime import date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def day(at: date | datetime) -> str:
    """A date in Indonesian, such as `17 Agustus 2026`.

    A datetime is converted to WIB first. Give an aware one: a naive one is read as the machine's
    local time.
    """
    local = at.astimezone(WIB) if isinstance(at, datetime) else at
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def moment(at: datetime) -> str:
    """A time as `24 November 2026 pukul 09.05`, in WIB."""
    return f"{day(at)} pukul {at.astimezone(WIB):%H.%M}"
