"""A type that the product has never heard of is at home everywhere:
one folder is all there is to a kind of question.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import jsonschema
import pytest
import yaml
from dirty_equals import Contains
from playwright.sync_api import Browser, Page

from psm_course.authoring.reading import ELEMENTS
from psm_course.checking.check import check_quiz
from psm_course.cli.main import run
from psm_course.content.quiz import Quiz
from psm_course.content.quiz_files.reading import read_quiz
from psm_course.content.reference import page_text, schema_text
from psm_course.forms.render import render_quiz
from psm_course.grading.chance import give_away
from psm_course.grading.grade import Grader, compile_scoring
from psm_course.grading.submission import check_submission
from psm_course.items import TYPES, register
from psm_course.simulate.answers import Phone
from psm_course.site.searches.leaks import find_leaks
from tests.builders import points
from tests.items.made_up import TYPE
from tests.items.made_up.fields import End
from tests.register_builders import NOW
from tests.scripts import bundled, write_generated
from tests.site.stage import PHONE, kept, put_on_stage, ready, served

FOLDER = Path(__file__).parent / "made_up"
IN_SCRIPTS = f"{TYPE.name}={FOLDER}"
MARKING = """
import {types} from 'items:marker';
import {markers} from './practice/kinds.js';
Object.assign(markers, types);
export {mark} from './practice/marking.js';
"""
GOOD, BAD = FOLDER / "good.yml", FOLDER / "bad.yml"
TODAY = date(2026, 11, 28)
RIGHT = {"dari": "7", "sampai": "12"}


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up type among the others, for as long as one test lasts."""
    monkeypatch.setattr(ELEMENTS, "maps", list(ELEMENTS.maps))
    monkeypatch.setitem(TYPES, TYPE.name, TYPE)
    register(TYPE)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's script files, made once more with the made-up type among the others."""
    folder = tmp_path_factory.mktemp("bundel")
    write_generated("--out", folder, "--items", IN_SCRIPTS)
    return folder


@pytest.fixture
def quiz() -> Quiz:
    quiz = read_quiz(GOOD).quiz
    assert quiz is not None
    return quiz


def practice(quiz: Quiz) -> Quiz:
    return Quiz(quiz.header.model_copy(update={"use": "practice"}), quiz.items)


# ---- writing it ----------------------------------------------------------------------------------


def test_an_editor_knows_its_keys() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))

    good, bad = (
        list(validator.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8"))))
        for path in (GOOD, BAD)
    )

    assert good == []
    assert bad != []


def test_the_reference_page_explains_it() -> None:
    section = page_text().split("## Jenis `span`")[1]

    assert "Tentukan rentang." in section
    assert "Isi `ends`:" in section
    assert f"| `goal` | ya | {End.model_fields['goal'].description} |" in section


def test_a_good_file_has_no_problem() -> None:
    assert check_quiz(GOOD, TODAY).problems == ()


def test_a_bad_file_gets_all_its_messages_with_their_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)

    code = run(["check", "bad.yml"])

    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("bad.yml:")]
    assert (code, said) == (1, (FOLDER / "bad.txt").read_text(encoding="utf-8").splitlines())


def test_its_texts_are_read_for_wording(tmp_path: Path) -> None:
    file = tmp_path / "kuis.yml"
    file.write_text(
        GOOD.read_text(encoding="utf-8").replace("label: Dari umur", "label: Umur orang gila"),
        encoding="utf-8",
    )

    messages = [problem.message for problem in check_quiz(file, TODAY).problems]

    assert messages == ['"orang gila": merendahkan orangnya']


# ---- marking it ----------------------------------------------------------------------------------


def test_python_marks_it(quiz: Quiz) -> None:
    (item,) = quiz.items

    assert [
        points(item, response) for response in (RIGHT, RIGHT | {"dari": "6"}, {"dari": "1"})
    ] == ["2", "1", "0"]


def test_chance_is_exact(quiz: Quiz) -> None:
    given = give_away(quiz)

    assert (given.blank, given.tick_all, given.guess_mean) == (0, 0, Fraction(1, 20))
    assert given.guess_pass == 1 - Fraction(19, 20) ** 2


