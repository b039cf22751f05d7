"""Files made to break whoever reads them: each gets a sentence, within the limits, and whoever
handed it in goes on. Decision 0139.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from psm_course.box.limits import LONGEST, MOST_MEMORY
from tests.box import other_bombs as other
from tests.box import sheet_bombs as sheets

Bomb = Callable[[], bytes]
XLSX = (
    sheets.one_text_in_many_cells, sheets.a_far_cell, sheets.a_cell_of_150_mb,
    sheets.spaces_without_end, sheets.more_than_is_unpacked, sheets.a_size_that_lies,
    sheets.laughs_in_a_sheet, sheets.laughs_in_shared_texts, sheets.one_entity_many_times,
    sheets.elements_within_elements, sheets.eleven_thousand_members, sheets.many_short_words,
    sheets.long_words_in_many_cells,
)  # fmt: skip
SLOW_XLSX = (
    sheets.ten_thousand_sheets, sheets.merged_without_end, sheets.an_attribute_of_60_mb,
    sheets.two_million_rows_hidden, sheets.two_million_formats, sheets.failed_formulas_without_end,
)  # fmt: skip
ODS = (
    sheets.a_cell_repeated_without_end, sheets.a_number_of_ten_digits, sheets.a_long_cell_repeated,
    sheets.spaces_by_their_number, sheets.empty_cells_without_end,
    sheets.columns_hidden_without_end, sheets.laughs_in_a_document, sheets.a_document_of_190_mb,
)  # fmt: skip
XLS = (
    sheets.an_old_far_cell, sheets.a_circle_of_sectors, sheets.a_stream_of_four_gigabytes,
    sheets.a_circle_of_tables, sheets.a_sector_of_two_to_the_sixtieth,
)  # fmt: skip
CSV = (
    sheets.one_line_without_end, sheets.a_quote_never_closed, sheets.four_million_separators,
    sheets.nothing_but_lines, sheets.faces_without_end, sheets.a_text_of_another_width,
    sheets.short_words_without_end,
)  # fmt: skip
ANSWERS = (
    other.a_hundred_and_twenty_members, other.a_member_of_a_gigabyte, other.zips_within_zips,
    other.six_thousand_members, other.a_directory_that_lies, other.braces_on_every_line,
    other.lists_within_lists, other.answers_without_end, other.faces_in_a_chat,
    other.nothing_but_ends_of_lines, other.an_answer_of_19_mb,
)  # fmt: skip
HANDED = (
    other.an_attachment_of_a_gigabyte, other.an_attachment_packed_three_times,
    other.filters_without_end, other.an_attachment_of_repeated_bytes, other.a_circle_of_names,
    other.names_that_double, other.a_circle_of_tables, other.lists_in_a_dictionary,
    other.a_table_of_a_thousand_million, other.a_stream_of_objects_in_itself,
    other.an_object_stream_of_a_thousand_million, other.a_picture_of_four_thousand_million,
    other.a_picture_of_a_million_parts, other.a_part_longer_than_the_picture, other.a_packed_part,
    other.a_credential_in_a_picture_of_lists, other.json_of_lists, other.json_of_many_lists,
    other.json_of_digits, other.json_too_large, other.a_code_of_a_list_without_end,
    other.a_code_of_a_text_without_end, other.a_code_of_lists, other.a_code_of_a_huge_number,
)  # fmt: skip
NOTES = (other.a_page_of_200_mb, other.pages_without_end, other.pages_within_pages)
# These would go on until they are stopped, and are stopped sooner here.
QUICKLY_STOPPED = 1
SLOW = {
    "sheets/{}.xlsx": SLOW_XLSX,
    "sheets/{}.ods": (sheets.styles_of_styles,),
    "answers/{}.txt": (other.objects_within_objects,),
    "answers/{}.zip": (other.members_upon_each_other,),
    "notes/{}.pdf": (other.a_page_of_many_words,),
}
REST = {
    "sheets/{}.xlsx": XLSX,
    "sheets/{}.ods": ODS,
    "sheets/{}.xls": XLS,
    "sheets/{}.csv": CSV,
    "answers/{}.zip": ANSWERS,
    "handed/{}.pdf": HANDED,
    "notes/{}.pdf": NOTES,
}
NAMES = {
    each.format(bomb.__name__): (each, bomb)
    for files in (REST, SLOW)
    for each, bombs in files.items()
    for bomb in bombs
}
# The ends of what is said. A busy machine may run out of time before a file runs out of memory.
ENDS = (
    "berkas baru, lalu ulangi.",
    "sebagai .xlsx, lalu ulangi.",
    "satu baris, lalu ulangi.",
    "berkas yang lebih kecil.",
    "Bagi menjadi beberapa berkas.",
    "Bagi menjadi beberapa ZIP.",
    "Minta dikirim ulang.",
    "lalu kirim isinya.",
    "jawaban di berkas ini.",
    "lebih besar dari 1 MB",
    "lewat kode QR-nya.",
    "Minta berkas aslinya.",
    "atau tidak dapat dibaca.",
    "bukan JSON yang utuh.",
    "paling banyak 1 MB.",
    "Jangan diterima.",
    "atau berkas sertifikat.",
    "Unduh atau salin lagi.",
)
MOST_OF_OURS = 250_000  # kB: what the desk's process may have on its worst day


@dataclass(frozen=True)
class Fed:
    """What each file was told, by its name,
    with the most memory (kB) of whoever handed it in; and the most in the box.
    """

    said: dict[str, str]
    ours: dict[str, int]
    most_in_box: int


def feed(folder: Path, seconds: int, files: dict[str, tuple[Bomb, ...]]) -> Fed:
    """Write the files, and let one process hand all of them in, one after the other."""
    for name, bombs in files.items():
        for bomb in bombs:
            path = folder / name.format(bomb.__name__)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bomb())
    command = [sys.executable, "-m", "tests.box.feeding", str(folder), str(seconds)]
    *lines, most = subprocess.run(
        command, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    told = [json.loads(line) for line in lines]
    return Fed(
        {name: said for name, said, _ in told}, {name: ours for name, _, ours in told}, int(most)
    )


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Fed:
    rest, slow = (
        feed(tmp_path_factory.mktemp("bom"), LONGEST, REST),
        feed(tmp_path_factory.mktemp("lama"), QUICKLY_STOPPED, SLOW),
    )
    return Fed(
        rest.said | slow.said, rest.ours | slow.ours, max(rest.most_in_box, slow.most_in_box)
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_bomb_gets_a_sentence_and_leaves_who_handed_it_in_small(fed: Fed, name: str) -> None:
    assert fed.said[name].endswith(ENDS)
    assert "Traceback" not in fed.said[name]
    assert fed.ours[name] < MOST_OF_OURS


def test_no_process_in_the_box_was_larger_than_it_may_be(fed: Fed) -> None:
    assert len(fed.said) == len(NAMES) >= 40
    assert 100_000 < fed.most_in_box <= MOST_MEMORY // 1024


def test_what_was_seen_to_happen_is_refused_with_what_to_do(fed: Fed) -> None:
    wide = fed.said["sheets/a_cell_repeated_without_end.ods"]

    assert wide.startswith("a_cell_repeated_without_end.ods: lembarnya terlalu luas; ")
    assert "Salin tabelnya" in wide
    assert "Salin tabelnya" in fed.said["sheets/one_text_in_many_cells.xlsx"]
    assert "Bagi menjadi beberapa ZIP" in fed.said["answers/a_hundred_and_twenty_members.zip"]
