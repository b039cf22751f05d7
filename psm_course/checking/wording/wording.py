"""Finds the words of `wording_rules` in pages, lessons, quizzes and data files, where the course speaks in its own voice."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from psm_course.authoring.problems import Finding, Path, Problem, shorten
from psm_course.authoring.yaml_source import Tree
from psm_course.checking.prose import Passage
from psm_course.checking.wording.wording_rules import RULES, Rule
from psm_course.content.quiz import QuizRead
from psm_course.items.base import Voice

_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|‘[^’]*’')
_STOP = re.compile(r"[.!?…]\s|\n\n")
_NOT_PROSE = ("id", "source", "sources", "law")


@dataclass(frozen=True, slots=True)
class Misuse:
    """A rule and the words that break it."""

    rule: Rule
    found: str

    @property
    def message(self) -> str:
        return f'"{shorten(self.found)}": {self.rule.reason}'

    @property
    def hint(self) -> str:
        quoting = "; ucapan orang ditulis di antara tanda kutip" if self.rule.quotable else ""
        return f"tulis {self.rule.better}{quoting}"


def misuses(text: str, around: str = "", voice: Voice = "ours", quoted: bool = False) -> Iterator[Misuse]:
    """What a text says that it should not. `around` is what excuses are looked for in besides; `quoted`: all of it is a quotation."""
    own = "" if quoted else _QUOTED.sub(lambda said: " " * len(said.group()), text)
    for rule in RULES:
        if voice == "mistake" and not rule.everywhere:
            continue
        found = rule.words.search(own if rule.quotable else text)
        if found and not (rule.excuses and rule.excuses.search(_sentence_of(found, text) if rule.near else f"{text}\n{around}")):
            yield Misuse(rule, text[found.start() : found.end()])


def _sentence_of(found: re.Match[str], text: str) -> str:
    before, after = _STOP.split(text[: found.start()])[-1], _STOP.split(text[found.end() :], maxsplit=1)[0]
    return f"{before}{text[found.start() : found.end()]}{after}"


def page_wording(passages: Iterable[Passage]) -> Iterator[Problem]:
    """Problems of a page or a lesson. The cells of a table are read together, a heading with what follows it."""
    listed = list(passages)
    tables: dict[int, list[str]] = defaultdict(list)
    for passage in listed:
        if passage.kind == "table":
            tables[passage.cell].append(passage.text)
    for passage, following in zip_longest(listed, listed[1:]):
        around = ""
        if passage.kind == "table":
            around = "\n".join(tables[passage.cell])
        elif passage.kind == "heading" and following:
            around = following.text
        for misuse in misuses(passage.text, around, quoted=passage.kind == "quote"):
            yield passage.problem(misuse.found, misuse.message, misuse.hint, misuse.rule.severity)


def quiz_wording(read: QuizRead) -> Iterator[Finding]:
    """Findings of a quiz file. The texts of an item are read together; a wrong choice excuses nothing."""
    if read.header:
        yield from _found_at(("title",), misuses(read.header.title))
    for index, item in read.readable:
        parts = list(item.texts())
        around = "\n".join([item.source or "", *(part.text for part in parts if part.voice == "ours")])
        for part in parts:
            yield from _found_at(("items", index, *part.path), misuses(part.text, around, part.voice))


def declared_wording(tree: Tree | None, at: Path = ()) -> Iterator[Finding]:
    """Findings of the texts in a data file or a front matter, its sources left out. The texts of an entry are read together."""
    if isinstance(tree, list):
        for index, part in enumerate(tree):
            yield from declared_wording(part, (*at, index))
    elif isinstance(tree, dict):
        around = "\n".join(text for text in tree.values() if isinstance(text, str))
        for key, inner in tree.items():
            if isinstance(inner, str) and key not in _NOT_PROSE:
                yield from _found_at((*at, key), misuses(inner, around))
            elif not isinstance(inner, str):
                yield from declared_wording(inner, (*at, key))
    elif isinstance(tree, str):
        yield from _found_at(at, misuses(tree))


def _found_at(path: Path, found: Iterable[Misuse]) -> Iterator[Finding]:
    for misuse in found:
        yield Finding(path, misuse.message, misuse.hint, misuse.rule.severity)