def test_made_up_people_answer_it(quiz: Quiz) -> None:
    phone, grader = Phone(quiz), Grader(quiz)

    documents = [
        phone.document("D26-001", skill, Random(1), NOW)  # noqa: S311 - made-up answers
        for skill in (1.0, 0.0)
    ]
    able, unable = [grader.grade(check_submission(document)) for document in documents]

    assert (able.points, able.passed) == (2, True)
    assert unable.marks["umur"].status == "marked"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, locale="id-ID", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_the_form_works_without_scripts(chromium: Browser, quiz: Quiz, tmp_path: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(render_quiz(practice(quiz).public_view()))

    page.get_by_label("Dari umur").select_option("7")
    page.get_by_text("Periksa jawaban").click()

    (remark,) = quiz.items[0].private_texts()
    assert page.locator(".key").inner_text() == f"Rentangnya 7–12. {remark}"
    assert page.get_by_text("Sekolah dasar berlangsung enam tahun lamanya.").is_visible()
    context.close()


def test_the_page_of_practice_marks_it(
    page: Page, quiz: Quiz, generated: Path, tmp_path: Path
) -> None:
    put_on_stage(tmp_path, practice(quiz), generated)
    told = []
    with served(tmp_path) as address:
        ready(page, address)
        for label, value in (("Dari umur", "3"), ("Sampai umur", "12"), ("Dari umur", "7")):
            page.get_by_label(label).select_option(value)
            page.locator(".check").click()
            told.append(page.locator(".told").inner_text().splitlines()[0])
        ready(page)
        again = page.locator("select").evaluate_all("fields => fields.map(field => field.value)")

    assert told == [Contains("Pilih kedua ujungnya"), "Satu ujung sudah tepat.", "Tepat."]
    assert again == ["7", "12"]


def test_the_phone_marks_as_the_office_does(page: Page, quiz: Quiz) -> None:
    scoring, random = compile_scoring(quiz)["umur"], Random(7)  # noqa: S311 - made-up answers
    responses = [TYPE.respond(scoring, random, random.random() < 0.3) for _ in range(200)] + [
        {},
        {"tengah": "3"},
        ["7"],
        "7",
        {"dari": None},
    ]
    page.add_script_tag(content=bundled(MARKING, items=(IN_SCRIPTS,)))

    shares = page.evaluate(
        "([scoring, all]) => all.map(each => { const m = PSM.mark(scoring, each); return [m.status,"
        " m.share.join('/')]; })",
        [scoring, responses],
    )

    grader = Grader(quiz).graders["umur"]
    office = [grader(response) for response in responses]
    assert [(status, Fraction(share)) for status, share in shares] == [
        (m.status, Fraction(m.points) / 2) for m in office
    ]


# ---- keeping its key -----------------------------------------------------------------------------


def a_page(out: Path, quiz: Quiz, change: tuple[str, str] = ("", "")) -> None:
    body = render_quiz(quiz.public_view())
    assert change[0] in body
    (out / "tes.html").write_text(
        f"<!doctype html><html lang=id><body>{body.replace(*change, 1)}</body></html>",
        encoding="utf-8",
    )


def test_its_page_leaks_nothing(quiz: Quiz, tmp_path: Path) -> None:
    a_page(tmp_path, quiz)

    assert find_leaks(tmp_path, [quiz]) == []


def test_its_key_in_plain_data_is_found(quiz: Quiz, tmp_path: Path) -> None:
    (tmp_path / "kunci.json").write_text(json.dumps(compile_scoring(quiz)), encoding="utf-8")
    (tmp_path / "jawaban.json").write_text(
        json.dumps([item.public(with_answer=True) for item in quiz.items]), encoding="utf-8"
    )

    leaks = find_leaks(tmp_path, [quiz])

    assert {
        "kunci.json: data kunci butir rentang/umur",
        "jawaban.json: data kunci butir rentang/umur",
    } <= set(leaks)


@pytest.mark.parametrize(
    ("change", "leak"),
    [
        (
            ('data-end="dari"', 'data-end="dari" data-goals="7"'),
            ("tes.html: tanda kunci", "kuis rentang (<select goals>)"),
        ),
        (
            ('class="joined"', 'class="joined goals"'),
            ("tes.html: tanda kunci", "kuis rentang (<div goals>)"),
        ),
        (
            ("</fieldset>", "<p>Dua belas tahun pun masih anak yang dilindungi.</p></fieldset>"),
            ("tes.html: teks rahasia", "rentang/umur: ", '"Dua belas tahun', 'yang dil…"'),
        ),
    ],
)
def test_its_key_in_attributes_and_its_private_texts_are_found(
    quiz: Quiz, tmp_path: Path, change: tuple[str, str], leak: tuple[str, ...]
) -> None:
    a_page(tmp_path, quiz, change)

    assert Contains(*leak) in find_leaks(tmp_path, [quiz])


def test_the_script_of_tests_knows_how_to_ask_it_and_not_how_to_mark_it(generated: Path) -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in generated.glob("*.js")}

    assert "Satu ujung sudah tepat" in scripts["periksa.js"]
    assert "data-end" in scripts["latihan.js"] or ".dataset.end" in scripts["latihan.js"]
    assert ".dataset.end" in scripts["tes.js"]
    assert "goals" not in scripts["tes.js"]


# ---- sitting it ----------------------------------------------------------------------------------


def test_it_is_sat_handed_in_and_graded(
    page: Page, quiz: Quiz, generated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_on_stage(tmp_path, quiz, generated)
    overviews = []
    with served(tmp_path) as address:
        ready(page, address)
        page.get_by_label("Nomor peserta").fill("D26-017")
        page.get_by_role("button", name="Mulai").click()
        for label, value in (("Dari umur", "7"), ("Sampai umur", "13")):
            page.get_by_label(label).select_option(value)
            page.get_by_role("button", name="Tinjau jawaban").click()
            overviews.append(page.locator(".overview").inner_text())
            page.get_by_role("button", name="Kembali ke soal").click()
        page.get_by_role("button", name="Tinjau jawaban").click()
        page.get_by_role("button", name="Serahkan").click()
        page.wait_for_selector(".handed")
        (record,) = kept(page, "handin/").values()
    document = tmp_path / "jawaban.txt"
    document.write_text(json.dumps(record["document"]), encoding="utf-8")  # type: ignore[index]

    code = run(["grade", str(GOOD), str(document)])

    assert overviews == ["Soal 1: belum", "Soal 1: dijawab"]
    graded = json.loads(capsys.readouterr().out)
    assert (code, graded["points"], graded["percent"], graded["passed"]) == (0, "1", "50", True)
    assert graded["items"]["umur"] == {
        "points": "1",
        "maximum": "2",
        "status": "marked",
        "message": "",
    }
