"""Turns the rows below a roster's header into people.

The module finds the rows that are people, and reads their cells.
"""

import re
from dataclasses import dataclass, replace

from psm_course.authoring.problems import shorten
from psm_course.content.region import Kelurahan, Region
from psm_course.domain.register import Sex
from psm_course.interchange.nik import REASON, holds_nik, is_nik_heading
from psm_course.interchange.people.doubtful_cells import without_left_out
from psm_course.interchange.people.kelurahan import Match, match_kelurahan
from psm_course.interchange.people.phones import is_squeezed, read_phone
from psm_course.interchange.people.written_names import as_written, trouble_with
from psm_course.interchange.sheets.reading import Choice, Question, Remarks
from psm_course.interchange.sheets.tables import Column, Table, heading_key

_LOCATION = "(?:nama|asal|wilayah|alamat)?"
COLUMNS = {
    "name": Column(
        "Nama", "nama(?:lengkap|peserta|psm|anggota|calon|relawan|bimtek|dan|gelar|dengan)+"
    ),
    "kelurahan": Column(
        "Kelurahan",
        f"{_LOCATION}(?:desa|kel|kelurahan|kelurahandesa|kel?desa|desakel|desakelurahan)"
        "(?:asal|tugas|domisili)?",
    ),
    "kecamatan": Column("Kecamatan", f"{_LOCATION}(?:kec|kecamatan)(?:asal|tugas|domisili)?"),
    "number": Column("Nomor peserta", "(?:no|id|kode)peserta|nomor"),
    "phone": Column(
        "No. HP",
        "(?:no|nomor|nomer|nmr)?(?:telepon|telpon|telp|tlp|tel|handphone|ponsel|hp|wa|whatsapp"
        "|kontak|seluler|aktif)+",
    ),
    "sex": Column(
        "L/P",
        "(?:jenis)?kelamin|jk|jeniskelamin|gender|sex|lp|pl|lkpr|lakilakiperempuan|lakiperempuan",
    ),
    "birth_year": Column("Tahun lahir", "(?:thn|th|tahun)(?:kelahiran|lahir)|kelahiran"),
    "serial": Column("No", "nourut|nomorurut|urut"),
}
NEEDED = ("name", "kelurahan")
LONGEST_NUMBER = 40

_FOOTER = re.compile(
    r"(?:jumlah|total)\b[\w\s]{0,30}[:=]?[\w\s]{0,30}\.?"
    r"|(?:mengetahui|menyetujui|catatan|keterangan|ket\.|nb\b|ttd|tertanda|nip\b).{0,200}",
    re.DOTALL,
)
# What follows the region's place where a sheet was signed.
_SIGNED = r"\s*,\s*(?:[\d._…]|tgl|tanggal|jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des|$).{0,60}"
_SECTION = re.compile(r"(?:kecamatan|kec|kelurahan|kel)\b.{0,60}")
_COUNTED = re.compile(r"\(?\d{1,2}\)?")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person on the sheet.

    `cell` is the address of the cell with the name, `kelurahan` is a code, `phone` is digits with
    the leading 0. `number` is the participant number, empty for a new person. `same_as` is the
    participant number that a new person has in another cohort, if the sender answered that both are
    the same person; else it is empty.
    """

    cell: str
    name: str
    kelurahan: str
    number: str = ""
    phone: str = ""
    sex: Sex | None = None
    birth_year: int | None = None
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person on the sheet whose kelurahan may not be certain yet.

    `homes` are the codes of the kelurahan that the sheet may mean. If there are several,
    `row.kelurahan` is empty and the sender has not yet answered which of them is right.
    """

    row: RosterRow
    homes: tuple[str, ...]
    home_name: str
    number_cell: str = ""


