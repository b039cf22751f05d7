"""The code as a drawing, read by a decoder that is not ours."""

from __future__ import annotations

import re
from io import BytesIO

import pypdfium2
import pytest
import typst
from PIL import Image, ImageDraw

from psm_course.printing.qr import qr_svg, short_address
from tests.printing.builders import a_link
from tests.printing.readers import codes

_PAGE = (
    b"#set page(width: 100pt, height: 100pt, margin: 10pt)\n#image(bytes(sys.inputs.svg), format:"
    b' "svg", width: 80pt)'
)


def drawn(text: str) -> Image.Image:
    pdf = typst.compile(_PAGE, sys_inputs={"svg": qr_svg(text)})
    assert isinstance(pdf, bytes)
    return pypdfium2.PdfDocument(BytesIO(pdf))[0].render(scale=6).to_pil()


@pytest.mark.parametrize(
    "text", [a_link(), "a", "Ñoño – ’Ain", "https://psm.depok.go.id/v#" + "Az0_" * 150]
)
def test_a_drawing_is_read_as_it_was_written(text: str) -> None:
    assert codes(drawn(text)) == [text]


def test_a_code_with_a_stain_on_it_is_still_read() -> None:
    seen = drawn(a_link())
    ImageDraw.Draw(seen).rectangle((300, 300, 370, 370), fill="black")

    assert codes(seen) == [a_link()]


def test_a_link_takes_no_larger_symbol_than_it_needs() -> None:
    """Version 14 at level M: 73 modules (ISO/IEC 18004, table 7)."""
    assert re.findall(r'viewBox="([\d ]+)"', qr_svg(a_link())) == ["0 0 73 73"]


def test_more_than_a_code_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="Data too large"):
        qr_svg("a" * 2332)


def test_the_address_that_people_type_has_no_secret() -> None:
    assert short_address("https://psm.depok.go.id/v#abc") == "psm.depok.go.id/v"
    assert short_address("https://psm.depok.go.id/v/?a=b#c") == "psm.depok.go.id/v"
