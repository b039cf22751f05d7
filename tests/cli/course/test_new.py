"""`psm new`: a quiz, or a module with everything that names it;
and the guide's own steps from there to the site.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.course import read_course
from tests.builders import edit, write
from tests.cli.conftest import Psm

CONTENTS = """\
# Daftar isi.
format: jb-book
root: book/index
parts:
  - caption: Modul
    chapters:
      - file: modules/01-menyapa/index
        sections:
          - file: modules/01-menyapa/01-salam   # satu-satunya

  - caption: Penutup
    chapters:
      - file: book/lain
"""


def problems(psm: Psm, root: Path) -> list[str]:
    """Errors only; a warning is no reason to stop."""
    found = json.loads(psm("check", root, "--json").out)["problems"]
    return [
        f"{problem['file']}: {problem['message']}"
        for problem in found
        if problem["severity"] == "error"
    ]


def fill_in(root: Path) -> None:
    """As a hurried author does: the words of the template without its marks."""
    for path in [*root.glob("modules/*/*"), *root.glob("quizzes/*.yml")]:
        if path.is_file() and "«" in (text := path.read_text(encoding="utf-8", errors="replace")):
            path.write_text(re.sub("[«»]", "", text), encoding="utf-8")


def sessions(root: Path) -> str:
    return (root / "modules/course.yml").read_text(encoding="utf-8")


# ---- a quiz --------------------------------------------------------------------------------------


def test_a_new_quiz_waits_only_for_its_words(
    psm: Psm, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course / "book")

    ran = psm("new", "quiz", "latihan-baru")
    before = problems(psm, course)
    fill_in(course)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Dibuat: quizzes/latihan-baru.yml",
        Contains("« dan »", ": psm check"),
    ]
    assert before == [Contains("quizzes/latihan-baru.yml: ", "kata dari pola")] * len(before)
    assert [problem for problem in before if "Tindakan yang tepat" in problem] != []
    assert problems(psm, course) == []


def test_a_new_quiz_belongs_to_the_module_that_was_named(psm: Psm, course: Path) -> None:
    psm("new", "module", "02-pamit", "--title", "Berpamitan")

    assert (
        psm("new", "quiz", "latihan-x", "--module", "02-pamit", "--title", "Pamit: dulu").code == 0
    )
    text = (course / "quizzes/latihan-x.yml").read_text(encoding="utf-8")
    assert all(
        line in text
        for line in ('title: "Latihan – Pamit: dulu"', "module: 02-pamit", "objective: pamit-1")
    )
    assert psm("new", "quiz", "latihan-y", "--module", "09-tidak-ada") == (
        2,
        "",
        Contains("Modul 09-tidak-ada ", ": 01-menyapa, 02-pamit.\n"),
    )


@pytest.mark.parametrize(
    "name", ["../rahasia", "Kesehatan", "a b", "", "-a", "a" * 65, "a/b", "a.yml"]
)
def test_a_name_that_cannot_be_a_file_is_refused(psm: Psm, course: Path, name: str) -> None:
    before = sorted(course.rglob("*"))

    ran = psm("new", "quiz", "--", name)

    assert ran == (2, "", Contains(f'"{name}" tidak dapat menjadi', "05-kesehatan"))
    assert sorted(course.rglob("*")) == before


def test_what_is_there_is_never_overwritten(psm: Psm, course: Path) -> None:
    before = (course / "quizzes" / "tes-akhir.yml").read_bytes()

    assert psm("new", "quiz", "tes-akhir") == (
        2,
        "",
        Contains("quizzes/tes-akhir.yml ", "sudah ada"),
    )
    assert (course / "quizzes" / "tes-akhir.yml").read_bytes() == before


# ---- a module ------------------------------------------------------------------------------------


def test_a_new_module_has_a_page_a_lesson_its_practice_and_its_bank(psm: Psm, course: Path) -> None:
    ran = psm("new", "module", "02-kesehatan", "--title", 'Kesehatan: "awal"', "--jp", "2")
    fill_in(course)

    assert ran.code == 0
    made = (
        "modules/02-kesehatan/index.md modules/02-kesehatan/01-pelajaran.ipynb"
        " quizzes/latihan-kesehatan-1.yml quizzes/bank-kesehatan.yml"
    )
    assert re.findall(r"Dibuat: (.*)", ran.out) == made.split()
    folder, _ = read_course(course)
    assert folder is not None
    module = folder.modules[-1]
    assert (module.folder, module.file.title, module.file.minutes) == (
        "02-kesehatan",
        'Kesehatan: "awal"',
        90,
    )
    assert [quiz for lesson in module.lessons for _, quiz in lesson.calls("kuis")] == [
        "latihan-kesehatan-1"
    ]
    assert (
        {item.objective for item in folder.quizzes["bank-kesehatan"].items}
        == set(module.lessons[0].objectives)
        == {"kesehatan-1"}
    )


def test_a_title_is_kept_as_it_was_written_even_if_it_looks_like_a_place_in_the_template(
    psm: Psm, course: Path
) -> None:
    title = "Isi {TUJUAN} {KUIS} {JUDUL} {LAIN}"

    made = [
        psm("new", "module", "02-pamit", "--title", title).code,
        psm("new", "quiz", "latihan-x", "--title", title).code,
    ]
    folder, _ = read_course(course)

    assert made == [0, 0]
    assert folder is not None
    assert folder.modules[-1].file.title == title
    assert f"\n# {title}\n" in (course / "modules/02-pamit/index.md").read_text(encoding="utf-8")
    assert [folder.quizzes[quiz].header.title for quiz in ("latihan-x", "latihan-pamit-1")] == [
        f"Latihan – {title}"
    ] * 2
    assert folder.quizzes["bank-pamit"].header.title == f"Bank Soal – {title}"


def test_a_new_module_gets_its_session_and_the_course_its_hours(psm: Psm, course: Path) -> None:
    before = sessions(course)

    ran = psm("new", "module", "02-kesehatan", "--title", "Kesehatan", "--jp", "2")

    session = (
        '  - id: h1-kesehatan\n    day: 1\n    hours: 2\n    title: "Kesehatan"\n    module:'
        " 02-kesehatan\n"
    )
    assert sessions(course) == before.replace("hours: 2\nminutes", "hours: 4\nminutes").replace(
        "completion:", f"{session}completion:"
    )
    assert "Seluruh kursus sekarang 4 JP.\n" in ran.out


@pytest.mark.parametrize(
    ("name", "after"),
    [("02-kesehatan", "      - file: modules/01-menyapa/index\n"), ("00-awal", "    chapters:\n")],
)
def test_a_new_module_stands_in_the_contents_in_the_order_of_the_names(
    psm: Psm, course: Path, name: str, after: str
) -> None:
    write(course, "book/_toc.yml", CONTENTS)

    psm("new", "module", name)

    entry = (
        f"      - file: modules/{name}/index\n        sections:\n          - file:"
        f" modules/{name}/01-pelajaran\n"
    )
    written = (course / "book/_toc.yml").read_text(encoding="utf-8")
    assert written.replace(entry, "") == CONTENTS
    assert written.index(after) < written.index(entry) < written.index("  - caption: Penutup")
    assert (written.index(entry) < written.index("modules/01-menyapa")) == (name < "01-menyapa")


@pytest.mark.parametrize(
    ("pool", "grown"),
    [
        ("pool: [bank-a, bank-b]   # urut", "pool: [bank-a, bank-b, bank-kesehatan]   # urut"),
        ("pool:\n  - bank-a\n  - bank-b", "pool:\n  - bank-a\n  - bank-b\n  - bank-kesehatan"),
        ("pool: bank-a", "pool: [bank-a, bank-kesehatan]"),
    ],
)
def test_every_test_with_a_pool_draws_from_the_new_bank_too(
    psm: Psm, course: Path, pool: str, grown: str
) -> None:
    items = (course / "quizzes/tes-akhir.yml").read_text(encoding="utf-8").partition("items:")[2]
    for name in ("bank-a", "bank-b"):
        write(
            course,
            f"quizzes/{name}.yml",
            f"id: {name}\ntitle: Bank\nuse: bank\nitems:{items.replace('salam', f'salam-{name}')}",
        )
    test = write(
        course,
        "quizzes/tes-akhir.yml",
        f"id: tes-akhir\ntitle: Tes\nuse: posttest\n{pool}\npass_mark: 70\n",
    )

    psm("new", "module", "02-kesehatan")

    assert (
        test.read_text(encoding="utf-8")
        == f"id: tes-akhir\ntitle: Tes\nuse: posttest\n{grown}\npass_mark: 70\n"
    )


def test_a_file_written_in_a_way_of_its_own_is_left_alone_and_nothing_is_made(
    psm: Psm, course: Path
) -> None:
    write(
        course,
        "book/_toc.yml",
        "format: jb-book\nroot: book/index\nchapters: [{file: modules/01-menyapa/index}]\n",
    )
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}

    ran = psm("new", "module", "02-kesehatan")

    assert ran == (
        2,
        "",
        Contains(
            "book/_toc.yml ",
            "Belum ada yang dibuat",
            ": - file: modules/02-kesehatan/index, ",
            "sections: - file: modules/02-kesehatan/01-pelajaran.",
        ),
    )
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("module", "02-a", "--title", " "), "Judul masih kosong"),
        (("module", "02-a", "--title", "dua\nbaris"), "lebih dari satu baris"),
        (("module", "02-a", "--module", "01-menyapa"), "--module hanya untuk kuis"),
        (("quiz", "a", "--jp", "2"), "--jp hanya untuk modul"),
        (("module", "0" * 60), f'"{"0" * 60}" terlalu panjang'),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(
    psm: Psm, course: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert psm("new", *arguments) == (2, "", Contains(said))


def test_a_course_that_cannot_be_read_gets_no_module(psm: Psm, course: Path) -> None:
    edit(course, "modules/course.yml", "id: bimtek", "id: [")

    assert psm("new", "module", "02-kesehatan") == (
        2,
        "",
        Contains(
            "modules/course.yml", "modules/wilayah.yml", "belum dapat dibaca", ": psm check\n"
        ),
    )