def read_people(
    region: Region, table: Table, remarks: Remarks, year: int | None
) -> list[Candidate]:
    """Read every person on a list with settled columns, and report problems with other rows.

    Args:
        region: the region of the kelurahan on the sheet.
        table: the list, as `settle_columns` returned it.
        remarks: receives the problems and notes.
        year: year of the course, to check birth years; None: every birth year is accepted.
    """
    niks = _nik_rows(table, remarks)
    rows = without_left_out(table, _people_rows(region, table, niks, remarks), remarks)
    people = [_read_person(region, table, index, remarks, year) for index in rows]
    return [person for person in people if person]


# ---- which rows are people -----------------------------------------------------------------------


def without_serial_numbers(table: Table) -> Table:
    """Return the table without a column "Nomor" that only counts the rows: 1, 2, 3 and so on.

    Another column of the table may have the participant numbers.
    """
    index = table.columns.get("number")
    if index is None or heading_key(table.header[index]) != "nomor":
        return table
    if not all(
        re.fullmatch(r"\d{0,4}\.?", table.value(row, "number")) for row in range(len(table.rows))
    ):
        return table
    columns = {"serial": index} | {
        name: column for name, column in table.columns.items() if name != "number"
    }
    others = [
        at
        for at, heading in table.others.items()
        if COLUMNS["number"].is_called(heading_key(heading))
    ]
    return replace(table, columns=columns | ({"number": others[0]} if others else {}))


def _people_rows(region: Region, table: Table, niks: set[int], remarks: Remarks) -> list[int]:
    """Return the indices of the rows that are people; add a note about other rows with text.

    Rows with a NIK (`niks`) are neither read nor named in a note. Below a row such as "Jumlah" or
    "Mengetahui", only a row with a known kelurahan, or with a name and a serial number, is a
    person.
    """
    people, others = [], []
    below = False
    for index, row in enumerate(table.rows):
        written = [cell.strip() for cell in row if cell.strip()]
        # Nothing of a row with a NIK is kept, so it is not read either.
        if not written or index in niks or _is_count(written):
            continue
        if _is_header_again(table, index):
            below = False  # another page of the list
            continue
        home = match_kelurahan(region, table.value(index, "kelurahan")).found or _has_serial(
            table, index
        )
        below = below or (not home and _is_footer(region, table, index, written))
        if (below and not home) or _is_section(written):
            others.append(index)
        elif any(table.value(index, column) for column in ("name", "kelurahan", "phone")):
            people.append(index)
        elif any(re.search(r"[^\W\d_]{2}", cell) for cell in written):
            others.append(index)  # words, but in none of our columns
    _say_skipped(table, others, remarks)
    return people


def _has_serial(table: Table, index: int) -> bool:
    return bool(
        table.value(index, "name") and re.fullmatch(r"\d{1,6}\.?", table.value(index, "serial"))
    )


def _is_footer(region: Region, table: Table, index: int, written: list[str]) -> bool:
    """True if a row ends the table, such as "Jumlah", "Mengetahui" or a place with a date.

    `written` are the filled cells of the row. If the row has a name, only its name, kelurahan and
    serial number are examined, because a remark beside a name may begin with "Catatan".
    """
    name = table.value(index, "name")
    cells = (
        [name, table.value(index, "kelurahan"), table.value(index, "serial")] if name else written
    )
    signed = re.compile(re.escape(region.place.casefold()) + _SIGNED, re.DOTALL)
    return any(
        pattern.fullmatch(cell[:250].casefold()) for cell in cells for pattern in (_FOOTER, signed)
    )


def _say_skipped(table: Table, others: list[int], remarks: Remarks) -> None:
    firsts = [
        next((column, cell) for column, cell in enumerate(table.rows[index]) if cell.strip())
        for index in others
    ]
    if others:
        shown = "; ".join(f'"{shorten(cell)}"' for _, cell in firsts[:4])
        more = f" dan {len(others) - 4} baris lain" if len(others) > 4 else ""
        remarks.note(
            table.address(others[0], firsts[0][0]), f"bukan peserta, jadi dilewati: {shown}{more}"
        )


