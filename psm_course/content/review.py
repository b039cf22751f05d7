"""The review ledger: sentences that wait for an authority's answer, and the answers.

The file is `modules/tinjauan.yml`. In running text the mark `{tinjau}` after a sentence names the
entry of the sentence. Items of quizzes and entries of data files have no mark: the ledger names
them under `where`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Literal

from pydantic import Field

from psm_course.authoring.fields import Day, Id, Model, Text
from psm_course.authoring.ids import repeated_in
from psm_course.authoring.problems import Finding, Problem
from psm_course.authoring.reading import read_optional_file
from psm_course.authoring.yaml_source import Source

REVIEW_FILE = FilePath("modules/tinjauan.yml")
Authority = Literal["dinsos", "uptd-ppa", "dinkes", "bagian-hukum"]
AUTHORITIES: dict[Authority, str] = {
    "dinsos": "Dinas Sosial",
    "uptd-ppa": "UPTD PPA",
    "dinkes": "Dinas Kesehatan",
    "bagian-hukum": "Bagian Hukum",
}
Verdict = Literal["yes", "changed", "no"]
# The space before a mark goes with it.
_ROLE = re.compile(r"[ \t]*\{tinjau\}`([^`]*)`")


class Answer(Model):
    """The answer of an authority to an entry of the ledger."""

    on: Day = Field(description="Tanggal dijawab.")
    by: Text = Field(description="Jabatan atau unit yang menjawab, bukan nama orang.")
    verdict: Verdict = Field(
        description="yes: benar · changed: benar bila diubah menjadi `text` · no: salah, hapus."
    )
    text: Text | None = Field(None, description="Bunyi yang benar, bila verdict: changed.")


class Entry(Model):
    """A sentence, a number or a table that waits for an authority's answer, or has the answer."""

    id: Id = Field(description="Nama pendek, dipakai {tinjau} di halaman.")
    kind: Literal["sentence", "number", "table"] = Field(
        description="sentence: kalimat · number: nomor bantuan · table: tabel atau daftar."
    )
    where: tuple[Text, ...] = Field(
        min_length=1,
        description=(
            "Tempatnya: berkas#sel, kuis#butir, atau berkas-data#id. Yang pertama memuat bunyinya;"
            " yang lain berpegang padanya."
        ),
    )
    text: Text = Field(description="Bunyinya sekarang; untuk tabel, judulnya.")
    question: Text = Field(description="Yang ditanyakan.")
    authority: Authority = Field(description="Siapa yang berwenang menjawab.")
    last_checked: Day | None = Field(
        None, description="Untuk nomor: tanggal terakhir terlihat di sumber."
    )
    asked_on: Day | None = Field(None, description="Tanggal ditanyakan.")
    answer: Answer | None = Field(None, description="Jawabannya.")

    @property
    def is_open(self) -> bool:
        """True if the text still waits for an answer; pages then tell readers about it.

        An entry whose answer is "no" stays open, until text and entry are deleted.
        """
        return self.answer is None or self.answer.verdict == "no"

    @property
    def right_text(self) -> str:
        """The text that must be in the course: `text`, or its correction in the answer."""
        return (
            self.answer.text
            if self.answer and self.answer.verdict == "changed" and self.answer.text
            else self.text
        )


class ReviewFile(Model):
    """The file `modules/tinjauan.yml`."""

    entries: tuple[Entry, ...] = Field(description="Yang ditinjau.")


@dataclass(frozen=True)
class Review:
    """The entries of the ledger in order; no entries if the course has no ledger."""

    entries: tuple[Entry, ...] = ()

    def by_id(self) -> dict[str, Entry]:
        """The entries by their id."""
        return {entry.id: entry for entry in self.entries}

    def at(self, place: str) -> tuple[Entry, ...]:
        """Return the entries about a place, such as the item `latihan-anak-1#janji-rahasia`."""
        return tuple(entry for entry in self.entries if place in entry.where)

    def waiting_in(self, file: FilePath) -> tuple[Entry, ...]:
        """Return the open entries about a data file such as `modules/rujukan.yml`."""
        begins = f"{file.as_posix()}#"
        return tuple(
            entry
            for entry in self.entries
            if entry.is_open and any(place.startswith(begins) for place in entry.where)
        )


def read_review(root: FilePath) -> tuple[Source, Review, list[Problem]]:
    """Read the ledger; return the file as read, the entries, and a list of all problems.

    If the file cannot be read, there are no entries. If there is no such file, the source is empty,
    and there are no entries and no problems.
    """
    source, file, problems = read_optional_file(ReviewFile, root, REVIEW_FILE, _findings)
    return source, Review(file.entries) if file else Review(), problems


def marks_in(text: str) -> Iterator[str]:
    """Yield the id in each review mark (`{tinjau}`) of a text: the id of a ledger entry."""
    return (found[1] for found in _ROLE.finditer(text))


def without_marks(text: str) -> str:
    """Return the text without review marks (`{tinjau}`).

    The screen in the hall and slides show this text, because they do not tell which texts wait for
    an answer. Words are counted in this text too.
    """
    return _ROLE.sub("", text)


def replace_marks(text: str, shown: Mapping[str, str]) -> str:
    """Return the text with each review mark replaced.

    `shown` maps the id of a ledger entry to the text that replaces its mark. A mark whose entry is
    not in `shown` is removed.
    """
    return _ROLE.sub(lambda found: shown.get(found[1], ""), text)


def _findings(file: ReviewFile) -> Iterator[Finding]:
    yield from repeated_in(file, "entries")
    for index, entry in enumerate(file.entries):
        at = ("entries", index)
        if entry.kind == "number" and entry.last_checked is None:
            yield Finding(
                at,
                'nomor ini belum punya "last_checked"',
                "tulis tanggal nomor ini terakhir terlihat di sumber",
            )
        if entry.answer and entry.answer.verdict == "changed" and not entry.answer.text:
            yield Finding(
                (*at, "answer"),
                'jawaban "changed" belum memuat bunyi yang benar',
                "tambahkan text: …",
            )
