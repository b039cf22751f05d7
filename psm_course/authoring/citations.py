"""Finds sources of law in running text: brackets with a regulation's number and year.

An example is `(UU 12/2022 Pasal 23)`.
"""

import re
from collections.abc import Iterator

# Brackets may hold brackets, "(UU 13/2011 Pasal 9 ayat (2))"; the space before them goes with them.
_BRACKETS = re.compile(r"\s?\((?:[^()]|\([^()]*\))*\)")
_LAW = re.compile(r"\b[A-Z]\w*(?: [A-Z]\w*)? (\d+/\d{4})\b")
_ARTICLE = re.compile(r"\bPasal \d")


def citations_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each citation, counted in characters from the start of the text.

    The space before a citation belongs to it.
    """
    return (match.span() for match in _BRACKETS.finditer(text) if _LAW.search(match.group()))


def bare_articles_in(text: str) -> Iterator[str]:
    """Yield each citation of an article without its regulation, such as "(Pasal 9)".

    Without the regulation a reader cannot find the article.
    """
    found = (match.group().strip() for match in _BRACKETS.finditer(text))
    return (each for each in found if _ARTICLE.search(each) and not _LAW.search(each))


def laws_in(text: str) -> dict[str, str]:
    """Return the regulations that a text names.

    The key is number and year, the value is the regulation as the text writes it: `{"12/2022": "UU
    12/2022"}`.
    """
    return {match.group(1): match.group() for match in _LAW.finditer(text)}
