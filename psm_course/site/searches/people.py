"""Searches the built site for people of the register: numbers, and names of two words or more.

A name or number that the course itself publishes is no leak: guides show example numbers, and an
office may be in a street that has somebody's name. A participant's name in a lesson or quiz is a
leak, even if the author made the name up.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_READ = {".html", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"}
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+")
_FEWEST_LETTERS = 6  # "M. Ali" would be found in any list of letters
Words = tuple[str, ...]


@dataclass(frozen=True)
class Registered:
    """Numbers and names of the participants, spelt as in the office's register."""

    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def text(self) -> str:
        """All numbers and names as one text, always in the same order."""
        return "\n".join([*sorted(self.numbers), "", *sorted(self.names)])


def find_people(
    site: Path,
    registered: Registered,
    published: Iterable[str],
    paths: Iterable[Path] | None = None,
) -> list[str]:
    """Return a sentence for each person that a file under `site` names; empty if there is none.

    Args:
        site: the built site.
        registered: the people.
        published: texts that the course publishes; a name or number in one of them is no leak.
        paths: the files to search; None: all files.
    """
    known = _by_first_word(registered)
    for text in published if known else ():
        for words in set(_found(text, known)):
            del known[words[0]][words]
    leaks: list[str] = []
    for path in sorted(
        path
        for path in (site.rglob("*") if paths is None else paths)
        if path.suffix in _READ and path.is_file()
    ):
        text = html.unescape(path.read_text(encoding="utf-8", errors="replace")) if known else ""
        seen = {said for each in (text, _TAG.sub(" ", text)) for said in _found(each, known)}
        leaks += [
            f"{path.relative_to(site).as_posix()}: {known[words[0]][words]} - ganti dengan yang"
            " rekaan"
            for words in sorted(seen)
        ]
    return leaks


def _by_first_word(registered: Registered) -> dict[str, dict[Words, str]]:
    """Return the names and numbers of the register, grouped by their first word.

    In each group the key is the words of a name or number. The value is the text with which a
    report names it, for example "nama peserta dari register (…)". Names of one word or with few
    letters are left out.
    """
    names = (
        name
        for name in registered.names
        if len(_words(name)) > 1 and len("".join(_words(name))) >= _FEWEST_LETTERS
    )
    said = {_words(name): f"nama peserta dari register ({name})" for name in names}
    said |= {
        _words(number): f"nomor peserta dari register ({number})" for number in registered.numbers
    }
    looked_for: dict[str, dict[Words, str]] = {}
    for words, sentence in said.items():
        looked_for.setdefault(words[0], {})[words] = sentence
    return looked_for


def _words(text: str) -> Words:
    return tuple(_WORD.findall(text.casefold()))


def _found(text: str, known: dict[str, dict[Words, str]]) -> Iterator[Words]:
    words = _words(text)
    for at, word in enumerate(words):
        for whole in known.get(word, ()):
            if words[at : at + len(whole)] == whole:
                yield whole
