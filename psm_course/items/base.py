"""The fields every item has, and the methods every item type must define."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from random import Random
from typing import Any, ClassVar, Literal, get_args

import mmh3
from pydantic import Field, model_validator

from psm_course.authoring.fields import Form, Id, Model, Month, Points, Text
from psm_course.authoring.numbers import plain
from psm_course.authoring.problems import Finding, Path
from psm_course.authoring.texts import names_in, texts_in
from psm_course.items.guesses import Guesses
from psm_course.items.marks import Verdict

# Plain data that any language can execute: text, numbers, lists and maps only.
Scoring = dict[str, Any]
View = dict[str, Any]
# Ours: what the course says. Mistake: a wrong choice and
# what is said about it; there people's own words may stand.
Voice = Literal["ours", "mistake"]


@dataclass(frozen=True, slots=True)
class ItemText:
    """A text that a learner reads, and its path inside the item.

    `voice` is `mistake` for the text or feedback of a wrong choice, which may contain words that
    the course itself does not use. For every other text, `voice` is `ours`.
    """

    path: Path
    text: str
    voice: Voice = "ours"


@dataclass(frozen=True, slots=True)
class Pick:
    """An option that a learner can pick.

    `name` is the option's id in a response; `path` leads to the option inside the item.
    """

    path: Path
    text: str
    feedback: str | None
    is_right: bool
    is_critical: bool
    name: str


class BaseItem(Model):
    """One question, as the author wrote it.

    A subclass is one item type. It adds its own fields and defines the abstract methods:
    `scoring_rule` for grading, `question` and `solution` for the pages, `private_texts` and
    `own_texts`. It may define `rules`, to report mistakes that validation of the fields does not
    find.
    """

    # The word for an element of each of its lists, as messages say it: {"pairs": "pasangan"}.
    elements: ClassVar[Mapping[str, str]] = {}
    # Names that the scoring data or the solution share with what is asked. All other names of
    # theirs give the key away.
    asked: ClassVar[frozenset[str]] = frozenset()
    # An opinion has no right answer: it is never in a total, and owes its reader no explanation.
    is_opinion: ClassVar[bool] = False
    # Exactly one pick is the answer, so the place and the length of that one can give it away.
    picks_one: ClassVar[bool] = False
    # Lessons must teach the very words of the answer, so those
    # are searched for only where a test shows this item.
    answer_is_taught: ClassVar[bool] = False

    id: Id = Field(
        description=(
            "Nama pendek yang tetap dan tunggal di berkas ini; kalimatnya boleh berubah, id-nya"
            " jangan."
        )
    )
    type: str
    objective: Id | None = Field(
        None, description="Id tujuan belajar dari index.md modul yang diukur butir ini."
    )
    points: Points = Field(
        Decimal(1), description="Nilai tertinggi butir ini. Bila tidak ditulis: 1."
    )
    prompt: Text = Field(description="Pertanyaan atau situasi yang dibaca peserta.")
    explanation: Text | None = Field(
        None, description="Mengapa jawabannya demikian. Wajib untuk butir kursus."
    )
    form: Form | None = Field(
        None, description="a atau b: bentuk tes yang memakai butir bank soal ini."
    )
    variants: Id | None = Field(
        None,
        description=(
            "Nama bersama butir-butir tes yang saling menggantikan. Tiap peserta selalu mendapat"
            " satu di antaranya; tetangganya, dan ia sendiri pada percobaan berikutnya, mendapat"
            " yang lain."
        ),
    )
    source: Text | None = Field(
        None, description="Dasar hukum atau sumber. Wajib untuk butir kursus."
    )
    review_by: Month | None = Field(
        None, description="Bulan (2027-06) terakhir isi ini boleh dipakai tanpa diperiksa ulang."
    )

    # ---- what every type answers -----------------------------------------------------------------

    @abstractmethod
    def scoring_rule(self) -> Scoring:
        """Return the rule for grading this item as plain data; the marker gets no other data."""

    @abstractmethod
    def question(self) -> View:
        """Return the data a page needs to ask the question. The data must not reveal the answer."""

    @abstractmethod
    def solution(self) -> View:
        """Return the right answer and the feedback, for practice pages only."""

    @abstractmethod
    def private_texts(self) -> Iterator[str]:
        """Yield the texts that must not leave the office while this item is part of a test.

        Each type has its own private texts.
        """

    @abstractmethod
    def own_texts(self) -> Iterator[ItemText]:
        """Yield the texts that a learner reads, except prompt, explanation and options to pick."""

    # ---- what some types answer otherwise --------------------------------------------------------

    def rules(self) -> Iterator[Finding]:
        """Yield mistakes because of which the item cannot be graded.

        The path of a mistake begins with the name of a field of the item.
        """
        yield from ()

    def picks(self) -> Iterator[Pick]:
        """Yield the options that a learner can pick; nothing if the type has no such options."""
        yield from ()

    def in_place(self, place: int) -> Any:
        """Return the response of somebody who always picks the option at the same place.

        Args:
            place: the place of the option, from 0.

        Returns:
            The response. None if the type has no options, or if the item has no option at this
            place; some types then return the last option instead.
        """
        return None

    def everything(self) -> Any:
        """Return the response in which every option is ticked.

        None if the item type does not let learners tick several options.
        """
        return None

    def telling_attributes(self) -> Iterator[tuple[str, str]]:
        """Yield the HTML attributes (name, value) that would reveal the right answer.

        A test page must not contain them.
        """
        yield from ()

    # ---- what is the same for all ----------------------------------------------------------------

    @model_validator(mode="before")
    @classmethod
    def _as_variants(cls, tree: Any) -> Any:
        """Replace the older key `always` of an item; returns the item's YAML without `always`.

        If the item has no `variants`, `always: yes` becomes `variants` with the item's own id. The
        item is then its only variant, so every learner gets this item.
        """
        if not isinstance(tree, dict) or "always" not in tree:
            return tree
        rest = {key: value for key, value in tree.items() if key != "always"}
        return (
            {"variants": rest.get("id"), **rest} if tree["always"] in (True, "yes", "ya") else rest
        )

    @property
    def stands_for(self) -> str:
        """The name that the item shares with its variants, or its own id if it has no variants.

        A later right answer to any variant clears a critical error made at another variant.
        """
        return self.variants or self.id

    @property
    def maximum(self) -> Decimal:
        """The points for a perfect response; 0 for an opinion."""
        return Decimal(0) if self.is_opinion else self.points

    def scoring_data(self) -> Scoring:
        """Return everything that is needed to mark this item, as plain data.

        The data are `type`, `points` (decimal text) and the rule of the type.
        """
        return {"type": self.type, "points": plain(self.maximum), **self.scoring_rule()}

    def public(self, with_answer: bool) -> View:
        """Return the data for a page that shows this item.

        Args:
            with_answer: True to add the right answer, feedback, explanation and source under
                `answer`; only for practice.
        """
        view: View = {"id": self.id, "type": self.type, "prompt": self.prompt, **self.question()}
        if with_answer:
            view["answer"] = {
                **self.solution(),
                "explanation": self.explanation,
                "source": self.source,
            }
        return view

    def texts(self) -> Iterator[ItemText]:
        """Yield every text that a learner reads, with its path in the item.

        The text of `source` (the legal basis or reference) is left out.
        """
        for key in ("prompt", "explanation"):
            if text := getattr(self, key):
                yield ItemText((key,), text)
        yield from self.own_texts()
        for pick in self.picks():
            voice: Voice = "ours" if pick.is_right else "mistake"
            yield ItemText((*pick.path, "text"), pick.text, voice)
            if pick.feedback:
                yield ItemText((*pick.path, "feedback"), pick.feedback, voice)

    def secrets(self) -> Iterator[str]:
        """Yield every text that must not appear on the page of a test."""
        if self.explanation:
            yield self.explanation
        yield from self.private_texts()

    def key_names(self) -> frozenset[str]:
        """Return the names in scoring rule and solution that would reveal the right answer.

        A name is a key of a mapping, such as a field name or an id. Names and texts that the page
        of the test shows anyway are left out, because they reveal nothing.
        """
        key = [self.scoring_rule(), self.solution()]
        return names_in(key) - self.asked - frozenset(texts_in(self.public(with_answer=False)))


_FILES = ("form.html", "widget.js", "marker.js", "good.yml", "bad.yml", "bad.txt")


@dataclass(frozen=True)
class ItemType:
    """One type of item.

    The folder of `model` holds the other files of the type too: form, widget, marker in JavaScript
    and examples.

    Args:
        model: the class of its items: fields, checks, and views for the pages.
        mark: a function that returns the verdict on one response. It gets the item's scoring data
            and a response that is not blank.
        guesses: a function that returns the probability of each possible result, if somebody
            guesses and all guesses are equally likely.
        respond: a function that returns the response of a simulated learner. Its last argument is
            True if this learner knows the answer.
        place: the place of the type in lists of types, lowest first.

    Raises:
        TypeError: a part is missing; the message names the type and the part.
    """

    model: type[BaseItem]
    mark: Callable[[Scoring, Any], Verdict]
    guesses: Callable[[Scoring], Guesses]
    respond: Callable[[Scoring, Random, bool], Any]
    place: int

    def __post_init__(self) -> None:
        lacking = [
            *sorted(self.model.__abstractmethods__),
            *(name for name in _FILES if self.text_of(name) is None),
        ]
        if lacking:
            raise TypeError(f'item type "{self.name}" lacks {", ".join(lacking)}')

    @cached_property
    def name(self) -> str:
        """The name authors write after `type:` in a quiz."""
        return str(get_args(self.model.model_fields["type"].annotation)[0])

    @cached_property
    def folder(self) -> Traversable:
        """The type's folder: its form, widget, marker in JavaScript and examples."""
        return files(self.model.__module__.rpartition(".")[0])

    def text_of(self, name: str) -> str | None:
        """Return the text of a file in the type's folder, or None if there is no such file."""
        file = self.folder.joinpath(name)
        return file.read_text(encoding="utf-8") if file.is_file() else None


def label(text: str) -> str:
    """Return a public name for a text; it does not reveal the text's place in the right answer.

    The name is the 32-bit MurmurHash3 of the visible text, as 8 hex digits. Pages use such names
    instead of ids, because ids would reveal the right answer: in `order` the ids `a`, `b`, `c` are
    in the right order, in `match` both sides of a right pair have the same id. Grading accepts both
    ids and names.
    """
    return f"{mmh3.hash(text, signed=False):08x}"


def repeated_texts(texts: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    """Yield a finding for each text that an item has more than once.

    `texts` are pairs: the path of a text in the item, and the text. If a text is at several paths,
    the finding has the path that comes after the others in `texts`.
    """
    pairs = list(texts)
    counts = Counter(text for _, text in pairs)
    for text, path in {text: path for path, text in pairs}.items():
        if counts[text] > 1:
            yield Finding(
                path,
                "teks ini sama persis dengan yang lain",
                "bedakan teksnya agar peserta dapat memilih",
            )
