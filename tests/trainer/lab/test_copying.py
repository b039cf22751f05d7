"""The throw-away copy: what is written into it, and that the course itself stays as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from psm_course.settings import Settings, read_settings
from psm_course.trainer.lab.configuring import write_settings
from psm_course.trainer.lab.copying import Opened, copy_lessons
from tests.builders import a_course, a_notebook, code_cell, edit, markdown_cell, write

LESSON = "modules/01-menyapa/01-salam.ipynb"
TITLE = markdown_cell("judul", "# Menyapa warga")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return a_course(tmp_path / "kursus")


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def copied(root: Path, *cells: dict[str, object]) -> dict[str, Any]:
    """The notebook as it stands in the copy."""
    write(root, LESSON, a_notebook(TITLE, *cells))
    copy_lessons(root, root.parent / "salinan")
    notebook: dict[str, Any] = json.loads(
        (root.parent / "salinan" / LESSON).read_text(encoding="utf-8")
    )
    return notebook


def test_lessons_are_listed_in_their_order_and_the_course_is_not_written(
    root: Path, tmp_path: Path
) -> None:
    write(root, "modules/01-menyapa/02-pamit.ipynb", a_notebook(markdown_cell("judul", "# Pamit")))
    before = files(root)

    lessons = copy_lessons(root, tmp_path / "salinan")

    assert lessons == (
        Opened(LESSON, "Menyapa warga"),
        Opened("modules/01-menyapa/02-pamit.ipynb", "Pamit"),
    )
    assert files(root) == before


@pytest.mark.parametrize("course_file", ["readable", "broken"])
def test_lessons_follow_each_other_as_the_course_teaches_them(
    root: Path, tmp_path: Path, course_file: str
) -> None:
    """The opening first and the closing last; by the names while nobody can read the schedule."""
    edit(
        root,
        "modules/course.yml",
        "module: 01-menyapa}",
        "module: 01-menyapa}\n  - {id: pamit, day: 1, hours: 1, title: Pamit}",
    )
    for name, session in (("buka", "pembukaan"), ("akhir", "pamit"), ("lain", "")):
        title = markdown_cell("judul", f"# {name.title()}")
        psm = {"psm": {"minutes": 45, "session": session}}
        write(root, f"modules/acara/{name}.ipynb", a_notebook(title, metadata=psm))
    if course_file == "broken":
        write(root, "modules/course.yml", "sessions: [")

    assert [lesson.title for lesson in copy_lessons(root, tmp_path / "salinan")] == (
        ["Buka", "Menyapa warga", "Akhir", "Lain"]
        if course_file == "readable"
        else ["Menyapa warga", "Akhir", "Buka", "Lain"]
    )


def test_the_copy_is_a_course_with_the_settings_of_the_office(root: Path, tmp_path: Path) -> None:
    (root / "psm.toml").write_text(
        'place = "Bogor"\ndata = "arsip"\ndatabase = "postgresql:///kantor"\n', encoding="utf-8"
    )
    office = read_settings(root, {})

    copy_lessons(root, tmp_path / "salinan")

    seen = read_settings((tmp_path / "salinan" / LESSON).parent, office.as_environment())
    assert (seen.root, seen.place, seen.data, seen.database) == (
        tmp_path / "salinan",
        "Bogor",
        root / "arsip",
        "postgresql:///kantor",
    )
    assert not (tmp_path / "salinan" / "psm.toml").exists()


def test_code_is_folded_away_and_what_was_saved_is_gone(root: Path) -> None:
    saved = {"output_type": "stream", "name": "stdout", "text": "Siti Aminah"}

    notebook = copied(root, code_cell("hitung", "40 + 2", outputs=[saved], execution_count=3))

    (cell,) = notebook["cells"][1:]
    assert cell["metadata"]["jupyter"] == {"source_hidden": True}
    assert (cell["outputs"], cell["execution_count"]) == ([], None)


def test_every_step_begins_at_a_cell_of_its_own(root: Path) -> None:
    two = markdown_cell("dua", "Masih pembukaan.\n\n## Satu\n\nIsi *satu*.\n\n### Dua\n\n- isi dua")
    note = markdown_cell("catatan", "## Untuk pelatih", "trainer")

    notebook = copied(root, two, note, code_cell("kuis", 'kuis("latihan")'))

    assert [(cell["source"], cell["metadata"].get("psm")) for cell in notebook["cells"]] == [
        ("# Menyapa warga", {"step": "Menyapa warga"}),
        ("Masih pembukaan.", None),
        ("## Satu\n\nIsi *satu*.", {"step": "Satu"}),
        ("### Dua\n\n- isi dua", {"step": "Dua"}),
        ("## Untuk pelatih", None),
        ('kuis("latihan")', {"step": "Dua: kuis"}),
    ]
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])


def test_what_a_trainer_plays_with_the_hall_is_a_step_and_her_clock_is_none(root: Path) -> None:
    played = code_cell("bersama", 'kasus("nenek-halte").main()', "trainer", "layar")

    notebook = copied(
        root,
        markdown_cell("cerita", "## Di halte\n\n- Hujan."),
        code_cell("jam", "waktu()", "trainer"),
        played,
    )

    assert [cell["metadata"].get("psm") for cell in notebook["cells"][1:]] == [
        {"step": "Di halte"},
        None,
        {"step": "Bersama di layar"},
    ]


@pytest.mark.parametrize(
    ("quiz", "shown"),
    [("latihan", 'tampilkan("latihan")'), ("kasus-halte", 'kasus("halte").main()')],
)
def test_what_is_played_with_the_hall_has_no_second_step_for_the_phone(
    root: Path, quiz: str, shown: str
) -> None:
    notebook = copied(
        root,
        code_cell("ponsel", f'kuis("{quiz}")'),
        code_cell("bersama", shown, "trainer", "layar"),
    )

    assert [cell["metadata"].get("psm") for cell in notebook["cells"][1:]] == [
        {"phone": True},
        {"step": "Bersama di layar"},
    ]


def test_a_few_words_stand_above_what_they_lead_to(root: Path) -> None:
    phone, hall = (
        code_cell("ponsel", 'kuis("latihan")'),
        code_cell("bersama", 'tampilkan("latihan")', "trainer", "layar"),
    )

    notebook = copied(root, markdown_cell("ajakan", "## Latihan\n\nDua soal."), phone, hall)

    assert [cell["metadata"].get("psm") for cell in notebook["cells"][1:]] == [
        {"step": "Latihan", "lead": True},
        {"phone": True},
        None,
    ]


@pytest.mark.parametrize("quiet", [True, False])
def test_a_module_that_is_taught_quietly_shows_no_clock(root: Path, quiet: bool) -> None:
    if quiet:
        edit(root, "modules/01-menyapa/index.md", "minutes: 45", "minutes: 45\nquiet: yes")

    assert copied(root)["metadata"]["psm"] == {
        "minutes": 45,
        "objectives": ["sapa-warga"],
        "quiet": quiet,
    }


def test_a_broken_notebook_stops_no_class(root: Path, tmp_path: Path) -> None:
    write(root, "modules/01-menyapa/02-rusak.ipynb", "{")

    assert [lesson.title for lesson in copy_lessons(root, tmp_path / "salinan")] == [
        "Menyapa warga"
    ]


def test_jupyterlab_saves_asks_and_fetches_nothing_by_itself(tmp_path: Path) -> None:
    variables = write_settings(tmp_path)

    settings = json.loads(
        (tmp_path / "config/labconfig/default_setting_overrides.json").read_text(encoding="utf-8")
    )
    assert settings["@jupyterlab/docmanager-extension:plugin"] == {"autosave": False}
    assert settings["@jupyterlab/apputils-extension:notification"] == {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    }
    assert all(Path(folder).is_relative_to(tmp_path) for folder in variables.values())
    assert {
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "IPYTHONDIR",
    } < variables.keys()


def test_settings_pass_through_the_environment_whole(root: Path) -> None:
    settings = Settings(
        root=root,
        data=root / "var",
        office="32.76",
        letterhead="A|B",
        site_address="https://psm.example",
    )

    assert read_settings(root, settings.as_environment()) == settings


def steps(notebook: dict[str, Any]) -> list[str]:
    return [
        cell["metadata"]["psm"]["step"]
        for cell in notebook["cells"]
        if "step" in cell["metadata"].get("psm", {})
    ]


def test_the_sources_are_a_note_and_no_step_of_the_wall(root: Path) -> None:
    notebook = copied(
        root, markdown_cell("isi", "## Salam\n\nSalam dulu.\n\n## Sumber\n\n- UU 11/2012")
    )

    assert steps(notebook) == ["Menyapa warga", "Salam"]
    assert [
        cell["metadata"].get("tags") for cell in notebook["cells"] if "UU 11/2012" in cell["source"]
    ] == [["trainer"]]


def test_text_after_a_quiz_is_a_step_of_its_own(root: Path) -> None:
    notebook = copied(
        root,
        code_cell("kuis", 'kuis("latihan-salam")'),
        markdown_cell("penutup", "Tarik napas."),
        markdown_cell("lagi", "Pelan."),
    )

    assert steps(notebook)[-1] == "Sesudahnya"
    assert len(steps(notebook)) == 3


def test_a_tall_drawing_stands_in_two_halves_side_by_side(root: Path) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 400"><rect y="0"'
        ' height="190"/><rect y="210" height="190"/></svg>'
    )
    write(root, "modules/01-menyapa/gambar/jalan.svg", drawing)

    notebook = copied(root, markdown_cell("isi", "## Jalan\n\n![Jalan.](gambar/jalan.svg)"))

    folder = root.parent / "salinan/modules/01-menyapa/gambar"
    assert "![Jalan.](gambar/jalan-0.svg)![](gambar/jalan-1.svg)" in notebook["cells"][-1]["source"]
    assert 'viewBox="0 0 100 200"' in (folder / "jalan-0.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 200 100 200"' in (folder / "jalan-1.svg").read_text(encoding="utf-8")
    assert not (root / "modules/01-menyapa/gambar/jalan-0.svg").exists()
