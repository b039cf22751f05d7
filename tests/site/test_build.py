"""`psm build` on the real course: what is published, and what is done again after an edit."""

from __future__ import annotations

import json
import pickle
import re
import shlex
import shutil
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.cli.main import run
from psm_course.errors import ContentFaulty, Refused
from psm_course.site.composing import reason
from psm_course.trainer.shown import SITE_TYPE
from tests.conftest import BuiltCourse

RE_READ_AFTER_ONE_QUIZ_EDIT = {"modules/02-mengenali-ppks/01-dua-puluh-enam-jenis"}


def text_of(folder: Path) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


def lesson(copy: BuiltCourse) -> Path:
    return copy.root / "modules/02-mengenali-ppks/01-dua-puluh-enam-jenis.ipynb"


def change_lesson(path: Path, *cells: dict[str, object]) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] += cells
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def code_cell(name: str, source: str, *tags: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"tags": list(tags)},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def markdown_cell(name: str, source: str, *tags: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": name, "metadata": {"tags": list(tags)}, "source": source}


def read_times(copy: BuiltCourse) -> dict[str, int]:
    """When Sphinx last read each page."""
    with (copy.work / "_build" / ".doctrees" / "environment.pickle").open("rb") as stream:
        # Written by our own build a moment ago.
        return dict(pickle.load(stream).all_docs)  # noqa: S301


def test_every_page_of_the_contents_is_published(site: BuiltCourse) -> None:
    pages = {path.relative_to(site.out).as_posix() for path in site.out.rglob("*.html")}

    lessons = {
        lesson.file.replace(".ipynb", ".html")
        for module in site.course().modules
        for lesson in module.lessons
    }
    assert lessons < pages
    assert {"index.html", "book/index.html", "book/tes-awal.html", "book/tes-akhir.html"} < pages
    assert site.built.pages == len(pages)


def test_nothing_is_published_that_no_page_refers_to(site: BuiltCourse) -> None:
    kinds = {
        path.suffix
        for path in site.out.rglob("*")
        if path.is_file() and path != site.out / "kursus.json"
    }  # the office reads it

    # The last are compressed forms of the others, and our own list of what was published.
    assert kinds <= {".html", ".css", ".js", ".webmanifest", ".svg", ".png", ".webp", ".gz", ""}
    assert not list(site.out.rglob("*.ipynb"))
    assert not list(site.out.rglob("*.yml"))


def test_practice_shows_answers_and_feedback_and_tests_show_neither(site: BuiltCourse) -> None:
    practice = (site.out / "modules/02-mengenali-ppks/01-dua-puluh-enam-jenis.html").read_text(
        encoding="utf-8"
    )
    test, items = (
        (site.out / "book" / name).read_text(encoding="utf-8")
        for name in ("tes-akhir.html", "soal-tes-akhir.js")
    )

    assert practice.count("Periksa jawaban") == len(site.course().quizzes["latihan-ppks-1"].items)
    assert "data-quiz=tes-akhir " in test
    assert items.count('class=\\"item ') == len(site.course().quizzes["tes-akhir"].items)
    assert "Periksa jawaban" not in test + items


def test_a_quiz_is_drawn_once_where_it_is_shown(site: BuiltCourse) -> None:
    """The kernel that runs a lesson only says which quiz; the page draws it, and what a test holds
    is taken out of that one drawing.
    """
    results = [
        path.read_text(encoding="utf-8")
        for path in (site.work / "_build" / "executed").glob("*.ipynb")
    ]
    built = [
        site.work / "_build" / "html" / path.relative_to(site.out)
        for path in site.out.rglob("*.html")
        if path.parent != site.out
    ]
    pages = [path.read_text(encoding="utf-8") for path in built if path.is_file()]
    quiz_section = re.compile(r'<section class=\\?"quiz [^>]*data-quiz=\\?"([\w-]+)')
    drawn = Counter(quiz for text in (*results, *pages) for quiz in quiz_section.findall(text))
    cells = [
        cell
        for text in results
        for cell in json.loads(text)["cells"]
        if cell["cell_type"] == "code"
    ]
    asked = [
        output.get("data", {}).get(SITE_TYPE, {}).get("id")
        for cell in cells
        for output in cell["outputs"]
    ]

    assert len({*asked} - {None}) > 10
    assert {quiz: times for quiz, times in drawn.items() if times > 1} == {}
    assert {*asked} - {None} <= drawn.keys()


def test_trainer_cells_are_in_the_lessons_and_nowhere_in_the_build(site: BuiltCourse) -> None:
    trainers = [
        cell["source"]
        for module in site.course().modules
        for each in module.lessons
        for cell in each.notebook["cells"]
        if "trainer" in cell["metadata"].get("tags", []) and cell["cell_type"] == "markdown"
    ]
    # Not their headings, which the trainers' guide may quote.
    sentences = [max(source.split("\n"), key=len).strip("*#-| ")[:60] for source in trainers]
    assert len(sentences) >= 8

    published, worked_on = text_of(site.out), text_of(site.work / "_build")

    for sentence in sentences:
        assert sentence not in published
        assert sentence not in worked_on


@dataclass(frozen=True)
class Grown(BuiltCourse):
    """A copy with a new module and with notes for trainers; `said`: what `psm new` and the first
    `psm check` printed.
    """

    said: tuple[str, str]
    make: list[str]
    trace: Path


GUIDE = "book/panduan-pelatih.md"
HEADING = "## Menambah modul"


def steps_of_the_guide(root: Path) -> list[list[str]]:
    """Every command of the guide's section on new modules, in its order, without its `psm`."""
    guide = (root / GUIDE).read_text(encoding="utf-8")
    section = guide.partition(f"{HEADING}\n")[2].partition("\n## ")[0]
    return [shlex.split(command) for command in re.findall(r"`psm ([^`]+)`", section)]


def replace_the_words_of_the_template(root: Path) -> None:
    """As a hurried author does: the same words without their marks."""
    places = ("modules/*/*", "modules/*.yml", "quizzes/*.yml")
    for path in [path for place in places for path in root.glob(place)]:
        if path.is_file() and "«" in (text := path.read_text(encoding="utf-8", errors="replace")):
            path.write_text(re.sub("[«»]", "", text), encoding="utf-8")


def psm(arguments: list[str]) -> tuple[int, str]:
    printed = StringIO()
    with redirect_stdout(printed):
        return run(arguments), printed.getvalue()


@pytest.fixture(scope="module")
def put_aside(site: BuiltCourse, tmp_path_factory: pytest.TempPathFactory) -> tuple[Grown, Path]:
    """The guide's own steps for a new module, typed as they stand there, to the built site; and a
    folder that keeps all of it as it was.
    """
    place = tmp_path_factory.mktemp("bertambah") / "kursus"
    copy, trace, out = site.copy(place), place / "dijalankan", place / "site"
    change_lesson(
        lesson(copy),
        markdown_cell("catatan", "CATATAN-RAHASIA-PELATIH", "trainer"),
        code_cell(
            "kode", f"open({str(trace)!r}, 'w').write('ya')\nprint('KELUARAN-RAHASIA')", "trainer"
        ),
        markdown_cell("biasa", "KALIMAT-UNTUK-PESERTA"),
    )
    (place / "var").mkdir()
    copy.work.rename(place / "var" / "build")
    make, check, check_again, build, *_ = steps_of_the_guide(copy.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy.root)
        patch.setenv("PSM_DATA", str(place / "var"))
        made, named = psm(make), psm(check)
        replace_the_words_of_the_template(copy.root)
        codes = (made[0], named[0], psm(check_again)[0], psm([*build, "--out", str(out)])[0])
    assert codes == (0, 1, 0, 0)
    built = Grown(
        copy.root, place / "var" / "build", out, copy.built, (made[1], named[1]), make, trace
    )
    return built, Path(shutil.copytree(place, place.with_name("disimpan"), symlinks=True))


@pytest.fixture
def grown(put_aside: tuple[Grown, Path]) -> Grown:
    """That site as it was when it had been built, whatever another test made of it.

    Always in the same folder: Sphinx reads every page again of a course that was moved, which takes
    longer than all else in these tests.
    """
    built, aside = put_aside
    shutil.rmtree(built.root.parent)
    shutil.copytree(aside, built.root.parent, symlinks=True)
    return built


def test_a_module_made_by_the_guide_is_on_the_site(grown: Grown) -> None:
    made, named = grown.said
    folder, title = grown.make[2], grown.make[4]
    module, first = (
        (grown.out / "modules" / folder / page).read_text(encoding="utf-8")
        for page in ("index.html", "01-pelajaran.html")
    )

    assert "Dilengkapi: book/_toc.yml" in made
    assert 'pola belum diganti: "Tindakan' in named
    assert f"{title}</h1>" in module
    assert "01-pelajaran" in module
    assert "Tindakan yang tepat" in first
    assert f"modules/{folder}/index.html" in (grown.out / "book/index.html").read_text(
        encoding="utf-8"
    )
    assert "gizi-keluarga-1-b" in (grown.out / "book/soal-tes-akhir.js").read_text(encoding="utf-8")


def test_a_trainer_cell_is_neither_shown_nor_run(grown: Grown) -> None:
    everything = text_of(grown.out) + text_of(grown.work / "_build")

    assert "KALIMAT-UNTUK-PESERTA" in everything
    assert "RAHASIA-PELATIH" not in everything
    assert "KELUARAN-RAHASIA" not in everything
    assert not grown.trace.exists()


def test_a_lesson_that_fails_is_named_with_its_cell_and_nothing_is_published(
    site: BuiltCourse, tmp_path: Path
) -> None:
    copy = site.copy(tmp_path)
    change_lesson(lesson(copy), code_cell("hitung-salah", "1 / 0"))

    with pytest.raises(ContentFaulty) as refusal:
        copy.build()

    assert str(refusal.value) == Contains(
        'modules/02-mengenali-ppks/01-dua-puluh-enam-jenis.ipynb: sel "hitung-salah" ',
        "ZeroDivisionError: division by zero",
        "JupyterLab",
    )
    assert not copy.out.exists()


def test_a_leak_stops_the_build_and_nothing_is_published(grown: Grown) -> None:
    shutil.rmtree(grown.out)
    secret = next(
        item.explanation for item in grown.course().quizzes["tes-akhir"].items if item.explanation
    )
    change_lesson(lesson(grown), markdown_cell("bocor", secret))

    with pytest.raises(ContentFaulty, match="Situs tidak diterbitkan") as refusal:
        grown.build()

    assert "01-dua-puluh-enam-jenis.html: teks rahasia butir " in str(refusal.value)
    assert not grown.out.exists()


def test_one_quiz_edit_re_reads_only_the_pages_that_show_it_and_runs_no_lesson(
    grown: Grown,
) -> None:
    grown.build()  # what `psm build`, typed in another folder, may leave to read is no edit's cost
    before, results = read_times(grown), sorted((grown.work / "_build" / "executed").iterdir())
    quiz = grown.root / "quizzes/latihan-ppks-1.yml"
    text = quiz.read_text(encoding="utf-8").replace("title: ", "title: Baru – ", 1)
    quiz.write_text(text, encoding="utf-8")

    grown.build()

    after = read_times(grown)
    assert {
        page for page in after if after[page] != before.get(page)
    } == RE_READ_AFTER_ONE_QUIZ_EDIT
    assert sorted((grown.work / "_build" / "executed").iterdir()) == results
    page = grown.out / "modules/02-mengenali-ppks/01-dua-puluh-enam-jenis.html"
    assert "Baru – Latihan" in page.read_text(encoding="utf-8")


def test_an_edit_of_a_bank_reaches_both_tests_that_draw_from_it(grown: Grown) -> None:
    grown.build()  # as above
    before = read_times(grown)
    pool = grown.root / "quizzes/bank-peran.yml"
    first = grown.course().quizzes["tes-akhir"].items[0]
    pool.write_text(
        pool.read_text(encoding="utf-8").replace(
            first.prompt.split("\n")[0], "KALIMAT YANG DIGANTI", 1
        ),
        encoding="utf-8",
    )

    grown.build()

    after = read_times(grown)
    assert {page for page in after if after[page] != before.get(page)} == {
        "book/tes-awal",
        "book/tes-akhir",
    }
    assert "KALIMAT YANG DIGANTI" in (grown.out / "book/soal-tes-akhir.js").read_text(
        encoding="utf-8"
    )
    other_form = (grown.out / "book/tes-awal.html").read_text(encoding="utf-8")
    assert "KALIMAT YANG DIGANTI" not in other_form


def test_a_page_taken_away_disappears_from_the_published_site(grown: Grown) -> None:
    contents, page = grown.root / "book/_toc.yml", grown.out / "book/format-kuis.html"
    assert page.is_file()
    contents.write_text(
        contents.read_text(encoding="utf-8").replace("      - file: book/format-kuis\n", ""),
        encoding="utf-8",
    )
    guide = grown.root / "book/panduan-pelatih.md"
    guide.write_text(
        guide.read_text(encoding="utf-8").replace("[Format kuis](format-kuis.md)", "Format kuis"),
        encoding="utf-8",
    )

    grown.build()

    assert not page.exists()


def test_a_folder_with_somebodys_files_is_refused_and_left_alone(
    site: BuiltCourse, tmp_path: Path
) -> None:
    copy = site.copy(tmp_path)
    copy.out.mkdir()
    (copy.out / "register.db").write_text("milik kantor", encoding="utf-8")

    with pytest.raises(Refused, match="sudah berisi berkas lain"):
        copy.build()

    assert [path.name for path in copy.out.iterdir()] == ["register.db"]


def test_a_broken_contents_file_is_said_in_a_sentence(grown: Grown) -> None:
    contents = grown.root / "book/_toc.yml"
    contents.write_text(
        contents.read_text(encoding="utf-8") + "      - file: book/tidak-ada\n", encoding="utf-8"
    )

    with pytest.raises(ContentFaulty, match="Situs tidak dapat disusun:") as refusal:
        grown.build()

    assert "book/tidak-ada" in str(refusal.value)
    assert "Traceback" not in str(refusal.value)


def test_a_file_that_is_missing_is_named_in_our_words(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as failed:
        (tmp_path / "_config.yml").read_text(encoding="utf-8")

    assert reason(failed.value) == Contains(f": {tmp_path / '_config.yml'}: tidak ditemukan")
