"""Writes the review sheet as a Word file, and reads the filled sheet.

On a review sheet an authority answers questions about sentences of the course: is the sentence
right? If it is wrong, what must be written instead?
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from psm_course.authoring.problems import shorten
from psm_course.box.box import NotRead
from psm_course.content.review import Verdict
from psm_course.errors import Refused
from psm_course.interchange.sheets.from_the_box import boxed_sheets

_COLUMNS = (
    "Kode",
    "Bunyi sekarang",
    "Yang ditanyakan",
    "Jawaban: ya, ubah, atau tidak",
    "Bunyi yang benar (bila ubah)",
    "Dijawab oleh",
    "Tanggal",
)
_WIDTHS = (2.6, 6.4, 4.6, 2.6, 5.0, 2.8, 2.2)  # cm, on an A4 page that lies
_VERDICTS: dict[str, Verdict] = {
    "ya": "yes",
    "benar": "yes",
    "ubah": "changed",
    "diubah": "changed",
    "tidak": "no",
    "salah": "no",
}
_BROKEN = (
    "bukan lembar tinjauan yang utuh. Isi lembar dari `psm review --sheets FOLDER`, simpan sebagai"
    " .docx, lalu ulangi."
)


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the review sheet that waits for an answer.

    `entry` is the id of an entry of the ledger (sentences that wait for an authority's answer).
    """

    entry: str
    text: str
    question: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answered row of the review sheet.

    `entry` is the id of the entry of the ledger. `verdict` is `yes` (the sentence is right), `no`
    (it is wrong), or `changed` (it is right if it is changed to `text`). `text` is empty unless
    `verdict` is `changed`. `by` and `on` tell who answered and on which day.
    """

    entry: str
    verdict: Verdict
    text: str
    by: str
    on: date


def write_review_sheet(
    title: str, introduction: str, questions: Sequence[Question], as_of: date
) -> bytes:
    """Return a .docx with a row per question.

    `as_of` is stored in the file as the date when it was made. Equal arguments give equal bytes.
    """
    import docx  # noqa: PLC0415 - a quarter of a second, for this one file
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    document = docx.Document()
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.5)
    document.styles["Normal"].font.size = Pt(10)
    about = document.core_properties
    about.title, about.author, about.language = title, "", "id"
    document.add_heading(title, level=1)
    document.add_paragraph(introduction)
    table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    table.autofit = False
    for name, cell in zip(_COLUMNS, table.rows[0].cells, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for question in questions:
        row = table.add_row().cells
        row[0].text, row[1].text, row[2].text = question.entry, question.text, question.question
    for row in table.rows:
        for width, cell in zip(_WIDTHS, row.cells, strict=True):
            cell.width = Cm(width)
    moment = document.core_properties.created.replace(
        year=as_of.year, month=as_of.month, day=as_of.day
    )
    document.core_properties.created = document.core_properties.modified = moment
    stream = io.BytesIO()
    document.save(stream)
    return _dated(stream.getvalue())


def _dated(content: bytes) -> bytes:
    """Return the .docx without the times of the files in it: equal contents give equal bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for member in made.infolist():
            written.writestr(
                zipfile.ZipInfo(member.filename), made.read(member), zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()


def read_review_sheet(name: str, content: bytes, today: date) -> list[Reply]:
    """Read the answered rows of a filled sheet; rows without an answer are left out.

    Raises:
        Refused: the file is no review sheet, or a row cannot be understood; the message names the
            row and what to write.
    """
    try:
        tables = [sheet.rows for sheet in boxed_sheets(content, "word")]
    except NotRead:
        raise Refused(f"{name}: {_BROKEN}") from None
    table = next(
        (
            rows
            for rows in tables
            if rows and tuple(rows[0])[:1] == _COLUMNS[:1] and len(rows[0]) == len(_COLUMNS)
        ),
        None,
    )
    if table is None:
        raise Refused(f"{name}: {_BROKEN}")
    return [*_replies(name, table[1:], today)]


def _replies(name: str, rows: list[list[str]], today: date) -> Iterator[Reply]:
    for number, row in enumerate(rows, 1):
        entry, _, _, said, text, by, written = (*row, *[""] * len(_COLUMNS))[: len(_COLUMNS)]
        if not said.strip():
            continue
        where = f'{name}, baris {number} ("{shorten(entry)}")'
        verdict = _VERDICTS.get(said.strip(" .").casefold())
        if verdict is None:
            raise Refused(
                f'{where}: jawaban "{shorten(said)}" tidak dikenal. Tulis ya, ubah, atau tidak.'
            )
        if verdict == "changed" and not text:
            raise Refused(f"{where}: jawabannya ubah, tetapi bunyi yang benar masih kosong.")
        if not by:
            raise Refused(f"{where}: isi siapa yang menjawab: jabatan atau unitnya.")
        yield Reply(
            entry, verdict, text if verdict == "changed" else "", by, _day(where, written, today)
        )


def _day(where: str, written: str, today: date) -> date:
    """Read a date: `1-12-2026`, `1.12.2026`, `1/12/2026` or `2026-12-01`.

    `where` names the place of the date, for the error.

    Raises:
        Refused: the text is no date, or a date later than `today`; the message begins with `where`.
    """
    parts = [
        int(part)
        for part in written.replace("/", "-").replace(".", "-").split("-")
        if part.strip().isdecimal()
    ]
    if len(parts) == 3:
        year, month, day = parts if parts[0] > 31 else parts[::-1]
        try:
            on = date(year, month, day)
        except ValueError:
            on = today.max
        if on <= today:
            return on
    raise Refused(
        f'{where}: tanggal "{shorten(written)}" tidak dapat dibaca, atau belum tiba. Tulis misalnya'
        " 1-12-2026."
    )
