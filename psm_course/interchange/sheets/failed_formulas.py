"""Reports formulas that show an error or were never computed.

If such formulas were read as empty cells, a person or a mark could be lost.
"""

from collections.abc import Iterable

from psm_course.authoring.problems import shorten
from psm_course.interchange.sheets.reading import Remarks
from psm_course.interchange.sheets.tables import Table


def say_failed_formulas(table: Table, columns: Iterable[str], remarks: Remarks) -> None:
    """Report formulas that show an error or were never computed.

    The problems are added to `remarks`. If several formulas of a column show the same error, there
    is one problem, at the first of these cells; the same for formulas that were never computed.
    `columns` are names of the columns that are read; other columns are not checked.
    """
    for index in sorted({table.columns[column] for column in columns}):
        cells: dict[str, list[str]] = {}
        for row in range(len(table.rows)):
            error = table.appearance.failed.get(table.place(row, index))
            if error is not None:
                cells.setdefault(error, []).append(table.address(row, index))
        for error, places in cells.items():
            more = f" (juga di {len(places) - 1} sel lain di kolom ini)" if len(places) > 1 else ""
            remarks.problem(places[0], f"{_sentence(error)}{more}")


def _sentence(error: str) -> str:
    if error:
        return f"rumus di sel ini gagal ({shorten(error, 20)}); ketik isinya, atau kosongkan"
    return "rumus di sel ini belum dihitung; buka di Excel, simpan, lalu ulangi"
