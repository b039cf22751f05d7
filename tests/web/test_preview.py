"""What `psm preview` sends its pages: themselves, the script that loads them anew, and what is
wrong with the course.
"""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from psm_course.web.preview import Progress, Trouble, make_preview

PAGE = (
    "<!doctype html><html><head><title>Salam</title></head><body><main>Café</main></body></html>"
).encode()


@pytest.mark.parametrize(
    "written", [0, 20, PAGE.index(b"</head>"), PAGE.index("é".encode()) + 1, len(PAGE)]
)
def test_a_page_half_written_comes_with_the_script_that_loads_it_anew(
    tmp_path: Path, written: int
) -> None:
    (tmp_path / "salam.html").write_bytes(PAGE[:written])
    client = TestClient(
        make_preview(tmp_path, "salam.html", Progress()), base_url="http://127.0.0.1:8764"
    )

    half = client.get("/salam.html").text
    (tmp_path / "salam.html").write_bytes(PAGE)
    now = client.get("/_pratinjau/keadaan", params={"page": "/salam.html"}).json()["digest"]

    assert "/_pratinjau/pratinjau.js" in half
    assert (f'data-digest="{now}"' in half) == (written == len(PAGE))


def test_troubles_come_as_markup_in_which_their_words_are_text(tmp_path: Path) -> None:
    progress = Progress()
    client = TestClient(
        make_preview(tmp_path, "salam.html", progress), base_url="http://127.0.0.1:8764"
    )

    def markup() -> str:
        told = client.get("/_pratinjau/keadaan?page=salam.html").json()
        return str(told["troubles"]).replace("\n", "")

    assert markup() == ""
    progress.troubles = (
        Trouble("1 masalah", ["a.yml:1:1: <b> & c"], open=True),
        Trouble("1 peringatan", ["d"], open=False),
    )
    assert markup() == (
        '<details class="wrong" open><summary>1 masalah</summary>'
        "<ul><li>a.yml:1:1: &lt;b&gt; &amp; c</li></ul></details>"
        "<details><summary>1 peringatan</summary><ul><li>d</li></ul></details>"
    )


@pytest.mark.parametrize("page", ["modul", "", "lain.html", "a\0b", "a" * 300, "../../etc/passwd"])
def test_what_is_no_page_has_no_digest(tmp_path: Path, page: str) -> None:
    (tmp_path / "modul").mkdir()
    client = TestClient(
        make_preview(tmp_path, "salam.html", Progress()), base_url="http://127.0.0.1:8764"
    )

    told = client.get("/_pratinjau/keadaan", params={"page": page})

    assert (told.status_code, told.json()["digest"]) == (200, "")
