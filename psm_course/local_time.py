"""The office's clock, and how a day and a moment are written in Indonesian."""

from datetime import date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def day(at: date | datetime) -> str:
    """`25 November 2026`; an aware moment is read by the office's clock."""
    local = at.astimezone(WIB) if isinstance(at, datetime) else at
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def moment(at: datetime) -> str:
    """`24 November 2026 pukul 09.05`, by the office's clock."""
    return f"{day(at)} pukul {at.astimezone(WIB):%H.%M}"
