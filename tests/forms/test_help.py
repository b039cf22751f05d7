"""What is said once of all help numbers, and their short names."""

from __future__ import annotations

from datetime import date

import pytest
from dirty_equals import Contains

from psm_course.content.course import ModuleFile, first_contacts
from psm_course.content.help.contacts import Contact
from psm_course.forms.help import checked, short

OLD, NEW = date(2026, 1, 2), date(2026, 11, 3)


def a_contact(
    name: str, *, seen: date | None = None, confirmed: bool = False, **more: str
) -> Contact:
    given = {
        "id": name,
        "label": f"{name} Depok (darurat)",
        "number": "112",
        "when": "x",
        "source": "x",
        **more,
    }
    return Contact.model_validate(
        {**given, "last_checked": seen and seen.isoformat(), "confirmed": confirmed}
    )


@pytest.mark.parametrize(
    ("contacts", "said"),
    [
        ([a_contact("A")], "Belum dikonfirmasi."),
        (
            [a_contact("A", seen=OLD), a_contact("B", seen=OLD)],
            Contains("Belum dikonfirmasi; ", "sumber 2 Januari 2026."),
        ),
        (
            [a_contact("A", seen=NEW), a_contact("B", seen=OLD)],
            Contains("Belum dikonfirmasi; ", "antara 2 Januari 2026 dan 3 November 2026."),
        ),
        (
            [a_contact("A", seen=NEW, confirmed=True)],
            Contains("Semua nomor", "sudah diperiksa 3 November 2026."),
        ),
        (
            [a_contact("A", seen=NEW, confirmed=True), a_contact("B", seen=OLD)],
            Contains(
                "Belum dikonfirmasi: B Depok (112); ",
                "sumber 2 Januari 2026.",
                "Yang lain diperiksa 3 November 2026.",
            ),
        ),
    ],
)
def test_what_was_checked_is_said_once(contacts: list[Contact], said: str | Contains) -> None:
    assert checked(contacts) == said


def test_a_short_name_is_the_files_or_the_beginning_of_the_label() -> None:
    assert [
        short(a_contact("A")),
        short(a_contact("A", short="Darurat")),
        short(a_contact("A", label="Dinas, siaga")),
    ] == [
        "A Depok",
        "Darurat",
        "Dinas",
    ]


def a_module(*first: str) -> ModuleFile:
    return ModuleFile.model_validate(
        {
            "title": "x",
            "minutes": "5",
            "objectives": [{"id": "a", "text": "Menyapa"}],
            "help_first": first,
        }
    )


def test_the_numbers_of_a_module_come_first_and_two_where_it_names_none() -> None:
    a, b, c = contacts = (a_contact("A"), a_contact("B"), a_contact("C"))

    assert first_contacts(contacts, a_module("C", "A", "B")) == (c, a, b)
    assert first_contacts(contacts, a_module()) == (a, b)
    assert first_contacts(contacts, None) == (a, b)
    assert first_contacts(contacts, a_module("tidak-ada")) == (a, b)
