"""Chooses the lists of a file that are the roster, if there are several sheets or lists.

Lists may be beside or below each other on a sheet. If the choice is not certain, the sender is
asked.
"""

from collections.abc import Sequence
from itertools import islice

from psm_course.authoring.problems import shorten
from psm_course.content.region import Region
from psm_course.interchange.people.kelurahan import match_kelurahan
from psm_course.interchange.people.roster_rows import COLUMNS, NEEDED
from psm_course.interchange.sheets.reading import Choice, Question, Remarks
from psm_course.interchange.sheets.sheets import Sheet
from psm_course.interchange.sheets.tables import Table, heading_key, missing_columns

WHICH_SHEET, WHICH_LIST, ALL = "lembar", "daftar", "semua"
SKIP = Choice("lewati", "jangan dibaca")
_TITLE_ROWS = 3


def choose_sheets(holding: Sequence[Sheet], remarks: Remarks) -> Sequence[Sheet]:
    """Return the sheets to read: the only sheet with a roster, or those that the sender chooses.

    `holding` are the sheets that have a roster. The sender is asked about them if there are
    several, or if the only one is hidden. The result is empty until the sender has answered.
    """
    if len(holding) == 1 and not holding[0].is_hidden:
        return holding
    choices = [Choice(sheet.name, _called(sheet)) for sheet in holding]
    if len(holding) == 1:
        sentence = f"daftar peserta ada di {_called(holding[0])}. Dibaca?"
        choices = [*choices, SKIP]
    else:
        hidden = ", sebagian tersembunyi" if any(sheet.is_hidden for sheet in holding) else ""
        sentence = f"ada {len(holding)} lembar berisi daftar peserta{hidden}. Yang mana dibaca?"
        choices = [*choices, Choice(ALL, "semuanya, sebagai satu daftar")]
    answer = remarks.ask(Question(WHICH_SHEET, sentence, tuple(choices)))
    return [sheet for sheet in holding if answer in {sheet.name, ALL}]


def _called(sheet: Sheet) -> str:
    return f"lembar {shorten(sheet.name)}" + (" (tersembunyi)" if sheet.is_hidden else "")


def ask_about_unread_sheets(region: Region, others: Sequence[Sheet], remarks: Remarks) -> None:
    """Ask about sheets that seem to list people but lack a needed heading: may they be skipped?

    Each such sheet gets a question of its own.
    """
    for sheet in others:
        missing = missing_columns([sheet], COLUMNS, NEEDED)
        if len(missing) < len(NEEDED) or _names_kelurahan(region, sheet):
            lacks = " dan ".join(missing or [COLUMNS[column].title for column in NEEDED])
            remarks.ask(
                Question(
                    f"{WHICH_SHEET}-{sheet.name}",
                    f"{_called(sheet)} mungkin berisi peserta, tetapi tanpa kolom {lacks}. Bila"
                    " berisi, tambahkan dulu judulnya",
                    (SKIP,),
                )
            )


def _names_kelurahan(region: Region, sheet: Sheet) -> bool:
    cells = (cell for row in sheet.rows for cell in row if cell.strip())
    return len(list(islice((cell for cell in cells if match_kelurahan(region, cell).found), 2))) > 1


def choose_lists(tables: Sequence[Table], sheet: Sheet, remarks: Remarks) -> Sequence[Table]:
    """Return the lists of a sheet that are read; normally all.

    If a list beside or below the first list has a title of its own, such as "Cadangan", the sender
    is asked which lists to read. The result is then empty until the sender has answered.
    """
    if len(tables) == 1:
        return tables
    titles = [_title_of(table, sheet) for table in tables]
    if any(titles[1:]):
        return _ask_which_list(tables, titles, remarks)
    remarks.note(
        _place(tables[0]),
        f"ada {len(tables)} daftar di lembar ini; semuanya dibaca: {', '.join(map(_span, tables))}",
    )
    return tables


def _ask_which_list(
    tables: Sequence[Table], titles: Sequence[str], remarks: Remarks
) -> Sequence[Table]:
    names = [
        f"{_span(table)}{f' ({shorten(title)})' if title else ''}"
        for table, title in zip(tables, titles, strict=True)
    ]
    choices = [
        Choice(_place(table), f"hanya {name}") for table, name in zip(tables, names, strict=True)
    ]
    answer = remarks.ask(
        Question(
            f"{WHICH_LIST}-{_place(tables[0])}",
            f"ada {len(tables)} daftar di lembar ini: {'; '.join(names)}. Yang mana dibaca?",
            (*choices, Choice(ALL, "semuanya, sebagai satu daftar")),
        )
    )
    return [table for table in tables if answer in {_place(table), ALL}]


def _place(table: Table) -> str:
    """Return the address of the leftmost heading that we know in a list, such as `F4`."""
    return table.address(-1, min(table.columns.values()))


def _span(table: Table) -> str:
    """Return the range of cells with a list's headings: `F4–J4`."""
    first, last = (
        table.address(-1, pick(table.columns.values())).rpartition("!")[2] for pick in (min, max)
    )
    return f"{first}–{last}"


def _title_of(table: Table, sheet: Sheet) -> str:
    """Return the title close above a list; empty if there is no title.

    A title is the only filled cell of its row above the list's columns. A row with more filled
    cells is no title: it has people or a part of a header.
    """
    left, right = min(table.columns.values()), max(table.columns.values())
    top = table.first_row - 2  # the row of the headings, counted from 0
    above = [
        [cell.strip() for cell in row[left : right + 1] if cell.strip()]
        for row in sheet.rows[max(0, top - _TITLE_ROWS) : top]
    ]
    return next(
        (
            cells[0]
            for cells in reversed(above)
            if len(cells) == 1
            and not any(column.is_called(heading_key(cells[0])) for column in COLUMNS.values())
        ),
        "",
    )
