"""Searches the built site for test secrets, test wording on other pages, and outside addresses.

Secrets are right answers, explanations and feedback. The site is made from public views of quizzes,
which hold no secret. This is a second check, which reads the files that were really written.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from psm_course.authoring.problems import shorten
from psm_course.authoring.texts import placed_texts, texts_in
from psm_course.content.quiz import Quiz
from psm_course.items.base import BaseItem

# Private texts this long (letters and digits only) are looked for everywhere; shorter ones only
# where their test is shown, for a lesson may well say "Puskesos" too.
_TELLING = 24
_OPENING = 60
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
# An item in data: under its id, or with it as its id. The
# names of its key, which its type knows, stand soon after.
_DATA = re.compile(r'"([^"\n]+)"\s*:\s*{|"id"\s*:\s*"([^"\n]+)"')
_ITS_DATA = re.compile(r'"(?:id|quiz)"\s*:\s*"([^"\n]+)"')
_NAME = re.compile(r'"([^"\n]+)"\s*:')
_SOON = 2000
# What the pages of practice call an answer, whatever its type.
_KEY_CLASSES = {
    "answer",
    "right",
    "wrong",
    "critical",
    "key",
    "verdicts",
    "why",
    "consequence",
    "feedback",
}
_LOADING = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("source", "src"),
    ("iframe", "src"),
    ("object", "data"),
    ("video", "src"),
}


@dataclass(frozen=True)
class SecretTexts:
    """The texts that no file of the site may contain.

    Attributes:
        telling: long private texts. It maps each text, reduced to letters and digits, to the quiz
            id, the item id, and the text as written.
        key_names: for each item of a test, by "quiz/item": the item id, and names that would reveal
            the right answer. Such a name is a field name or an id that is in the item's answer key,
            but not on the page of the test.
        openings: the beginning of each test question, reduced to letters and digits, with the ids
            of the tests that ask the question.
    """

    telling: Mapping[str, tuple[str, str, str]]
    key_names: Mapping[str, tuple[str, frozenset[str]]]
    openings: Mapping[str, list[str]]


def secret_texts_of(quizzes: Iterable[Quiz]) -> SecretTexts:
    """Return the texts of these quizzes that must not be found on the site."""
    quizzes = tuple(quizzes)
    tests = [quiz for quiz in quizzes if quiz.is_test]
    telling = {
        _letters(text): (quiz.id, item.id, text)
        for quiz in tests
        for item in quiz.items
        for text in _written_for_it_alone(item)
    }
    key_names = {
        f"{quiz.id}/{item.id}": (item.id, item.key_names()) for quiz in tests for item in quiz.items
    }
    return SecretTexts(
        {letters: found for letters, found in telling.items() if len(letters) >= _TELLING},
        key_names,
        _openings(quizzes),
    )


def find_leaks(
    site: Path,
    quizzes: Iterable[Quiz],
    paths: Iterable[Path] | None = None,
    sought: SecretTexts | None = None,
) -> list[str]:
    """Return a sentence for each leak in the files under `site`; empty if there is none.

    Args:
        site: the built site.
        quizzes: all quizzes of the course.
        paths: the files to search; None: all files.
        sought: the secret texts of these quizzes, if they were collected already.
    """
    quizzes = tuple(quizzes)
    tests = [quiz for quiz in quizzes if quiz.is_test]
    sought = sought or secret_texts_of(quizzes)
    leaks: list[str] = []
    for path in sorted(
        path for path in (site.rglob("*") if paths is None else paths) if path.is_file()
    ):
        name = path.relative_to(site).as_posix()
        text = _decoded(path)
        shown, raw = _letters(_TAG.sub(" ", text)), _letters(text)
        leaks += [
            _leak_sentence(name, *found)
            for letters, found in sought.telling.items()
            if letters in shown or letters in raw
        ]
        leaks += [f"{name}: data kunci butir {which}" for which in _keyed(text, sought.key_names)]
        page = _page(path)
        leaks += _page_leaks(name, page, tests)
        own = {section.quiz for section in page.sections} | set(_ITS_DATA.findall(text))
        leaks += [
            f"{name}: bunyi soal tes {uses[0]}, di luar halaman tesnya - keluarkan dari halaman itu"
            for letters, uses in sought.openings.items()
            if letters in shown and own.isdisjoint(uses)
        ]
    return leaks


def _openings(quizzes: Iterable[Quiz]) -> dict[str, list[str]]:
    """Return the ids of the tests that ask a question, by the beginning of the question.

    The beginning is written in letters and digits only. Only the beginning is used, because result
    pages cut a long question short. If a practice question begins in the same way, the beginning is
    left out.
    """
    practised = {
        _letters(text)[:_OPENING] for quiz in quizzes if not quiz.is_test for text in _asked(quiz)
    }
    found: dict[str, list[str]] = {}
    for quiz in (quiz for quiz in quizzes if quiz.is_test):
        for letters in {_letters(text)[:_OPENING] for text in _asked(quiz)} - practised:
            if len(letters) >= _TELLING:
                found.setdefault(letters, []).append(quiz.id)
    return found


def _asked(quiz: Quiz) -> Iterator[str]:
    """Yield the questions of a quiz, and those of the steps of its cases."""
    return (text for path, text in placed_texts(quiz.public_view()) if path[-1] == "prompt")


def _keyed(text: str, key_names: Mapping[str, tuple[str, frozenset[str]]]) -> list[str]:
    """Return the items ("quiz/item") whose answer key is in the text of a file, as data.

    `key_names` holds the item id and the names in the answer key, by "quiz/item". An item is
    returned if the text has one of these names soon after the item id.
    """
    names: dict[str, set[str]] = {item: set() for item, _ in key_names.values()}
    for found in _DATA.finditer(text):
        item = found[1] or found[2]
        if item in names:
            names[item].update(_NAME.findall(text, found.end(), found.end() + _SOON))
    return [which for which, (item, own) in key_names.items() if own & names[item]]


def _written_for_it_alone(item: BaseItem) -> Iterable[str]:
    """Return the secret texts of an item that no lesson or other page may contain.

    If lessons may contain the answer (`answer_is_taught`), this is only the item's explanation.
    Otherwise it is every text that must not be on the page of the test.
    """
    return filter(None, [item.explanation]) if item.answer_is_taught else item.secrets()


def _leak_sentence(name: str, quiz: str, item: str, text: str) -> str:
    return f'{name}: teks rahasia butir {quiz}/{item}: "{shorten(text)}"'


def _decoded(path: Path) -> str:
    text = html.unescape(path.read_bytes().decode("utf-8", errors="replace"))
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


@dataclass
class _Shown:
    """One quiz on a page: the text of its items, and all its tags.

    The text around the items is left out, because it is the same on every page.
    """

    quiz: str
    text: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)


class _QuizSections(HTMLParser):
    """Collects a page's quizzes, and addresses of other sites from which the page loads files."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[_Shown] = []
        self.outside: list[str] = []
        self._depth = 0
        self._items = 0  # how many lists deep inside the list of items

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.outside += [
            given[name]
            for where, name in _LOADING
            if where == tag and re.match(r"(https?:)?//", given.get(name, ""))
        ]
        if tag == "section" and "data-quiz" in given and not self._depth:
            self.sections.append(_Shown(given["data-quiz"]))
            self._depth = 1
        elif self._depth:
            self._depth += tag == "section"
            self._items += tag == "ol" and (
                self._items > 0 or "items" in given.get("class", "").split()
            )
            self.sections[-1].tags.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag == "section":
            self._depth -= 1
        if self._items and tag == "ol":
            self._items -= 1

    def handle_data(self, data: str) -> None:
        if self._items:
            self.sections[-1].text.append(data)


