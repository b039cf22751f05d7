"""Review of a course: open entries of the ledger, sheets to send to authorities, their answers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from psm_course.authoring.problems import suggest
from psm_course.content.course import CourseFolder
from psm_course.content.review import (
    AUTHORITIES,
    REVIEW_FILE,
    Answer,
    Authority,
    Entry,
    Review,
    read_review,
)
from psm_course.errors import Refused
from psm_course.interchange.review_sheet import Question, Reply, write_review_sheet
from psm_course.local_time import day
from psm_course.printing.occasion import Occasion
from psm_course.printing.review import Asked, render_review
from psm_course.registrar.certificates.printing import logo_of
from psm_course.registrar.completion.days import today
from psm_course.registrar.reports.review_edit import with_answers, with_asked
from psm_course.settings import Settings

# The title of a page, and what people read at a place of it, line by line.
Stands = tuple[str, tuple[str, ...]]
_INTRODUCTION = (
    "Kalimat dan nomor ini dipakai dalam {course}. Sampai dijawab, di sana tertulis bahwa semuanya"
    " menunggu konfirmasi. Isi kolom jawaban (ya, ubah, atau tidak) dan tiga kolom sesudahnya, lalu"
    " kirim kembali. Yang dibiarkan kosong ditanyakan lagi."
)


def open_by_authority(review: Review) -> dict[Authority, tuple[Entry, ...]]:
    """Group the open entries by authority, in the order of the ledger.

    An authority without open entries has an empty tuple.
    """
    return {
        name: tuple(entry for entry in review.entries if entry.authority == name and entry.is_open)
        for name in AUTHORITIES
    }


def readable_review(course: CourseFolder) -> Review:
    """Read the review ledger of a course.

    Raises:
        Refused: the ledger has mistakes, or there is no ledger.
    """
    _, review, problems = read_review(course.root)
    if problems:
        raise Refused(f"{REVIEW_FILE.as_posix()} masih bermasalah. Jalankan: psm check")
    if not review.entries:
        raise Refused(
            f"Kursus ini belum punya {REVIEW_FILE.as_posix()}, jadi tidak ada yang ditinjau."
        )
    return review


def review_sheets(
    course: CourseFolder, places: Mapping[str, Stands], settings: Settings, now: datetime
) -> dict[str, bytes]:
    """Make a PDF and a .docx with the questions to each authority that has open entries.

    Returns the content of each file by file name.

    Args:
        course: the course that has the ledger.
        places: for each place in the course that an entry names: the title of its page, and the
            lines to quote.
        settings, now: the office's settings and the moment.

    Raises:
        Refused: the ledger has mistakes, or there is no ledger.
        Unprintable: the text has a letter that our font does not have.
    """
    occasion = Occasion(
        course.file.title,
        course.file.organiser,
        "",
        today(now),
        letterhead=settings.letterhead_lines,
    )
    logo = logo_of(settings)
    sheets: dict[str, bytes] = {}
    for name, entries in open_by_authority(readable_review(course)).items():
        if not entries:
            continue
        asked = [
            Asked(
                entry.id,
                _lines(entry, places),
                entry.question,
                "; ".join(dict.fromkeys(places[at][0] for at in entry.where if at in places)),
            )
            for entry in entries
        ]
        questions = [Question(each.entry, "\n".join(each.lines), each.question) for each in asked]
        introduction = (
            f"{_INTRODUCTION.format(course=course.file.title)} Keadaan {day(today(now))}."
        )
        sheets[f"tinjauan-{name}.pdf"] = render_review(
            occasion, AUTHORITIES[name], asked, today(now), logo
        )
        sheets[f"tinjauan-{name}.docx"] = write_review_sheet(
            f"Lembar tinjauan: {AUTHORITIES[name]}", introduction, questions, today(now)
        )
    return sheets


def note_asked(course: CourseFolder, now: datetime) -> None:
    """Write today's date into each open entry of the ledger that has no date of asking yet.

    Raises:
        Refused: the ledger has mistakes, there is no ledger, or the program cannot add to its text.
    """
    never = [
        entry.id
        for entry in readable_review(course).entries
        if entry.is_open and entry.asked_on is None
    ]
    _write(course, with_asked(_written(course), dict.fromkeys(never, today(now))))


def take_answers(course: CourseFolder, replies: Sequence[Reply]) -> list[str]:
    """Write an authority's answers into the course's review ledger, all of them or none.

    The ledger (`modules/tinjauan.yml`) has entries: sentences that wait for an authority's answer.
    Returns a sentence for each new answer; it tells what to change in the course.

    Raises:
        Refused: an answer belongs to no entry, or differs from an answer that is in the ledger
            already; the ledger has mistakes, or there is no ledger; or the program cannot add to
            the ledger's text.
    """
    known = readable_review(course).by_id()
    for reply in replies:
        if reply.entry not in known:
            raise Refused(
                f'Tidak ada "{reply.entry}" di {REVIEW_FILE.as_posix()} -'
                f" {suggest(reply.entry, known, 'periksa kolom Kode')}"
            )
        earlier = known[reply.entry].answer
        if earlier and earlier != _answer(reply):
            raise Refused(
                f'"{reply.entry}" sudah dijawab {day(earlier.on)} dengan jawaban lain. Tidak ada'
                f" yang dicatat. Hapus jawaban lama di {REVIEW_FILE.as_posix()} bila memang"
                " berubah."
            )
    # The same sheet may be read twice; an answer already written stays.
    new = [reply for reply in replies if known[reply.entry].answer is None]
    if new:
        _write(
            course, with_answers(_written(course), {reply.entry: _answer(reply) for reply in new})
        )
    return [*_instructions(new, known)]


def _answer(reply: Reply) -> Answer:
    return Answer(on=reply.on, by=reply.by, verdict=reply.verdict, text=reply.text or None)


def _instructions(replies: Sequence[Reply], known: Mapping[str, Entry]) -> Iterator[str]:
    for reply in replies:
        files = (at.partition("#")[0].rpartition("/")[2] for at in known[reply.entry].where)
        places = ", ".join(dict.fromkeys(files))
        match reply.verdict:
            case "yes":
                yield (
                    f"{reply.entry}: benar. Tandanya hilang pada psm build berikutnya; hapus"
                    f" {{tinjau}} di {places}."
                )
            case "changed":
                yield f'{reply.entry}: ubah menjadi "{reply.text}" di {places}.'
            case "no":
                yield f"{reply.entry}: salah. Hapus dari {places}."


def _lines(entry: Entry, places: Mapping[str, Stands]) -> tuple[str, ...]:
    """The lines to print for an entry, so that an authority can judge it without the course.

    For an entry about a sentence, this is the sentence. For a number or a table, these are the
    lines at all places (`places`) that the entry names in the first of its files.
    """
    if entry.kind == "sentence" or entry.where[0] not in places:
        return (entry.text,)
    file = entry.where[0].partition("#")[0]
    return tuple(
        line
        for place in entry.where
        if place.partition("#")[0] == file
        for line in places.get(place, ("", ()))[1]
    )


def _written(course: CourseFolder) -> str:
    return (course.root / REVIEW_FILE).read_text(encoding="utf-8-sig")


def _write(course: CourseFolder, text: str) -> None:
    """Write the ledger: first a temporary file beside it, which then replaces the ledger.

    Unlike `write_whole` this does not limit who may read the file, because several people edit a
    course.
    """
    path = course.root / REVIEW_FILE
    half = path.with_suffix(".part")
    half.write_text(text, encoding="utf-8")
    half.replace(path)
