"""Checks sources of law in lesson texts.

Each source must be in the lesson's list of sources. Each source must also name its law, not only
the article, because readers see the source without the sentences around it: on a phone a source is
shown as a small sign (`site.pages.citations`). One tap shows `(UU 12/2022 Pasal 23)`, a second tap
leads to the list of sources.
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
    """Yield warnings about citations: an article without its law, or a law that is not listed.

    A law must be in the lesson's list of sources. A lesson without a list of sources is not
    checked, because its citations are shown in full, not as small signs.
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
