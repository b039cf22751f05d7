"""A page that could run a script of its own is not published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.errors import ContentFaulty
from psm_course.site.searches.active import find_active
from tests.conftest import BuiltCourse


def found(folder: Path, body: str) -> list[str]:
    (folder / "halaman.html").write_text(f"<!doctype html><title>x</title>{body}", encoding="utf-8")
    return find_active(folder)


@pytest.mark.parametrize(
    ("body", "tag", "said"),
    [
        ("<script>1</script>", "<script>", "dalam halaman"),
        ('<script type="module">1</script>', "<script>", "dalam halaman"),
        ("<style>p{}</style>", "<style>", "dalam halaman"),
        ('<iframe src="x.html"></iframe>', "<iframe>", "dalam halaman"),
        ('<svg OnLoad="x()"></svg>', '<svg onload="x()">', "menjalankan skrip"),
        ('<a href=" java\nscript:x">a</a>', '<a href="java script:x">', "menjalankan skrip"),
        ('<a href="&#106;avascript:x">a</a>', '<a href="javascript:x">', "menjalankan skrip"),
        (
            '<form action="data:text/html,x"></form>',
            '<form action="data:text/html,x">',
            "menjalankan skrip",
        ),
    ],
)
def test_what_could_run_is_found(tmp_path: Path, body: str, tag: str, said: str) -> None:
    assert found(tmp_path, body) == [Contains(f"halaman.html: {tag} ", said)]


def test_our_own_files_data_and_texts_about_scripts_are_not(tmp_path: Path) -> None:
    body = (
        '<script src="psm.js" defer></script><script type="application/json">{"a": 1}</script><p'
        ' title="once">onclick="x" javascript:x</p>'
    )

    assert found(tmp_path, body) == []


def test_a_lesson_whose_cell_shows_a_script_stops_the_build(
    site: BuiltCourse, tmp_path: Path
) -> None:
    copy = site.copy(tmp_path)
    lesson = copy.root / "modules/01-dasar-peran-psm/01-peran-dan-batas.ipynb"
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    source = "from IPython.display import HTML\nHTML('<b onclick=\"jahat()\">x</b>')"
    notebook["cells"].append(
        {
            "cell_type": "code",
            "id": "jahat",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }
    )
    lesson.write_text(json.dumps(notebook), encoding="utf-8")

    with pytest.raises(ContentFaulty, match="dapat menjalankan skrip") as refused:
        copy.build()

    page = lesson.relative_to(copy.root).with_suffix(".html").as_posix()
    assert f'{page}: <b onclick="jahat()"> ' in str(refused.value)
    assert not copy.out.exists()
