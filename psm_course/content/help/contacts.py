"""The help numbers: telephone numbers to call for help, and the day of each one's last check."""

from pathlib import Path as FilePath

from pydantic import Field

from psm_course.authoring.fields import Day, Flag, Id, Model, Text
from psm_course.authoring.reading import read_declared_file
from psm_course.content.review import Review, read_review

HELP_FILE = FilePath("modules/bantuan.yml")


class HelpLine(Model):
    """A help line as it is written in `modules/bantuan.yml`.

    Telephone numbers are written only in `modules/bantuan.yml`, never in lessons or quizzes.
    """

    id: Id = Field(description="Nama pendek.")
    label: Text = Field(description="Nama layanan.")
    short: Text | None = Field(
        None, description="Namanya dalam satu atau dua kata, untuk baris nomor di atas halaman."
    )
    number: Text = Field(description="Nomor seperti ditekan di telepon.")
    words: tuple[Text, ...] = Field(
        (), description="Kata atau frasa: siapa mencarinya melihat nomor ini di atas hasil."
    )
    when: Text = Field(description="Kapan dipakai.")
    source: Text = Field(description="Sumber nomor ini.")


class Contact(HelpLine):
    """A help line, and when its number was last checked, according to the review ledger."""

    last_checked: Day | None = Field(
        None, description="Tanggal nomor ini ditelepon; sebelum itu, terakhir terlihat di sumber."
    )
    confirmed: Flag = Field(False, description="yes bila sudah ditelepon dan benar.")


class HelpFile(Model):
    """The file `modules/bantuan.yml`."""

    contacts: tuple[HelpLine, ...] = Field(min_length=1, description="Nomor bantuan.")


def find_contacts(root: FilePath) -> tuple[Contact, ...] | None:
    """Return the help numbers of the course; None if `modules/bantuan.yml` cannot be read."""
    _, file, _ = read_declared_file(HelpFile, root, HELP_FILE)
    return contacts_of(file, read_review(root)[1]) if file else None


def contacts_of(file: HelpFile | None, review: Review) -> tuple[Contact, ...]:
    """Return the help lines of a file with their dates from the review ledger.

    The result is empty if `file` is None, because the file cannot be read.
    """
    return tuple(_contact(line, review) for line in file.contacts) if file else ()


def _contact(line: HelpLine, review: Review) -> Contact:
    """Return a help line with its date from the ledger.

    The date is the day on which an authority answered; `confirmed` is then True. Without an answer
    it is the day on which the number was last seen at its source. Without an entry in the ledger
    there is no date.
    """
    entry = next(iter(review.at(f"{HELP_FILE.as_posix()}#{line.id}")), None)
    if entry is None:
        return Contact(**dict(line))
    answered = entry.answer if not entry.is_open else None
    return Contact(
        **dict(line),
        last_checked=answered.on if answered else entry.last_checked,
        confirmed=answered is not None,
    )