def _page(path: Path) -> _QuizSections:
    """Return the quizzes and outside addresses of a page; empty lists if the file is no page."""
    page = _QuizSections()
    if path.suffix == ".html":
        page.feed(path.read_text(encoding="utf-8", errors="replace"))
    return page


def _page_leaks(name: str, page: _QuizSections, tests: list[Quiz]) -> Iterator[str]:
    for address in page.outside:
        yield f"{name}: memuat sesuatu dari alamat luar {shorten(address, 60)}"
    by_id = {quiz.id: quiz for quiz in tests}
    for section in page.sections:
        quiz = by_id.get(section.quiz)
        if quiz:
            yield from _marker_leaks(name, quiz, section)
            yield from _short_leaks(name, quiz, section)


def _marker_leaks(name: str, quiz: Quiz, section: _Shown) -> Iterator[str]:
    """Yield a sentence for each tag that shows which answer is right.

    Examples: a ticked box, a class or a name that only an answer key has, the id of a right option.
    `name` is the path of the page, and `section` the quiz on the page.
    """
    of_items = {item.id: (item.key_names(), set(item.telling_attributes())) for item in quiz.items}
    shown = ""
    for tag, given in section.tags:
        shown = given.get("data-item", shown)
        key_names, attributes = of_items.get(shown, (frozenset[str](), set()))
        named = {key.removeprefix("data-") for key in given if key.startswith("data-")}.union(
            *map(_NAME.findall, given.values())
        )
        telling = (_KEY_CLASSES | key_names).intersection(given.get("class", "").split()) | (
            key_names & named
        )
        if "checked" in given or "selected" in given or telling:
            yield (
                f"{name}: tanda kunci pada kuis {quiz.id} (<{tag}"
                f" {' '.join(sorted(telling) or ['checked'])}>)"
            )
        for key, value in given.items() & attributes:
            yield f'{name}: kunci butir {quiz.id}/{shown} terbaca dari {key}="{shorten(value)}"'


def _short_leaks(name: str, quiz: Quiz, section: _Shown) -> Iterator[str]:
    """Yield a sentence for each secret text, also a short one, that a test's page shows.

    `section` is the test on the page, and `name` the path of the page. All public texts of the test
    are removed from the section first; only the rest is searched.
    """
    left = _letters(" ".join(section.text))
    for public in sorted(map(_letters, texts_in(quiz.public_view())), key=len, reverse=True):
        if len(public) > 2:
            left = left.replace(public, "\n")
    for item in quiz.items:
        for secret in item.secrets():
            if len(_letters(secret)) > 2 and _letters(secret) in left:
                yield _leak_sentence(name, quiz.id, item.id, secret)
