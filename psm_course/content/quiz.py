"""A quiz: its header, its items, and its public view.

Only the public view leaves the office. The module `quiz_files.reading` reads quiz files.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field

from psm_course.authoring.canonical import json_digest
from psm_course.authoring.fields import Count, Form, Id, Ids, Model, Percent, Text
from psm_course.items.base import BaseItem, View

Use = Literal["practice", "pretest", "posttest", "bank"]


class QuizHeader(Model):
    """All fields of a quiz file except its items."""

    id: Id = Field(description="Nama kuis, tetap selamanya dan tunggal di kursus ini.")
    title: Text = Field(description="Judul yang dibaca peserta.")
    module: Id | None = Field(
        None, description="Folder modul di modules/. Tidak ditulis: kuis untuk seluruh kursus."
    )
    use: Use = Field(
        description=(
            "practice: latihan dengan jawaban · pretest: tes awal · posttest: tes akhir · bank:"
            " persediaan butir tes."
        )
    )
    pass_mark: Percent | None = Field(
        None, description="Batas lulus dalam persen nilai. Tidak ditulis: tanpa batas lulus."
    )
    attempts: Count | None = Field(
        None, description="Banyaknya kesempatan. Tidak ditulis: tidak dibatasi."
    )
    cool_down: Count | None = Field(
        None,
        description=(
            "Jeda antara dua percobaan, dalam menit menurut jam kantor; yang lebih awal ditahan."
            " Tidak ditulis: tanpa jeda."
        ),
    )
    without_card: Literal["held", "counted"] = Field(
        "held",
        description=(
            "Jawaban atas nomor yang dikenal tetapi tanpa kartu. held: ditahan untuk petugas ·"
            " counted: dihitung, tanpa memakai kesempatan dan selama tidak ada jawaban dengan"
            " kartu."
        ),
    )
    draw: Count | None = Field(
        None, description="Banyaknya butir yang diundi untuk tiap peserta. Tidak ditulis: semua."
    )
    draw_by: Literal["objective"] | None = Field(
        None, description="objective: undian dibagi rata di antara tujuan belajar."
    )
    shuffle: Literal["items", "choices", "both", "none"] = Field(
        "none", description="Yang diacak: butir, pilihan, keduanya, atau tidak."
    )
    time_limit: Count | None = Field(
        None, description="Batas waktu dalam menit. Tidak ditulis: tanpa batas."
    )
    pool: Ids | None = Field(
        None,
        description=(
            "Ganti items: pakai butir-butir kuis lain (satu id atau daftar id) di folder yang sama."
        ),
    )
    form: Form | None = Field(None, description="Bersama pool: pakai butir dengan form ini saja.")


class QuizFile(QuizHeader):
    """The whole quiz file as an author writes it.

    With this model the program suggests the right name for a misspelt field. It also makes the
    editor schema and the reference page from this model.
    """

    items: tuple[BaseItem, ...] | None = Field(None, description="Butir-butir soal.")


@dataclass(frozen=True)
class Quiz:
    """A quiz that can be graded: its file breaks no rule about the structure of a quiz file."""

    header: QuizHeader
    items: tuple[BaseItem, ...]

    @property
    def id(self) -> str:
        """The id in the quiz's header."""
        return self.header.id

    @property
    def is_test(self) -> bool:
        """True for a test or a bank; their right answers stay in the office.

        False for a practice quiz, which shows its right answers.
        """
        return self.header.use != "practice"

    @property
    def draw_groups(self) -> dict[str, str]:
        """The group of every item, by the item's id.

        A draw takes about the same number of items from each group. With `draw_by: objective` the
        group is the item's objective; otherwise all items are in one group.
        """
        by_objective = self.header.draw_by == "objective"
        return {item.id: (item.objective or "") if by_objective else "" for item in self.items}

    @cached_property
    def variants(self) -> dict[str, tuple[str, ...]]:
        """The sorted ids of the items in each set of variants, by the name of the set.

        Every sitting gets one item of each set.
        """
        found: dict[str, list[str]] = {}
        for item in self.items:
            if item.variants:
                found.setdefault(item.variants, []).append(item.id)
        return {name: tuple(sorted(ids)) for name, ids in found.items()}

    @property
    def most_drawn(self) -> int:
        """The number of items that each learner gets if the header has no `draw`.

        It is the largest possible number. A set of variants counts as one item.
        """
        # A pair, because a set of variants may have the same name as another item's id.
        return len({(item.variants is None, item.stands_for) for item in self.items})

    @property
    def drawn(self) -> int:
        """The number of items that each learner gets: the header's `draw`, else `most_drawn`."""
        return self.header.draw or self.most_drawn

    @property
    def is_drawn(self) -> bool:
        """True if learners may get different items."""
        return self.header.draw is not None or self.drawn < len(self.items)

    def public_view(self) -> View:
        """Return all data of the quiz that a page may have.

        For a test this contains no right answers, no explanation and no feedback.
        """
        # The digest names what was asked, so it is made of the view without itself and the key.
        view = {**self._asked(), "digest": self.digest}
        if self.is_test:
            return view
        return {**view, "scoring": {item.id: item.scoring_data() for item in self.items}}

    def _asked(self) -> View:
        header = self.header
        return {
            "id": header.id,
            "title": header.title,
            "use": header.use,
            "draw": self.drawn if self.is_drawn else None,
            "shuffle": header.shuffle,
            "time_limit": header.time_limit,
            "attempts": header.attempts,
            "pass_mark": None if header.pass_mark is None else str(header.pass_mark),
            "items": [self._public(item) for item in self.items],
        }

    def _public(self, item: BaseItem) -> View:
        """Return the public view of an item, with its group and its set of variants.

        A phone needs this data to draw the same items for a learner as the office.
        """
        view = item.public(with_answer=not self.is_test)
        if self.header.draw_by:
            view["group"] = self.draw_groups[item.id]
        if item.variants and self.is_drawn:
            view |= self._alternatives[item.variants]
        return view

    @cached_property
    def _alternatives(self) -> dict[str, View]:
        """For each set of variants, by its name: the data to add to the public view of its items.

        If the set has several items, the data is a number for the set (`variants`). A page gets
        the number and not the name, because the name may reveal the right answer. If the set has
        only one item, this item is in every draw, and the data is `always: True`.
        """
        numbers = enumerate((name for name, ids in self.variants.items() if len(ids) > 1), start=1)
        return {name: {"always": True} for name in self.variants} | {
            name: {"variants": number} for number, name in numbers
        }

    @cached_property
    def digest(self) -> str:
        """`sha256:…`, a digest of what the quiz shows to a learner.

        It is made of the public view as canonical JSON, without `digest` and `scoring`. It stays
        the same if only the right answers of a test change.
        """
        return json_digest(self._asked())
