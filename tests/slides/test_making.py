"""What a deck is made of: files of others as they were published, and a policy that names each
script in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import psm_course.slides
from psm_course.slides.making import policy
from psm_course.slides.pictures import picture_piece

VENDOR = Path(psm_course.slides.__file__).parent / "vendor"
TALL = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 600"><style>.a{fill:#000}
@media (prefers-color-scheme:dark){.a{fill:#fff}text{fill:#eee}}</style>
<rect y="10" width="300" height="270"/><text y="310">satu<tspan dy="20">dua</tspan></text>
<rect y="345" width="300" height="240"/></svg>"""


def test_the_files_of_others_are_as_published() -> None:
    listed = dict(
        re.findall(
            r"^\| (reveal\.\w+) \| (\w{64}) \|$",
            (VENDOR / "README.md").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )

    assert listed == {
        name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()
        for name in ("reveal.js", "reveal.css")
    }
    assert "Permission is hereby granted" in (VENDOR / "LICENSE").read_text(encoding="utf-8")


def test_the_policy_names_the_very_scripts() -> None:
    digest = base64.b64encode(hashlib.sha256((VENDOR / "reveal.js").read_bytes()).digest()).decode()

    assert policy().startswith(f"default-src 'none'; script-src 'sha256-{digest}' 'sha256-")
    assert "unsafe-inline" not in policy().partition("style-src")[0]


def test_a_tall_drawing_stands_in_two_halves_that_cut_nothing(tmp_path: Path) -> None:
    (tmp_path / "tinggi.svg").write_text(TALL, encoding="utf-8")

    piece = picture_piece(tmp_path, "tinggi.svg", "Dua kotak")

    halves = [
        base64.b64decode(found).decode() for found in re.findall(r"base64,([^\"]+)\"", piece.html)
    ]
    assert [re.findall(r'viewBox="[^"]+"', half) for half in halves] == [
        ['viewBox="0 0 300 295"'],
        ['viewBox="0 295 300 305"'],
    ]
    assert re.findall(r'alt="([^"]*)"', piece.html) == ["Dua kotak", ""]
    assert not any("prefers-color-scheme" in half for half in halves)


def test_a_picture_that_is_missing_is_told_in_words(tmp_path: Path) -> None:
    assert (
        picture_piece(tmp_path, "tiada.svg", "Peta <kota>").html
        == '<p class="picture-missing">Peta &lt;kota&gt;</p>'
    )
