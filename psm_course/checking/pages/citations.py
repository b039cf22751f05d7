"""Checks sources of law in lesson texts: each is in the lesson's list, and clear without context.

On a phone such a source is a mark (`site.pages.citations`): one tap shows `(UU 12/2022 Pasal 23)`,
a second tap leads to the list of sources.
"""

from collections.abc import Iterable, Iterator

from psm_course.authoring.citations import bare_articles_in, citations_in, laws_in
from psm_course.authoring.problems import Problem
from psm_course.checking.prose import Passage
from psm_course.content.lessons import SOURCES

_BARE = (
    "tulis juga peraturannya, misalnya (UU 12/2022 Pasal 9): di ponsel yang dalam kurung dibaca"
    " sendiri, dari tanda §"
)
_UNLISTED = f'sebut di bagian "{SOURCES}": tanda § di ponsel membawa pembaca ke sana'


def citation_problems(passages: Iterable[Passage]) -> Iterator[Problem]:
    """Warnings about citations in a lesson: an article without its law, or a law not in the list.

    A lesson without a list of sources is not checked, because its citations do not become marks.
    """
    read = [passage for passage in passages if not passage.for_trainers]
    listed = "\n".join(passage.text for passage in read if passage.section == SOURCES)
    for passage in read if listed else ():
        if passage.section == SOURCES or passage.kind == "table":
            continue
        for bare in bare_articles_in(passage.text):
            yield passage.problem(bare, f'"{bare}" tidak menyebut peraturannya', _BARE, "warning")
        for start, end in citations_in(passage.text):
            for law in (
                name
                for number, name in laws_in(passage.text[start:end]).items()
                if number not in listed
            ):
                yield passage.problem(
                    law,
                    f'dasar hukum "{law}" tidak ada di bagian "{SOURCES}"',
                    _UNLISTED,
                    "warning",
                )
