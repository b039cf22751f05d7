"""A page asked for while the builder writes it loads itself anew once it is whole."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from psm_course.web.preview import Progress, make_preview

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
