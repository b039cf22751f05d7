"""The office's clock (WIB, UTC+7), and dates and times written in Indonesian."""

from datetime import date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def day(at: date | datetime) -> str:
    """A date in words, `25 November 2026`; of an aware moment, the date in WIB."""
    local = at.astimezone(WIB) if isinstance(at, datetime) else at
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def moment(at: datetime) -> str:
    """Date and time in words, in WIB: `24 November 2026 pukul 09.05`."""
    return f"{day(at)} pukul {at.astimezone(WIB):%H.%M}"
