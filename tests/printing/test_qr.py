"""The code as a drawing: read by a decoder that is not ours at every size, and no larger or weaker than another writer's."""

from __future__ import annotations

import re
from random import Random

import pypdfium2
import pytest
import segno
import typst
from PIL import Image, ImageOps

from psm_course.printing.qr import qr_rows, qr_svg, short_address
from tests.printing.builders import URL_SAFE, a_link
from tests.printing.readers import codes

# The most bytes that versions 1 to 40 hold at level M (ISO/IEC 18004, table 7).
MOST = [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
    711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
]  # fmt: skip
LEAST = [1, *(most + 1 for most in MOST[:-1])]


def a_text(length: int) -> str:
    return "".join(Random(length).choices(URL_SAFE, k=length - 1)) + "a"  # noqa: S311 - any letters will do, one of them small


def drawn(rows: list[str]) -> Image.Image:
    """Each module a point, enlarged, with a quiet zone."""
    seen = Image.frombytes("L", (len(rows), len(rows)), bytes(255 * (module == "0") for row in rows for module in row))
    return ImageOps.expand(seen.resize((len(rows) * 4,) * 2, Image.Resampling.NEAREST), 16, fill=255)


@pytest.mark.parametrize("length", sorted([*LEAST, *MOST]))
def test_a_code_of_every_size_is_read_as_it_was_written(length: int) -> None:
    assert codes(drawn(qr_rows(a_text(length)))) == [a_text(length)]


@pytest.mark.parametrize(("version", "length"), list(enumerate(MOST, 1)))
def test_a_full_code_is_the_one_that_another_writer_draws(version: int, length: int) -> None:
    theirs = segno.make(a_text(length), error="m", mask=3, micro=False)

    assert theirs.version == version
    assert qr_rows(a_text(length)) == ["".join(map(str, row)) for row in theirs.matrix]


@pytest.mark.parametrize("length", [7, 20, 60, 100, 245, 287, 327, 350])
def test_a_code_is_as_small_and_as_strong_as_another_writers(length: int) -> None:
    ours, theirs = qr_rows(a_text(length)), segno.make(a_text(length), error="m", mask=3, micro=False)
    corner = [ours[8][:9], [row[8] for row in ours[-7:]]]  # what says the level and the mask

    assert len(ours) == len(theirs.matrix)
    assert corner == ["".join(map(str, theirs.matrix[8][:9])), [str(row[8]) for row in theirs.matrix[-7:]]]


def test_a_code_with_a_stain_on_it_is_still_read() -> None:
    link = a_link()
    seen = drawn(qr_rows(link))
    seen.paste(0, (120, 120, 164, 164))

    assert codes(seen) == [link]


def test_letters_outside_ascii_are_read_as_written() -> None:
    assert codes(drawn(qr_rows("Ñoño – ’Ain"))) == ["Ñoño – ’Ain"]


def test_more_than_a_code_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="2332 bytes are too much for a QR code"):
        qr_rows("a" * 2332)


def test_the_drawing_shows_the_modules() -> None:
    link = a_link()
    page = b'#set page(width: 100pt, height: 100pt, margin: 10pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 80pt)'
    pdf = typst.compile(page, sys_inputs={"svg": qr_svg(link)})
    assert isinstance(pdf, bytes)

    seen = pypdfium2.PdfDocument(pdf)[0].render(scale=6).to_pil()

    assert codes(seen) == [link]
    assert re.findall(r'viewBox="([\d ]+)"', qr_svg(link)) == ["0 0 73 73"]


def test_the_address_that_people_type_has_no_secret() -> None:
    assert short_address("https://psm.depok.go.id/v#abc") == "psm.depok.go.id/v"
    assert short_address("https://psm.depok.go.id/v/?a=b#c") == "psm.depok.go.id/v"
