"""What every item has, and what every item type must answer."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import mmh3
from pydantic import Field

from psm_course.authoring.fields import Flag, Form, Id, Model, Month, Points, Text
from psm_course.authoring.numbers import plain
from psm_course.authoring.problems import Finding, Path

# Plain data that any language can execute: text, numbers, lists and maps only.
Scoring = dict[str, Any]
View = dict[str, Any]


class BaseItem(Model):
    """One question. `rules` finds what field types cannot; `scoring` is all that marking needs; views are what pages show."""

    id: Id = Field(description="Nama pendek yang tetap dan tunggal di berkas ini; kalimatnya boleh berubah, id-nya jangan.")
    type: str
    objective: Id | None = Field(None, description="Id tujuan belajar dari index.md modul yang diukur butir ini.")
    points: Points = Field(Decimal(1), description="Nilai tertinggi butir ini. Bila tidak ditulis: 1.")
    prompt: Text = Field(description="Pertanyaan atau situasi yang dibaca peserta.")
    explanation: Text | None = Field(None, description="Mengapa jawabannya demikian. Wajib untuk butir kursus.")
    form: Form | None = Field(None, description="a atau b: bentuk tes yang memakai butir bank soal ini.")
    always: Flag = Field(False, description="yes: butir ini selalu keluar bila kuis diundi.")
    source: Text | None = Field(None, description="Dasar hukum atau sumber. Wajib untuk butir kursus.")
    review_by: Month | None = Field(None, description="Bulan (2027-06) terakhir isi ini boleh dipakai tanpa diperiksa ulang.")

    @property
    def maximum(self) -> Decimal:
        """Points for a perfect response."""
        return self.points

    @abstractmethod
    def rules(self) -> Iterator[Finding]:
        """Mistakes that stop the item from being marked; paths start inside the item."""

    @abstractmethod
    def scoring_rule(self) -> Scoring:
        """The marking rule of this type as plain data."""

    @abstractmethod
    def question(self) -> View:
        """What a page needs to ask, with no trace of the key."""

    @abstractmethod
    def solution(self) -> View:
        """The key and the feedback, for practice pages only."""

    @abstractmethod
    def private_texts(self) -> Iterator[str]:
        """Texts that must not leave the office while this item is part of a test."""

    def scoring_data(self) -> Scoring:
        return {"type": self.type, "points": plain(self.points), **self.scoring_rule()}

    def public(self, with_answer: bool) -> View:
        view: View = {"id": self.id, "type": self.type, "prompt": self.prompt, **self.question()}
        if with_answer:
            view["answer"] = {**self.solution(), "explanation": self.explanation, "source": self.source}
        return view

    def secrets(self) -> Iterator[str]:
        if self.explanation:
            yield self.explanation
        yield from self.private_texts()


def label(text: str) -> str:
    """A public name for a text that says nothing of its place in the key.

    The ids of `order` and `match` parts would give the key away (`a, b, c` in the right order; left id = right id), so pages
    use this 32-bit MurmurHash3 of the visible text instead, and marking accepts either.
    """
    return f"{mmh3.hash(text, signed=False):08x}"


def repeated_texts(texts: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    pairs = list(texts)
    counts = Counter(text for _, text in pairs)
    reported: set[str] = set()
    for path, text in reversed(pairs):
        if counts[text] > 1 and text not in reported:
            reported.add(text)
            yield Finding(path, "teks ini sama persis dengan yang lain", "bedakan teksnya agar peserta dapat memilih")