def _is_header_again(table: Table, index: int) -> bool:
    """True if a row repeats the header, as long lists do on every page."""
    return all(
        COLUMNS[column].is_called(heading_key(table.value(index, column))) for column in NEEDED
    )


def _is_count(written: list[str]) -> bool:
    """True for the line `(1) (2) (3) …` below the header of an official form."""
    return len(written) > 1 and all(
        _COUNTED.fullmatch(cell) and cell.strip("()") == str(n) for n, cell in enumerate(written, 1)
    )


def _is_section(written: list[str]) -> bool:
    """True for a heading between people, such as `Kecamatan Beji`."""
    return len(written) == 1 and bool(_SECTION.fullmatch(written[0][:80].casefold()))


# ---- NIK in disguise -----------------------------------------------------------------------------


def _nik_rows(table: Table, remarks: Remarks) -> set[int]:
    """Report the columns that have NIKs: one problem for each column, without the NIK itself.

    Returns:
        The indices of the rows that have a NIK in a column whose heading does not name NIK or
        family card.
    """
    headed = {index for index, heading in table.others.items() if is_nik_heading(heading)}
    for index in sorted(headed):
        remarks.problem(
            table.address(-1, index),
            f"ada kolom NIK atau KK. {REASON}. Hapus kolom itu, lalu ulangi",
        )
    found: dict[int, list[int]] = {}
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            if column not in headed and holds_nik(cell):
                found.setdefault(column, []).append(row)
    for column, rows in sorted(found.items()):
        more = f" (juga di {len(rows) - 1} sel lain di kolom ini)" if len(rows) > 1 else ""
        remarks.problem(
            table.address(rows[0], column),
            f"ada 16 angka seperti NIK{more}. {REASON}. Hapus angka itu, lalu ulangi",
        )
    return {row for rows in found.values() for row in rows}


# ---- one person ----------------------------------------------------------------------------------


def _read_person(
    region: Region, table: Table, index: int, remarks: Remarks, year: int | None
) -> Candidate | None:
    before = len(remarks.problems)
    name = _read_name(table, index, remarks)
    homes = _read_kelurahan(region, table, index, remarks)
    phone = _read_phone(table, index, remarks)
    sex = _read_sex(table, index, remarks)
    birth_year = _read_birth_year(table, index, remarks, year)
    number = " ".join(table.value(index, "number").split())
    if len(number) > LONGEST_NUMBER or not number.isprintable():
        remarks.problem(
            table.cell(index, "number"),
            f'nomor peserta "{shorten(number)}" tidak dimengerti; salin dari kartu, atau kosongkan',
        )
    # With one problem the person is left out: half a person must not be enrolled.
    if len(remarks.problems) > before or not homes:
        return None
    home = homes[0].code if len(homes) == 1 else ""
    number_cell = table.cell(index, "number") if number else ""
    row = RosterRow(table.cell(index, "name"), name, home, number, phone, sex, birth_year)
    return Candidate(row, tuple(each.code for each in homes), homes[0].name, number_cell)


def _read_name(table: Table, index: int, remarks: Remarks) -> str:
    name = as_written(table.value(index, "name"))
    trouble = trouble_with(name, "isi nama, atau hapus barisnya")
    if trouble is not None:
        remarks.problem(table.cell(index, "name"), trouble)
    return name


def _read_kelurahan(
    region: Region, table: Table, index: int, remarks: Remarks
) -> tuple[Kelurahan, ...]:
    written, kecamatan = table.value(index, "kelurahan"), table.value(index, "kecamatan")
    cell = table.cell(index, "kelurahan")
    match = match_kelurahan(region, written, kecamatan)
    if not match.found:
        remarks.problem(cell, _no_kelurahan(region, written, kecamatan, match))
    elif len(match.found) > 1:
        return _ask_which(cell, match.found, remarks)
    elif match.respelt:
        remarks.note(cell, f'"{shorten(written)}" dibaca {match.found[0]}')
    return match.found


