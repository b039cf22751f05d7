"""Whatever is sent: people, or sentences. Nothing but our own refusal is ever raised."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from psm_course.domain.register import Enrolment
from psm_course.errors import Refused
from psm_course.interchange.attendance_sheet import AttendanceReading, read_attendance_sheet
from psm_course.interchange.nik import holds_nik
from psm_course.interchange.people.roster import RosterReading, read_roster
from psm_course.interchange.sheets.sheets import SheetFile
from tests.builders import REGION
from tests.interchange.sheets.old_excel import an_xls
from tests.interchange.sheets.open_document import a_row, an_ods
from tests.register_builders import DEPOK, a_course_file

SESSIONS = a_course_file().sessions
ENROLLED = (
    Enrolment("D26-001", "D26", "Siti Nurhayati", DEPOK),
    Enrolment("D26-002", "D26", "Siti Nurhayati", DEPOK),
)
STARTS = (b"", b"PK\x03\x04", b"\xff\xfe")
SUFFIXES = st.sampled_from((".xlsx", ".xls", ".ods", ".csv", ".txt", ""))
HOSTILE = (
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script>",
    "\u202egnp.exe",
    "a" * 5_000,
    "Siti\x00",
    "😀",
    "e\u0301" * 30,
    "3276010101010001",
    "Curug",
    "Depok",
    "Siti Nurhayati",
    "siti nur hayati",
    "D26-001",
    "Jumlah",
    "81234567890",
    "x",
    "1e999",
    "",
)
CELLS = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=20), st.integers(), st.floats(), st.booleans()
)
HEADER = ("No", "Nama", "Kelurahan", "Kec", "No HP", "Nomor peserta", "buka", "Apa saja")


def everything(file: SheetFile, answers: dict[str, str] | None = None) -> RosterReading | None:
    """Read as a roster and as attendance; each sentence is one printable line without a NIK."""
    said: list[str] = []
    roster = None
    for read in (
        lambda: read_roster(REGION, file, answers, ENROLLED),
        lambda: read_attendance_sheet(file, SESSIONS, {"D26-001"}),
    ):
        try:
            reading: RosterReading | AttendanceReading = read()
        except Refused as refused:
            said.append(str(refused))
            continue
        said += [str(each) for each in (*reading.problems, *reading.notes)]
        if isinstance(reading, RosterReading):
            roster = reading
            said += [str(each) for each in reading.questions]
    for sentence in said:
        assert sentence.isprintable()
        assert not holds_nik(sentence)
    return roster


@given(
    raw=st.binary(max_size=2_000),
    start=st.sampled_from((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe")),
    suffix=SUFFIXES,
)
def test_any_bytes_are_read_or_refused(raw: bytes, start: bytes, suffix: str) -> None:
    everything(SheetFile(f"a{suffix}", start + raw))


def a_workbook(path: Path) -> bytes:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, (1, "Siti", "Depok"))
        sheet.merge_range("C3:C5", "Beji")
    return path.read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    rows = (HEADER, ("1", "Siti", "Depok"), ("2", "Ujang", "Curug"))
    path = tmp_path_factory.mktemp("utuh") / "a.xlsx"
    return {
        "a.xlsx": a_workbook(path),
        "a.xls": an_xls(*rows),
        "a.ods": an_ods(*[a_row(*row) for row in rows]),
    }


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.xls"])
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(
    whole: dict[str, bytes], name: str, data: st.DataObject
) -> None:
    everything(damaged(name, whole[name], data))


def damaged(name: str, content: bytes, data: st.DataObject) -> SheetFile:
    """Some bytes changed, and perhaps cut short."""
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

    return SheetFile(
        name, bytes(damaged[: data.draw(st.integers(len(damaged) // 2, len(damaged)))])
    )


@given(rows=st.lists(st.lists(CELLS, max_size=8), max_size=12), header=st.permutations(HEADER))
@example(
    rows=[["1", "Siti Nurhayati", "Curug"], ["2", "siti nur hayati", "Curug"]], header=list(HEADER)
)
def test_any_cells_below_a_header_are_people_or_sentences(
    rows: list[list[object]], header: list[str]
) -> None:
    workbook = openpyxl.Workbook()
    for row in [header, *rows]:
        workbook.active.append([_storable(cell) for cell in row])
    stream = io.BytesIO()
    workbook.save(stream)
    file = SheetFile("a.xlsx", stream.getvalue())

    reading = everything(file)

    if reading is not None and not reading.problems:
        answers = {question.id: question.choices[-1].value for question in reading.questions}
        assert everything(file, answers).is_clear


def _storable(cell: object) -> object:
    """What openpyxl agrees to write."""
    return openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell


@given(
    rows=st.lists(
        st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30)), min_size=1, max_size=8),
        max_size=12,
    )
)
def test_any_csv_is_people_or_sentences(rows: list[list[str]]) -> None:
    lines = [";".join(HEADER), *[";".join(row) for row in rows]]

    reading = everything(SheetFile("a.csv", "\n".join(lines).encode("utf-8", "replace")))

    for row in reading.rows if reading else ():
        assert row.name.isprintable()
        assert len(row.name) <= 100
