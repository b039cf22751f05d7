"""Figures made from numbers: bars and tables.

The figures are small, and a screen reader can read them. No plotting library is needed.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from math import isfinite

from psm_course.errors import Refused
from psm_course.forms.render import render
from psm_course.trainer.shown import Shown, key_of
from psm_course.trainer.word import word

WIDTH = 340
_ROW = 44
_LONGEST = 240


@word('diagram_batang("Judul", {"Fakir miskin": 300, "Lainnya": 100})')
def diagram_batang(
    judul: str,
    nilai: Mapping[str, float],
    satuan: str = "",
    sumber: str = "",
    sorot: str | Collection[str] = (),
) -> Shown:
    """Show horizontal bars.

    Args:
        judul: the title.
        nilai: values by name, not negative, in the unit `satuan`.
        satuan: the unit, written behind each value.
        sumber: the source, written below the bars.
        sorot: names of the values to highlight.

    Raises:
        Refused: there are no values, or one is negative or infinite.
    """
    if not nilai:
        raise Refused("diagram_batang: belum ada nilai")
    if not all(isfinite(value) and value >= 0 for value in nilai.values()):
        raise Refused("diagram_batang: nilai tidak boleh negatif atau tak hingga")
    highlighted = {sorot} if isinstance(sorot, str) else set(sorot)
    largest = max(nilai.values()) or 1
    bars = [
        {
            "name": name,
            "top": index * _ROW,
            "length": round(_LONGEST * value / largest, 1),
            "value": f"{angka(value)} {satuan}".strip(),
            "highlighted": name in highlighted,
        }
        for index, (name, value) in enumerate(nilai.items())
    ]
    description = "; ".join(f"{bar['name']}: {bar['value']}" for bar in bars)

    return Shown(
        render(
            "bars.html",
            title=judul,
            bars=bars,
            description=description,
            key=key_of(judul, description),
            width=WIDTH,
            height=_ROW * len(bars),
            source=sumber,
        )
    )


@word('tabel("Judul", ["Kolom", "Kolom"], [["isi", "isi"]])')
def tabel(
    judul: str, kolom: Sequence[str], baris: Sequence[Sequence[object]], sumber: str = ""
) -> Shown:
    """Show a table with a caption; the first cell of each row is its heading.

    The text of a cell may have Markdown emphasis, such as `**tebal**`.

    Args:
        judul: the caption.
        kolom: the headings of the columns.
        baris: the cells of each row.
        sumber: the source, written below the table.

    Raises:
        Refused: a row has more or fewer cells than there are columns.
    """
    for number, row in enumerate(baris, 1):
        if len(row) != len(kolom):
            raise Refused(f"tabel: baris ke-{number} berisi {len(row)} sel, kolomnya {len(kolom)}")
    rows = [[cell if isinstance(cell, str) else angka(cell) for cell in row] for row in baris]
    return Shown(render("table.html", title=judul, columns=kolom, rows=rows, source=sumber))


def angka(value: object) -> str:
    """Return a number as Indonesians write it: `315.698`, `91,5`.

    Any other value is returned as text.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
