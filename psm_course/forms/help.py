"""Texts about help numbers: how to dial one, its short name, and when the numbers were checked."""

from collections.abc import Sequence

from psm_course.content.help.contacts import Contact
from psm_course.local_time import day

HELP_LIST = "nomor-bantuan"  # where a page's list of all numbers stands


def dialled(number: str) -> str:
    """A number for a `tel:` link; an extension is dialled after a pause."""
    digits, _, extension = number.partition(" ext ")
    plain = "".join(character for character in digits if character.isdigit() or character == "+")
    return f"{plain},{extension}" if extension else plain


def short(contact: Contact) -> str:
    """The short name of a contact for the line of first numbers: its own, else its label up to a bracket or a comma."""
    return contact.short or contact.label.partition("(")[0].partition(",")[0].strip()


def checked(contacts: Sequence[Contact]) -> str:
    """One sentence for all numbers: those that were called and when, those not yet called and when they were last seen."""
    waiting = [contact for contact in contacts if not contact.confirmed]
    called = [contact for contact in contacts if contact.confirmed]
    if not called:
        return f"Belum dikonfirmasi{_between('; terlihat di sumber', waiting)}."
    sentence = f"{'Yang lain diperiksa' if waiting else 'Semua nomor ini sudah diperiksa'}{_between('', called)}."
    if not waiting:
        return sentence
    names = ", ".join(f"{short(contact)} ({contact.number})" for contact in waiting)
    return f"Belum dikonfirmasi: {names}{_between('; terlihat di sumber', waiting)}. {sentence}"


def _between(opening: str, contacts: Sequence[Contact]) -> str:
    """`opening` with the day, or the first and last day, of the dated contacts; empty where no day is known."""
    days = sorted(contact.last_checked for contact in contacts if contact.last_checked)
    if not days:
        return ""
    first, last = day(days[0]), day(days[-1])
    return f"{opening} {first}" if first == last else f"{opening} antara {first} dan {last}"
