"""The glossary (`modules/istilah.yml`): terms with meanings, found in running text."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pydantic import Field

from psm_course.authoring.fields import Flag, Id, Model, Text
from psm_course.authoring.ids import repeated_in
from psm_course.authoring.problems import Finding, Problem, shorten
from psm_course.authoring.reading import read_optional_file

GLOSSARY_FILE = Path("modules/istilah.yml")


class Term(Model):
    """A word or abbreviation with its meaning."""

    id: Id = Field(description="Nama pendek istilah.")
    term: Text = Field(description="Istilah seperti tertulis di pelajaran.")
    forms: tuple[Text, ...] = Field((), description="Tulisan lain yang juga dikenali.")
    expansion: Text | None = Field(None, description="Kepanjangan.")
    meaning: Text = Field(description="Artinya; kalimat pertama muncul di gelembung.")
    english: Text = Field(description="Padanan Inggris.")
    source: Text = Field(description="Sumber.")
    link: Flag = Field(True, description="no bila tidak perlu ditandai di pelajaran.")

    @property
    def short(self) -> str:
        """The first sentence of the meaning.

        For an abbreviation, its long form (`expansion`) is put before this sentence.
        """
        first = re.split(r"(?<=[.?!]) ", self.meaning, maxsplit=1)[0]
        return (
            f"{self.expansion[0].upper()}{self.expansion[1:]}. {first}" if self.expansion else first
        )


class Glossary(Model):
    """The file `modules/istilah.yml`."""

    terms: tuple[Term, ...] = Field(min_length=1, description="Istilah.")

    @cached_property
    def _by_form(self) -> dict[str, Term]:
        return {form: term for term in self.terms if term.link for form in (term.term, *term.forms)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The pattern that finds every form of every term in a text.

        Longer forms come first, so that in "visum et repertum" the pattern finds the whole term,
        not only "visum".
        """
        # Whole words only; a hyphen or slash makes another word ("pra-asesmen").
        forms = sorted(self._by_form, key=len, reverse=True)
        return (
            re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, forms))})(?![\w/-])")
            if forms
            else re.compile(r"(?!)")  # no term: it matches nothing
        )

    def found_in(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Yield each glossary term in a text: its start and end (in characters), and the term.

        Terms with `link: no` are not searched.
        """
        return (
            (match.start(), match.end(), self._by_form[match.group()])
            for match in self._pattern.finditer(text)
        )


def read_glossary(root: Path) -> tuple[Glossary | None, list[Problem]]:
    """Read the glossary; return it with a list of all its problems.

    The glossary is None if it cannot be read. If there is no such file, the result is None and
    no problems.
    """
    return read_optional_file(Glossary, root, GLOSSARY_FILE, _findings)[1:]


def _findings(glossary: Glossary) -> Iterator[Finding]:
    yield from repeated_in(glossary, "terms")
    seen: set[str] = set()
    for place, term in enumerate(glossary.terms):
        for form in (term.term, *term.forms):
            if form in seen:
                yield Finding(
                    ("terms", place),
                    f'"{shorten(form)}" sudah dijelaskan',
                    "satu tulisan, satu istilah",
                )
            seen.add(form)
