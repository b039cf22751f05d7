"""Pieces on slides: one slide in the largest letters that fit, then several;
what belongs together is not parted.
"""

from __future__ import annotations

import pytest

from psm_course.forms.slides.fitting import Slide, slides_of
from psm_course.forms.slides.markdown import markdown_pieces
from psm_course.forms.slides.pieces import BIG, NORMAL, SMALL, TIGHT, Piece, html_of
from psm_course.forms.slides.tables import pieces_of_table

SENTENCE = "Ketuk pintu, sebut nama, lalu tanyakan kabarnya hari ini dengan tenang. "
TABLE = """<figure><table><caption>Dua peran</caption>\
<thead><tr><th>Hal</th><th>Isi</th></tr></thead>
<tbody>{rows}</tbody></table><p class="chart-source">Sumber: panduan</p></figure>"""


def slides(text: str) -> tuple[Slide, ...]:
    return slides_of("Datang", list(markdown_pieces(text)))


def table(rows: int) -> list[Piece]:
    return pieces_of_table(
        TABLE.format(
            rows="".join(
                f"<tr><th>Baris <em>{n}</em></th><td>{SENTENCE}</td></tr>" for n in range(rows)
            )
        )
    )


@pytest.mark.parametrize(("sentences", "size"), [(2, BIG), (4, BIG), (9, NORMAL), (12, TIGHT)])
def test_a_step_has_the_largest_letters_that_fit(sentences: int, size: object) -> None:
    (slide,) = slides("\n\n".join([SENTENCE] * sentences))

    assert (slide.size, slide.fits) == (size, True)


def test_a_long_list_goes_on_another_slide_with_its_numbers() -> None:
    first, second = slides("\n".join(f"{n}. {SENTENCE * 2}" for n in range(1, 13)))

    assert len(first.pieces) + len(second.pieces) == 12
    assert abs(len(first.pieces) - len(second.pieces)) <= 1
    assert html_of(first.pieces).startswith('<ol start="1">')
    assert html_of(second.pieces).startswith(f'<ol start="{len(first.pieces) + 1}">')


def test_a_long_table_goes_on_with_its_caption_head_and_source() -> None:
    for slide in (found := slides_of("Datang", table(16))):
        html = html_of(slide.pieces)
        assert (
            html.count("<caption>Dua peran</caption>")
            == html.count('<th scope="col">Hal</th>')
            == 1
        )
        assert html.endswith('</tbody></table><p class="chart-source">Sumber: panduan</p>')
        assert slide.fits

    assert len(found) > 1
    assert [piece.number for slide in found for piece in slide.pieces] == list(range(1, 17))


def test_a_table_that_fits_on_a_slide_is_not_cut() -> None:
    text = list(markdown_pieces("\n\n".join([SENTENCE * 3] * 4)))

    found = slides_of("Datang", [*text, *table(6), *text])

    assert [sum(piece.frame is not None for piece in slide.pieces) for slide in found].count(6) == 1


def test_a_line_that_leads_to_a_list_stays_with_it() -> None:
    found = slides(
        "\n\n".join([SENTENCE * 2] * 7)
        + "\n\nTiga hal:\n\n"
        + "\n".join(f"- {SENTENCE * 2}" for _ in range(7))
    )

    (leading,) = (slide for slide in found if "Tiga hal:" in html_of(slide.pieces))
    assert len(found) > 1
    assert "<ul>" in html_of(leading.pieces)


def test_a_picture_has_a_slide_of_its_own() -> None:
    found = slides(f"{SENTENCE}\n\n![Peta](gambar/peta.svg)\n\n{SENTENCE}")

    assert [slide.pieces[0].rigid for slide in found] == [False, True, False]


def test_what_no_slide_can_hold_is_said_not_cut() -> None:
    (slide,) = slides(SENTENCE * 60)

    assert (slide.size, slide.fits) == (SMALL, False)


def test_cells_of_a_table_keep_their_markup_and_nothing_else_runs() -> None:
    (piece,) = pieces_of_table(
        TABLE.format(rows="<tr><th>a &lt;b&gt;</th><td><strong>tebal</strong></td></tr>")
    )

    assert piece.html == '<tr><th scope="row">a &lt;b&gt;</th><td><strong>tebal</strong></td></tr>'
    assert [markup.html for markup in markdown_pieces("<script>1</script>")] == [
        "<p>&lt;script&gt;1&lt;/script&gt;</p>"
    ]
