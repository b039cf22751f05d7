"""Pictures on pages, by a plain Sphinx, and the course's drawings, seen by a real browser."""

from __future__ import annotations

import gzip
import io
import json
import re
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, ViewportSize
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from psm_course.site.pages import pictures
from psm_course.site.pages.pictures import size_of
from tests.conftest import ROOT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><title>Gambar</title></svg>'
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 400)
DRAWINGS = sorted(ROOT.glob("modules/*/gambar/*.svg"))
COVER = ROOT / "book/images/sampul.svg"
PHONE = 328  # what a telephone of 360 pixels leaves for a picture
PAPER = {"light": "#faf7f0", "dark": "#111a17"}
WORD = re.compile(r"[^\W_]+")
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
# The contrast of each text of a drawing with the shape it stands on, and the texts that stand
# outside the drawing.
LOOK = """paper => {
  const parts = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = colour => parts(colour).map(c => c / 255)
    .map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const root = document.documentElement, whole = root.getBoundingClientRect();
  return [...document.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect();
    const under = document.elementsFromPoint(box.left + 2, box.top + box.height / 2)
      .filter(each => each !== root && !text.contains(each))
      .find(each => getComputedStyle(each).fill !== 'none');
    const colours = [getComputedStyle(text).fill, under ? getComputedStyle(under).fill : paper];
    const [a, b] = colours.map(light).sort((x, y) => y - x);
    return {
      words: text.textContent.slice(0, 30),
      contrast: (a + .05) / (b + .05),
      size: parseFloat(getComputedStyle(text).fontSize),
      inside: box.left >= whole.left && box.right <= whole.right
        && box.top >= whole.top && box.bottom <= whole.bottom,
    };
  });
}"""


def built(folder: Path, page: str) -> tuple[str, str]:
    """The HTML of a page and what Sphinx warned of."""
    (folder / "index.md").write_text(page, encoding="utf-8")
    warnings = io.StringIO()
    settings = {"extensions": ["myst_parser"]}
    with docutils_namespace():
        app = Sphinx(
            str(folder),
            None,
            str(folder / "out"),
            str(folder / "kept"),
            "html",
            settings,
            status=None,
            warning=warnings,
        )
        pictures.connect(app)
        app.build()
    return (folder / "out/index.html").read_text(encoding="utf-8"), warnings.getvalue()


def images(html: str) -> list[str]:
    return re.findall(r"<img [^>]*>", html)


def pages_showing() -> dict[Path, str]:
    """Each picture that a page or lesson shows, with its text alternative."""
    texts = {path: [path.read_text(encoding="utf-8")] for path in ROOT.glob("book/*.md")}
    for path in ROOT.glob("modules/*/*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts[path] = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    return {
        (page.parent / file).resolve(): alt
        for page, parts in texts.items()
        for part in parts
        for alt, file in SHOWN.findall(part)
    }


# ---- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (SVG.format("328", "547").encode(), (328, 547)),
        (SVG.format("24.4", "12.6").encode(), (24, 13)),
        (
            (
                b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'\n"
                b" viewBox='0,0,32,16'/>"
            ),
            (32, 16),
        ),
        (PNG, (640, 400)),
        (PNG[:20], None),
        (SVG.format("0", "10").encode(), None),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>', None),
        (b"\xff\xd8\xff\xe0 JFIF", None),
        (b"", None),
    ],
)
def test_the_size_is_read_from_the_file(
    tmp_path: Path, content: bytes, size: tuple[int, int] | None
) -> None:
    file = tmp_path / "gambar"
    file.write_bytes(content)

    assert size_of(file) == size


def test_a_picture_says_its_size_and_waits_when_it_stands_further_down(tmp_path: Path) -> None:
    (tmp_path / "atas.svg").write_text(SVG.format(640, 400), encoding="utf-8")
    (tmp_path / "bawah.svg").write_text(SVG.format(328, 500), encoding="utf-8")

    html, warnings = built(
        tmp_path,
        "# Judul\n\n![Satu](atas.svg)\n\n## Bagian\n\n![Dua](bawah.svg)\n\nKata ![Tiga](atas.svg)"
        " kata.\n",
    )

    first, below, inline = images(html)
    assert warnings == ""
    assert 'width="640" height="400" decoding="async"' in first
    assert 'alt="Satu"' in first
    assert "loading" not in first
    assert 'width="328" height="500" decoding="async"' in below
    assert 'loading="lazy"' in below
    assert "style=" not in first + below + inline
    assert re.findall(r'<p class="(picture [a-z]+)"><img [^>]*alt="(\w+)"', html) == [
        ("picture wide", "Satu"),
        ("picture tall", "Dua"),
    ]
    assert (tmp_path / "out/_images/bawah.svg").is_file()


def test_a_picture_whose_size_cannot_be_read_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "foto.jpg").write_bytes(b"\xff\xd8\xff\xe0 JFIF")

    html, warnings = built(tmp_path, "# Judul\n\nTeks.\n\n![Foto](foto.jpg)\n")

    assert re.search(r'index\.md:5: WARNING: .*"foto\.jpg".* SVG .* PNG\.', warnings)
    assert "width=" not in images(html)[0]


def test_a_missing_file_is_left_to_sphinx(tmp_path: Path) -> None:
    _, warnings = built(tmp_path, "# Judul\n\n![Hilang](hilang.svg)\n")

    assert warnings.count("WARNING") == 1
    assert "hilang.svg" in warnings


# ---- the course's drawings -----------------------------------------------------------------------


def test_every_drawing_is_shown_somewhere() -> None:
    assert {*DRAWINGS, COVER} - set(pages_showing()) == set()


@pytest.mark.parametrize("file", [*DRAWINGS, COVER], ids=lambda file: file.stem)
def test_a_drawing_is_light_and_needs_nothing_from_outside(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    root = ElementTree.fromstring(source)  # noqa: S314 - our own file
    names = {element.tag.split("}")[1] for element in root.iter()}

    assert len(gzip.compress(source.encode())) <= (6000 if file == COVER else 3000)
    assert names <= {
        "svg",
        "title",
        "style",
        "g",
        "clipPath",
        "path",
        "rect",
        "circle",
        "text",
        "tspan",
    }
    assert not re.search(r"href|url\((?!#)|@import|@font-face|\bon\w+=|data:", source)
    assert "prefers-color-scheme:dark" in source


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.stem)
def test_the_text_alternative_has_every_word_of_the_drawing_and_no_phone_number_is_in_it(
    file: Path,
) -> None:
    root = ElementTree.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    texts = [
        " ".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text")
    ]
    told = {word.casefold() for word in WORD.findall(pages_showing()[file])}

    assert {
        word for text in texts for word in WORD.findall(text) if word.casefold() not in told
    } <= {"ya", "tidak"}
    assert not re.search(r"\d[\d .-]{4,}\d", " | ".join(texts).replace("·", "|"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_the_drawings_are_large_inside_and_readable(
    chromium: Browser, scheme: Any
) -> None:
    size: ViewportSize = {"width": PHONE, "height": 1200}
    context = chromium.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    wrong = []
    for file in DRAWINGS:
        width, height = size_of(file) or (0, 0)
        page.goto(file.as_uri())
        seen = page.evaluate(LOOK, PAPER[scheme])
        assert seen
        wrong += [
            (file.stem, each)
            for each in seen
            if not each["inside"] or each["contrast"] < 4.5 or each["size"] * PHONE / width < 12
        ]
        assert height > width

    assert wrong == []
    context.close()