def _no_kelurahan(region: Region, written: str, kecamatan: str, match: Match) -> str:
    if not written:
        return "kelurahan masih kosong; isi kelurahannya"
    if not match.elsewhere:
        return f'kelurahan "{shorten(written)}" tidak ada di {region.place}; periksa ejaannya'
    where = " dan ".join(each.kecamatan for each in match.elsewhere)
    beside = f', bukan "{shorten(kecamatan)}"' if kecamatan else ""
    return (
        f"kelurahan {match.elsewhere[0].name} ada di Kecamatan {where}{beside}; perbaiki salah"
        " satunya"
    )


def _ask_which(cell: str, found: tuple[Kelurahan, ...], remarks: Remarks) -> tuple[Kelurahan, ...]:
    choices = tuple(Choice(each.kecamatan, str(each)) for each in found)
    chosen = remarks.ask(
        Question(cell, f"ada {len(found)} kelurahan bernama {found[0].name}. Yang mana?", choices)
    )
    return tuple(each for each in found if chosen in {None, each.kecamatan})


def _read_phone(table: Table, index: int, remarks: Remarks) -> str:
    written = table.value(index, "phone")
    phone = read_phone(written)
    if phone is None:
        remarks.problem(table.cell(index, "phone"), _no_phone(written))
        return ""
    if phone.restored:
        remarks.note(
            table.cell(index, "phone"),
            "angka 0 di depan nomor HP hilang di Excel, dan sudah dikembalikan",
        )
    if phone.more:
        remarks.note(
            table.cell(index, "phone"), "ada lebih dari satu nomor HP; yang pertama dipakai"
        )
    return phone.number


def _no_phone(written: str) -> str:
    if is_squeezed(written):
        return (
            f'nomor HP dipendekkan Excel menjadi "{shorten(written)}"; ketik ulang lengkap,'
            " didahului tanda petik ('), atau kosongkan"
        )
    return f'nomor HP "{shorten(written)}" tidak dimengerti; perbaiki, atau kosongkan'


# ---- for counts only -----------------------------------------------------------------------------

_MEN = frozenset(("l", "lk", "laki", "lakilaki", "pria", "m", "male"))
_WOMEN = frozenset(("p", "pr", "perempuan", "wanita", "w", "f", "female"))
_NOTHING = frozenset(("", "-", "–", "0"))
OLDEST, YOUNGEST = 110, 15  # a year outside of these ages was typed wrong


def _read_sex(table: Table, index: int, remarks: Remarks) -> Sex | None:
    written = table.value(index, "sex")
    key = heading_key(written)
    if key in _MEN or key in _WOMEN:
        return "L" if key in _MEN else "P"
    if written not in _NOTHING:
        remarks.problem(
            table.cell(index, "sex"),
            f'jenis kelamin "{shorten(written)}" tidak dimengerti; tulis L atau P, atau kosongkan',
        )
    return None


def _read_birth_year(table: Table, index: int, remarks: Remarks, year: int | None) -> int | None:
    """Read the birth year in a row; None if the cell is empty or the year cannot be right.

    A year that cannot be right is reported as a problem.

    Args:
        year: year of the course, in which people must be from 15 to 110 years old; None: every age
            is accepted.
    """
    written = table.value(index, "birth_year")
    if written in _NOTHING:
        return None
    born = int(written) if re.fullmatch(r"(?:19|20)\d\d", written, re.ASCII) else 0
    if born and (year is None or YOUNGEST <= year - born <= OLDEST):
        return born
    remarks.problem(
        table.cell(index, "birth_year"),
        f'tahun lahir "{shorten(written)}" tidak dimengerti; tulis tahunnya saja dengan empat'
        " angka, misalnya 1980, atau kosongkan",
    )
    return None
