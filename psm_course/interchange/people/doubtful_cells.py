"""Finds doubtful cells of a roster, and columns that may belong to a second list.

Cells are doubtful if they are hidden, crossed out (a line through the text), or a formula without a
result. The program asks the sender about some of them; others the sender has to correct.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from psm_course.authoring.problems import shorten
from psm_course.content.region import Region
from psm_course.interchange.nik import is_nik_heading
from psm_course.interchange.people.kelurahan import match_kelurahan
from psm_course.interchange.sheets.failed_formulas import say_failed_formulas
from psm_course.interchange.sheets.reading import Choice, Question, Remarks
from psm_course.interchange.sheets.tables import Columns, Table, heading_key

LEAVE, TAKE = Choice("lewati", "jangan dimasukkan"), Choice("masukkan", "tetap dimasukkan")
USE, IGNORE = Choice("pakai", "pakai isinya"), Choice("abaikan", "abaikan kolom itu")
# More are asked about in one question: a filter that
# somebody forgot, a list ticked off by striking out.
MOST_ASKED_ONE_BY_ONE = 10
_SHOWN = 4
_LOOKED_AT = 200  # rows, to tell what a column is about


# ---- columns -------------------------------------------------------------------------------------


def settle_columns(
    region: Region, table: Table, known: Columns, needed: Sequence[str], remarks: Remarks
) -> Table:
    """Return the table with only the columns to read; ask the sender about doubtful columns.

    Args:
        region: the region of the kelurahan on the sheet.
        table: a list of people.
        known: all columns that a roster may have.
        needed: names of the columns that a roster must have.
        remarks: receives the questions and problems.
    """
    table = _without_hidden_columns(_with_one_name(table, known, remarks), known, needed, remarks)
    _ask_about_other_lists(region, table, remarks)
    say_failed_formulas(table, [column for column in table.columns if column != "serial"], remarks)
    return table


def _with_one_name(table: Table, known: Columns, remarks: Remarks) -> Table:
    """Return the table with one name column.

    If a list has several name columns, the sender is asked which one has the names of the
    participants.
    """
    again = [
        index
        for index, heading in table.others.items()
        if known["name"].is_called(heading_key(heading)) and _is_filled(table, index)
    ]
    if not again:
        return table
    columns = {table.address(-1, index): index for index in (table.columns["name"], *again)}
    choices = tuple(
        Choice(cell, f"kolom {shorten(table.header[index])} ({cell})")
        for cell, index in columns.items()
    )
    answer = remarks.ask(
        Question(
            f"nama-{next(iter(columns))}",
            f"ada {len(columns)} kolom nama. Yang mana nama peserta? Bila berisi orang yang"
            " berbeda, jadikan dulu satu daftar",
            choices,
        )
    )
    return replace(table, columns={**table.columns, "name": columns[answer]}) if answer else table


def _is_filled(table: Table, index: int) -> bool:
    return any(index < len(row) and row[index].strip() for row in table.rows)


def _without_hidden_columns(
    table: Table, known: Columns, needed: Sequence[str], remarks: Remarks
) -> Table:
    """Report needed columns that are hidden; ask if other hidden columns are to be read.

    Nothing is reported or asked about hidden columns that are empty.

    Args:
        table: a list of people.
        known: all columns that a roster may have.
        needed: names of the columns that a roster must have.
        remarks: receives the questions and problems.

    Returns:
        The table. A hidden column that is filled and not in `needed` is left out, unless the sender
        has answered that it is to be read.
    """
    columns = dict(table.columns)
    hidden = [
        name
        for name, index in columns.items()
        if name != "serial" and index in table.appearance.hidden_columns
    ]
    for name in [name for name in hidden if _is_filled(table, columns[name])]:
        cell, title = table.address(-1, columns[name]), known[name].title
        if name in needed:
            remarks.problem(
                cell,
                f"kolom {title} tersembunyi; tampilkan kolom itu dan periksa isinya, lalu ulangi",
            )
        else:
            question = Question(
                f"kolom-{cell}", f"kolom {title} tersembunyi. Isinya dipakai?", (USE, IGNORE)
            )
            if remarks.ask(question) != USE.value:
                del columns[name]
    return replace(table, columns=columns)


def _ask_about_other_lists(region: Region, table: Table, remarks: Remarks) -> None:
    """Ask about each column that is not read although most of its cells are names of kelurahan.

    Such a column may belong to a second list of people with unknown headings.
    """
    for index in range(max((len(row) for row in table.rows), default=0)):
        heading = table.header[index] if index < len(table.header) else ""
        if (
            index not in table.columns.values()
            and "lahir" not in heading.casefold()  # a place of birth may be a kelurahan too
            and not is_nik_heading(heading)
        ):
            cells = [
                row[index]
                for row in table.rows[:_LOOKED_AT]
                if index < len(row) and row[index].strip()
            ]
            homes = [cell for cell in cells if match_kelurahan(region, cell).found]
            if len(homes) > 1 and 2 * len(homes) > len(cells):
                _ask_about_list(table, index, heading, remarks)


def _ask_about_list(table: Table, index: int, heading: str, remarks: Remarks) -> None:
    called = f'kolom "{shorten(heading)}"' if heading.strip() else "kolom tanpa judul"
    remarks.ask(
        Question(
            f"kolom-{table.address(-1, index)}",
            f"{called} berisi kelurahan, tetapi tidak dibaca. Bila itu daftar peserta kedua, tulis"
            " dulu judul kolom Nama dan Kelurahan",
            (Choice(IGNORE.value, "bukan daftar peserta; abaikan"),),
        )
    )


# ---- rows ----------------------------------------------------------------------------------------


def without_left_out(table: Table, people: Sequence[int], remarks: Remarks) -> list[int]:
    """Return the indices of the rows to enrol, without crossed-out and hidden rows.

    A row is crossed out if its name has a line through the text. The sender is asked about
    crossed-out and hidden rows, and may answer that these people are to be enrolled too. `people`
    are the indices of all rows with people.
    """
    struck = [row for row in people if table.is_struck(row, "name")]
    hidden = [row for row in people if table.is_hidden(row) and row not in struck]
    out = _asked_out(table, struck, "coret", _struck_out, remarks) | _asked_out(
        table, hidden, "sembunyi", _hidden, remarks
    )
    taken = [row for row in people if row not in out]
    _say_struck_cells(table, [row for row in taken if row not in struck], remarks)
    _ask_about_split_names(table, taken, remarks)
    return taken


def _ask_about_split_names(table: Table, people: Sequence[int], remarks: Remarks) -> None:
    """Ask about a row that may only be the second half of the name in the row above.

    A long name takes two rows if the cells beside it are merged over both. Without the question one
    long name would be read as two people.
    """
    rows = [row for row in people if row - 1 in people and _continues(table, row)]
    for group in _grouped(rows):
        cell, above = table.cell(group[0], "name"), shorten(table.value(group[0] - 1, "name"))
        remarks.ask(
            Question(
                f"sambung-{cell}",
                f"{_names(table, group)} bernomor urut sama dengan {above} di atasnya. Bila"
                " sambungan nama, satukan dulu di satu sel",
                (Choice("orang", "bukan sambungan, tetapi orang lain"),),
            )
        )


def _continues(table: Table, row: int) -> bool:
    """True if a row has the serial number and kelurahan of the row above, but another name."""
    same = all(
        table.value(row, column) == table.value(row - 1, column) != ""
        for column in ("serial", "kelurahan")
    )
    return same and table.value(row, "name") != table.value(row - 1, "name")


def _grouped(rows: list[int]) -> list[list[int]]:
    return [[row] for row in rows] if len(rows) <= MOST_ASKED_ONE_BY_ONE else [rows]


def _asked_out(
    table: Table,
    rows: list[int],
    word: str,
    sentence: Callable[[Table, list[int]], str],
    remarks: Remarks,
) -> set[int]:
    out: set[int] = set()
    for group in _grouped(rows):
        cell = table.cell(group[0], "name")
        answer = remarks.ask(Question(f"{word}-{cell}", sentence(table, group), (LEAVE, TAKE)))
        if answer != TAKE.value:
            out.update(group)
        if answer == LEAVE.value:
            remarks.note(cell, f"tidak dimasukkan: {_names(table, group)}")
    return out


def _struck_out(table: Table, rows: list[int]) -> str:
    return f"{_names(table, rows)} dicoret di lembar ini. Dimasukkan?"


def _hidden(table: Table, rows: list[int]) -> str:
    count = f"{len(rows)} baris" if len(rows) > 1 else "baris ini"
    return (
        f"{count} tersembunyi, mungkin oleh saringan (filter): {_names(table, rows)}. Dimasukkan?"
    )


def _names(table: Table, rows: list[int]) -> str:
    names = "; ".join(shorten(table.value(row, "name") or "tanpa nama") for row in rows[:_SHOWN])
    return names + (f" dan {len(rows) - _SHOWN} orang lain" if len(rows) > _SHOWN else "")


def _say_struck_cells(table: Table, people: Sequence[int], remarks: Remarks) -> None:
    for row in people:
        if table.is_partly_struck(row, "name"):
            remarks.problem(
                table.cell(row, "name"),
                "sebagian nama ini dicoret; tulis namanya tanpa bagian yang dicoret",
            )
        for column in table.columns:
            if column not in {"name", "serial"} and (
                table.is_struck(row, column) or table.is_partly_struck(row, column)
            ):
                remarks.problem(
                    table.cell(row, column), "isi sel ini dicoret; kosongkan, atau hapus coretannya"
                )
