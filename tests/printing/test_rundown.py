"""The rundown on paper: a page a day, in the order of time, with rooms and speakers if known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dirty_equals import Contains

from psm_course.printing.rundown import RundownDay, RundownRow, render_rundown
from tests.printing.builders import LONG_NAMES, OCCASION, WORST
from tests.printing.readers import opened, printed_lines, stray_letters, texts

AS_OF = date(2026, 11, 20)
DAY = RundownDay(
    "Hari 1",
    date(2026, 11, 24),
    (
        RundownRow("07.15", "08.15", 60, "Registrasi", "pause"),
        RundownRow(
            "08.15",
            "09.00",
            45,
            "Pembukaan",
            "teaching",
            room="Aula",
            speaker="Ibu Contoh, Kemensos",
        ),
        RundownRow(
            "09.00",
            "10.00",
            60,
            "Dasar",
            "teaching",
            parts=(("09.00", "Peran"), ("09.35", "Etika")),
        ),
    ),
)


def test_a_page_says_the_day_and_its_rows_in_order() -> None:
    (page,) = printed_lines(render_rundown(OCCASION, [DAY], AS_OF))

    assert page == [
        "PEMERINTAH KOTA DEPOK",
        "DINAS SOSIAL",
        "Jalan Contoh 1, Depok",
        "Rundown",
        "Bimtek Dasar PSM, Angkatan D26",
        "Hari 1, 24 November 2026",
        "Pukul Acara Menit Ruang, pemateri",
        "07.15–08.15 Registrasi 60",
        "08.15–09.00 Pembukaan 45 Aula",
        "Ibu Contoh, Kemensos",
        "09.00–10.00 Dasar",
        "09.00 Peran",
        "09.35 Etika",
        "60",
        Contains(
            "Rundown · Angkatan D26 · Hari 1, 24 November 2026 · ",
            "20 November 2026 Halaman 1",
            " 1 dari 1",
        ),
    ]


def test_of_the_course_alone_there_are_no_dates_and_no_empty_column() -> None:
    alone = replace(OCCASION, cohort="")
    day = RundownDay("Hari 1", None, DAY.rows[2:])

    (page,) = texts(render_rundown(alone, [day], AS_OF))

    assert "Bimtek Dasar PSM Hari 1 Pukul Acara Menit 09.00–10.00" in page
    assert page.endswith(" 20 November 2026 Halaman 1 dari 1")
    assert " Rundown · Hari 1 · " in page


def test_each_day_is_one_page_even_where_it_is_full() -> None:
    full = RundownDay(
        "Hari 1",
        date(2026, 11, 24),
        tuple(replace(DAY.rows[1], parts=DAY.rows[2].parts) for _ in range(12)),
    )

    with opened(render_rundown(OCCASION, [full, full], AS_OF)) as document:
        assert len(document) == 2


def test_nothing_that_is_typed_leaves_the_page_or_is_read_as_markup() -> None:
    rows = tuple(
        replace(DAY.rows[1], title=name, room=name[:90], speaker=name)
        for name in [*LONG_NAMES, "W" * 90, WORST]
    )

    pdf = render_rundown(OCCASION, [RundownDay("Hari 1", date(2026, 11, 24), rows)], AS_OF)

    assert stray_letters(pdf, 20) == []
    assert WORST in " ".join(texts(pdf)).replace("\u200b", "")
