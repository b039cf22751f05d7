"""Finds the words of `wording_rules`, which the course does not use in its own voice.

Pages, lessons, quizzes and data files are searched.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from psm_course.authoring.problems import Finding, Path, Problem
from psm_course.authoring.yaml_source import Tree
from psm_course.checking.prose import Passage
from psm_course.checking.wording.wording_rules import RULES, Rule
from psm_course.content.quiz_files.reading import QuizRead
from psm_course.items.base import Voice

_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|‘[^’]*’')
_STOP = re.compile(r"[.!?…]\s|\n\n")
_NOT_PROSE = ("id", "source", "sources", "law")
# Texts that people type into a search, in their own words; no page shows them.
_ASKED = ("words", "typed", "danger")


def misuses(
    text: str, around: str = "", voice: Voice = "ours", quoted: bool = False
) -> Iterator[tuple[Rule, str]]:
    """Yield the rules that a text breaks, each with the words that break the rule.

    Args:
        text: the text.
        around: text around `text`, such as the other cells of a table. A rule is not broken if
            `text` or `around` has a word that allows the use (`Rule.unless`). For a rule that is
            `near`, only the sentence with the found words is searched.
        voice: "mistake" for a wrong choice of a quiz, for which only the rules that hold
            `everywhere` are checked; "ours" for every other text.
        quoted: True if the whole text is a quotation.
    """
    own = "" if quoted else _QUOTED.sub(lambda said: " " * len(said.group()), text)
    for rule in RULES:
        if voice == "mistake" and not rule.everywhere:
            continue
        found = rule.words.search(own if rule.quotable else text)
        if found and not (
            rule.excuses
            and rule.excuses.search(_sentence_of(found, text) if rule.near else f"{text}\n{around}")
        ):
            yield rule, text[found.start() : found.end()]


def _sentence_of(found: re.Match[str], text: str) -> str:
    before, after = (
        _STOP.split(text[: found.start()])[-1],
        _STOP.split(text[found.end() :], maxsplit=1)[0],
    )
    return f"{before}{text[found.start() : found.end()]}{after}"


def page_wording(passages: Iterable[Passage]) -> Iterator[Problem]:
    """Report words that a page or a lesson should not use.

    A word is allowed if another word shows that the use is right. That other word may be in another
    cell of the same table, or in the text after a heading.
    """
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
        for rule, found in misuses(passage.text, around, quoted=passage.kind == "quote"):
            yield passage.problem(found, rule.message(found), rule.hint, rule.severity)


def quiz_wording(read: QuizRead) -> Iterator[Finding]:
    """Report words that a quiz should not use.

    A word is allowed if another word of the same item shows that the use is right. That other word
    may not be in a wrong choice.
    """
    if read.header:
        yield from _found_at(("title",), misuses(read.header.title))
    for index, item in read.readable:
        parts = list(item.texts())
        # A wrong choice may use such words, but must not excuse them elsewhere in the item.
        around = "\n".join(
            [item.source or "", *(part.text for part in parts if part.voice == "ours")]
        )
        for part in parts:
            yield from _found_at(
                ("items", index, *part.path), misuses(part.text, around, part.voice)
            )


def declared_wording(tree: Tree | None, at: Path = (), around: str = "") -> Iterator[Finding]:
    """Report words that a data file or a front matter should not use.

    Sources and search words are left out. A word is allowed if another word of the same entry shows
    that the use is right.

    Args:
        tree: the data, or a part of it.
        at: path of this part in the file.
        around: all texts of the entry that contains this part.
    """
    if isinstance(tree, str):
        yield from _found_at(at, misuses(tree, around))
    elif isinstance(tree, list):
        for index, part in enumerate(tree):
            yield from declared_wording(part, (*at, index))
    elif isinstance(tree, dict):
        texts = "\n".join(text for text in tree.values() if isinstance(text, str))
        for key, inner in tree.items():
            if key not in _ASKED and (key not in _NOT_PROSE or not isinstance(inner, str)):
                yield from declared_wording(inner, (*at, key), texts)


def _found_at(path: Path, broken: Iterable[tuple[Rule, str]]) -> Iterator[Finding]:
    return (Finding(path, rule.message(found), rule.hint, rule.severity) for rule, found in broken)
