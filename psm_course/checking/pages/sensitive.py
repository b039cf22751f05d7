"""Checks the opening of pages about violence and suicide; readers may have lived through these.

The opening must tell readers that they may skip the page, and must have the help box.

A module declares such content in the front matter of its `index.md` (`sensitive: yes`). Without a
declaration the words on its pages decide: if one page names violence or suicide four times, all
pages of the module need that opening, also its `index.md`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from psm_course.authoring.problems import Problem, problem_on
from psm_course.checking.prose import Passage, words

_SENSITIVE = re.compile(
    r"kekerasan seksual|kekerasan (?:pada|terhadap) anak|anak korban|pelecehan|perkosaan|pencabulan"
    r"|bunuh diri|menyakiti diri|mengakhiri hidup",
    re.IGNORECASE,
)
_OPT_OUT = re.compile(
    r"\bboleh (?:\w+ ){0,3}(?:melewati|melewatkan|dilewati|lewati|keluar|berhenti)", re.IGNORECASE
)
_DWELLS = 4
# Words of trainees' text within which the notice and the help box begin: the first screen of a
# phone, and a little more.
_NEAR_THE_TOP = 100


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a module as a trainee sees it.

    `help_after` is the number of words before the page's first help box; None if there is no box.
    """

    file: str
    passages: tuple[Passage, ...]
    help_after: int | None

    @property
    def text(self) -> str:
        """The text of the page that trainees read, one passage per line."""
        return "\n".join(passage.text for passage in self.passages if not passage.for_trainers)

    @property
    def dwells(self) -> bool:
        """True if the page names violence or suicide at least four times."""
        return len(_SENSITIVE.findall(self.text)) >= _DWELLS

    @property
    def has_opt_out(self) -> bool:
        """True if the text tells readers near the top of the page that they may skip parts."""
        found = _OPT_OUT.search(self.text)
        return found is not None and len(words(self.text[: found.start()])) <= _NEAR_THE_TOP

    @property
    def has_help(self) -> bool:
        """True if the box with help numbers is near the top of the page."""
        return self.help_after is not None and self.help_after <= _NEAR_THE_TOP


def sensitive_problems(declared: bool | None, pages: list[Page]) -> Iterator[Problem]:
    """Yield the problems of the pages of one module.

    Args:
        declared: the value of `sensitive` in the module's front matter; None if it is not written.
        pages: the module's own page and its lessons.
    """
    # The author's own word counts more than the words on the page, in both directions.
    is_sensitive = any(page.dwells for page in pages) if declared is None else declared
    if not is_sensitive:
        return
    for page in pages:
        if not page.has_opt_out:
            message = (
                "modul ini menyentuh kekerasan atau bunuh diri, tetapi halaman ini tidak dibuka"
                " dengan izin untuk melewatinya"
            )
            hint = (
                'tulis di awal halaman: "Anda boleh melewati bagian mana pun", lalu apa yang akan'
                " disebut"
            )
            yield problem_on(page.file, 1, message, hint)
        if not page.has_help:
            message = (
                "modul ini menyentuh kekerasan atau bunuh diri, tetapi kotak Nomor bantuan tidak"
                " ada di awal halaman ini"
            )
            yield problem_on(
                page.file,
                1,
                message,
                "tampilkan sesudah pembuka: bantuan() di notebook, atau blok {bantuan}",
            )
