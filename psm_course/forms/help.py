"""Texts about help numbers: how to dial one, its short name, and when the numbers were checked."""

from collections.abc import Sequence

from psm_course.content.help.contacts import Contact
from psm_course.local_time import day

HELP_LIST = "nomor-bantuan"  # where a page's list of all numbers stands


def dialled(number: str) -> str:
    """Return a telephone number as a `tel:` link needs it.

    The result has digits and `+` only, with a comma (a pause) before an extension.
    """
    digits, _, extension = number.partition(" ext ")
    plain = "".join(character for character in digits if character.isdigit() or character == "+")
    return f"{plain},{extension}" if extension else plain


def short(contact: Contact) -> str:
    """Return the short name of a contact, for the line with the numbers to call first.

    The result is `contact.short`. If `contact.short` is empty, the result is the part of the label
    before the first bracket or comma.
    """
    return contact.short or contact.label.partition("(")[0].partition(",")[0].strip()


def checked(contacts: Sequence[Contact]) -> str:
    """Return Indonesian text: on which days somebody called the help numbers to check them.

    If some numbers were not called yet, the text names them, with the days on which they were last
    seen at their source. If no number was called yet, the text has only these days.
    """
    waiting = [contact for contact in contacts if not contact.confirmed]
    called = [contact for contact in contacts if contact.confirmed]
    if not called:
        return f"Belum dikonfirmasi{_between('; terlihat di sumber', waiting)}."
    checked_ones = "Yang lain diperiksa" if waiting else "Semua nomor ini sudah diperiksa"
    sentence = f"{checked_ones}{_between('', called)}."
    if not waiting:
        return sentence
    names = ", ".join(f"{short(contact)} ({contact.number})" for contact in waiting)
    return f"Belum dikonfirmasi: {names}{_between('; terlihat di sumber', waiting)}. {sentence}"


def _between(opening: str, contacts: Sequence[Contact]) -> str:
    """Return `opening` and the days on which the contacts were last checked (`last_checked`).

    If all days are the same, the text has this one day; otherwise it has the first and the last
    day. Contacts without a day are ignored. The text is empty if no contact has a day.
    """
    days = sorted(contact.last_checked for contact in contacts if contact.last_checked)
    if not days:
        return ""
    first, last = day(days[0]), day(days[-1])
    return f"{opening} {first}" if first == last else f"{opening} antara {first} dan {last}"
