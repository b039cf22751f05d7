"""Help numbers: when somebody last looked at them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from psm_course.authoring.problems import Finding
from psm_course.content.course import Contact

_STALE = timedelta(days=365)


def contact_findings(contacts: Iterable[Contact], today: date) -> Iterator[Finding]:
    """A help number that nobody has looked at for a year may fail somebody in need; a warning, for only a call can mend it."""
    for index, contact in enumerate(contacts):
        if today - contact.last_checked > _STALE:
            written = contact.last_checked.isoformat()
            yield Finding(
                ("contacts", index, "last_checked"),
                f"nomor {contact.number} terakhir diperiksa {written}, lebih dari setahun lalu",
                "telepon nomor itu, lalu perbarui last_checked dan confirmed",
                "warning",
            )
