"""Checks the review ledger, the list of sentences that wait for an authority's answer.

Each review mark (`{tinjau}`) in a text must have an entry in the ledger. The sentence of each entry
must be at the places that the entry names. After an authority has answered, the course must follow
the answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from psm_course.authoring.ids import unknown
from psm_course.authoring.problems import Finding, Problem, problem_on, shorten, suggest
from psm_course.authoring.reading import locate
from psm_course.authoring.yaml_source import read_file
from psm_course.checking.review_places import Place, lessons_of, pages_of, places_of
from psm_course.content.course import CourseFolder
from psm_course.content.help.contacts import HELP_FILE
from psm_course.content.help.field_guide import KINDS_FILE
from psm_course.content.review import Entry, Review, marks_in, without_marks

_STALE = timedelta(days=365)
_UNREAD = re.compile(r"[*_`\"'“”‘’\\]")


def review_problems(course: CourseFolder, today: date) -> Iterator[Problem]:
    """Yield problems of the ledger's entries, and of content that the ledger should list.

    Two kinds of problems are not yielded here. Mistakes in the YAML of the ledger are returned by
    `read_course`. Problems of review marks are yielded by `mark_problems`.
    """
    source, review = course.review_source, course.review
    places = places_of(course) if review.entries else {}
    yield from locate(
        source, [*_entry_findings(review, places), *stale_findings(review.entries, today)]
    )
    yield from locate(source, _unmarked_findings(review, _marked(course)))
    if review.entries:
        yield from _unlisted_problems(course, review)


def stale_findings(entries: Iterable[Entry], today: date) -> Iterator[Finding]:
    """Warn of help numbers that nobody has checked for a year.

    If a number is wrong, somebody in need gets no help; only a call tells if a number is right.
    """
    for index, entry in enumerate(entries):
        seen = entry.answer.on if entry.answer else entry.last_checked
        if entry.kind == "number" and seen and today - seen > _STALE:
            message = (
                f"nomor {entry.right_text} terakhir diperiksa {seen.isoformat()}, lebih dari"
                " setahun lalu"
            )
            at = (
                ("entries", index, "answer") if entry.answer else ("entries", index, "last_checked")
            )
            yield Finding(
                at, message, "telepon nomor itu, lalu isi answer: {on, by, verdict: yes}", "warning"
            )


def _entry_findings(review: Review, places: Mapping[str, Place]) -> Iterator[Finding]:
    for index, entry in enumerate(review.entries):
        for at, place in enumerate(entry.where):
            path = ("entries", index, "where", at)
            if place not in places:
                yield from unknown(
                    path,
                    "tempat",
                    [place],
                    places,
                    "tulis berkas#sel, kuis#butir, atau berkas-data#id yang ada",
                )
            elif at == 0:  # where it is worded; the other places rest on it
                yield from _wording_findings(path, entry, places[place].written)


def _wording_findings(path: tuple[int | str, ...], entry: Entry, written: str) -> Iterator[Finding]:
    """Report an entry if the course does not agree with it at a place that the entry names.

    The sentence of the entry is `entry.text`. The authority's answer decides what is reported:

    - no answer, or "yes": the sentence is missing in `written`;
    - an answer with a corrected sentence: the corrected sentence is missing in `written`;
    - "no" (the sentence is wrong): the sentence still stands in `written`.

    Args:
        path: where the ledger file names the place: `("entries", 3, "where", 0)`. A problem is
            reported there.
        entry: the entry.
        written: the text of the course at that place.
    """
    text = plain(written)
    if entry.answer and entry.answer.verdict == "no":
        if plain(entry.text) in text:
            yield Finding(
                path,
                f'"{shorten(entry.text)}" dinyatakan salah, tetapi masih tertulis di sini',
                "hapus dari halaman",
            )
    elif plain(entry.right_text) not in text:
        what = (
            "jawaban belum diikuti: di sini belum tertulis"
            if entry.right_text != entry.text
            else "di sini tidak lagi tertulis"
        )
        hint = (
            "ubah halamannya"
            if entry.right_text != entry.text
            else "perbarui text, dan tanyakan lagi bila artinya berubah"
        )
        yield Finding(path, f'{what} "{shorten(entry.right_text)}"', hint)


def plain(text: str) -> str:
    """Return a text in a form for comparing.

    Review marks, emphasis and quotation marks are removed. Spaces and line breaks become single
    spaces, and capitals become small letters.
    """
    return " ".join(_UNREAD.sub("", without_marks(text)).split()).casefold()


def _marked(course: CourseFolder) -> dict[str, tuple[str, int, set[str]]]:
    """Return the cells and pages with review marks, by name: a page's path, or `notebook#cell`.

    For each place: its file, its line, and the ids of the ledger entries that its marks name.
    """
    found: dict[str, tuple[str, int, set[str]]] = {}
    for lesson in lessons_of(course):
        for cell in lesson.notebook["cells"]:
            if names := set(marks_in(cell["source"])):
                found[f"{lesson.file}#{cell.get('id', '')}"] = (
                    lesson.file,
                    lesson.line_of(cell),
                    names,
                )
    for page in pages_of(course):
        text = (course.root / page).read_text(encoding="utf-8", errors="replace")
        if names := set(marks_in(text)):
            found[page] = (page, 1, names)
    return found


def mark_problems(course: CourseFolder) -> Iterator[Problem]:
    """Yield the problems of the review marks (`{tinjau}`) in pages and lessons.

    Each mark must name an entry of the ledger, and the `where` of that entry must list the place of
    the mark.
    """
    known = course.review.by_id()
    for place, (file, line, names) in _marked(course).items():
        for name in sorted(names):
            if name not in known:
                yield problem_on(
                    file,
                    line,
                    f'{{tinjau}} menyebut "{name}", yang tidak ada di modules/tinjauan.yml',
                    suggest(name, known, "tambahkan di modules/tinjauan.yml"),
                )
            elif place not in known[name].where:
                yield problem_on(
                    file,
                    line,
                    f'{{tinjau}} "{name}": tempat ini belum disebut di where',
                    f"tambahkan {place}",
                )


def _unmarked_findings(
    review: Review, marked: Mapping[str, tuple[str, int, set[str]]]
) -> Iterator[Finding]:
    """Report pages and cells that lack the review mark of an entry that waits for an answer.

    The mark tells readers that a text waits for an answer. `marked` comes from `_marked`.
    """
    for index, entry in enumerate(review.entries):
        for at, place in enumerate(entry.where):
            # Quizzes and data files carry no marks in their texts:
            # their entries are named by `where` alone.
            runs = place.partition("#")[0].endswith((".ipynb", ".md"))
            if runs and entry.is_open and entry.id not in marked.get(place, ("", 0, set()))[2]:
                yield Finding(
                    ("entries", index, "where", at),
                    "di tempat ini belum ada tandanya",
                    f"tulis {{tinjau}}`{entry.id}` di belakang kalimatnya",
                )


def _unlisted_problems(course: CourseFolder, review: Review) -> Iterator[Problem]:
    """Report help numbers, and gaps in `kategori.yml`, that the ledger does not list.

    The `gap` of a kind of PPKS says what was not found about this kind in the official sources.
    """
    listed = {place for entry in review.entries for place in entry.where}
    for index, contact in enumerate(course.contacts):
        place = f"{HELP_FILE.as_posix()}#{contact.id}"
        if place not in listed:
            found = Finding(
                ("contacts", index),
                "nomor ini belum ada di modules/tinjauan.yml",
                f"tambahkan where: [{place}]",
            )
            yield from locate(course.help_source, [found])
    # Read as a tree: a kind with mistakes elsewhere still has a gap that must be asked about.
    # A file that is missing has no kinds.
    kinds = read_file(course.root / KINDS_FILE, KINDS_FILE.as_posix())
    for index, kind in enumerate(_of(kinds.tree, "kinds")):
        place = f"{KINDS_FILE.as_posix()}#{kind.get('id')}"
        if "gap" in kind and place not in listed:
            found = Finding(
                ("kinds", index, "gap"),
                "kekurangan ini belum ditanyakan di modules/tinjauan.yml",
                f"tambahkan where: [{place}]",
            )
            yield from locate(kinds, [found])


def _of(tree: Any, key: str) -> list[dict[str, Any]]:
    found = tree.get(key) if isinstance(tree, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
