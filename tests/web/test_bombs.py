"""The files that were seen to end the desk, or to fill the laptop, given to the desk: it says so
and goes on. All others: `tests/box`.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from tests.box import other_bombs as other
from tests.box import sheet_bombs as sheets
from tests.web.conftest import Visitor

SEEN = [
    ("/angkatan/D26/peserta", "lembar", "a.ods", sheets.a_cell_repeated_without_end),
    ("/angkatan/D26/peserta", "lembar", "a.xlsx", sheets.one_text_in_many_cells),
    ("/jawaban", "berkas", "a.zip", other.a_hundred_and_twenty_members),
]


@pytest.mark.parametrize(("page", "field", "name", "bomb"), SEEN)
def test_the_desk_says_it_and_goes_on(
    officer: Visitor, page: str, field: str, name: str, bomb: Callable[[], bytes]
) -> None:
    sent = officer.fill_in(page, files={field: (name, io.BytesIO(bomb()))})
    shown = officer.get(sent.headers["location"]) if sent.is_redirect else sent

    assert shown.status_code == 422
    assert "Salin tabelnya saja" in shown.text or "Bagi menjadi beberapa ZIP" in shown.text
    assert officer.get("/").status_code == 200
