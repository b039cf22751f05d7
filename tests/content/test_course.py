"""Reading a whole course: what is read,
and the problems of `course.yml`, `bantuan.yml` and the modules' front matter.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.content.course import read_course
from tests.builders import a_course, a_notebook, edit, markdown_cell, write


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in read_course(root)[1]]


def test_course_is_its_schedule_modules_lessons_quizzes_and_contacts(tmp_path: Path) -> None:
    course, found = read_course(a_course(tmp_path))

    assert found == []
    assert course is not None
    assert [session.id for session in course.file.sessions] == ["pembukaan", "menyapa"]
    assert [(rule.id, rule.kind, rule.share, rule.quizzes) for rule in course.file.completion] == [
        ("hadir", "attendance", Decimal(80), ()),
        ("lulus", "passed", None, ("tes-akhir",)),
    ]
    assert [
        (module.folder, module.file.title, module.file.minutes) for module in course.modules
    ] == [("01-menyapa", "Menyapa warga", 45)]
    assert [lesson.title for lesson in course.modules[0].lessons] == ["Menyapa warga"]
    assert list(course.quizzes) == ["tes-akhir"]
    assert {objective: module.folder for objective, module in course.objectives.items()} == {
        "sapa-warga": "01-menyapa"
    }
    assert [(contact.number, contact.confirmed) for contact in course.contacts] == [("110", False)]


def test_modules_and_lessons_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    write(
        root,
        "modules/00-awal/index.md",
        "---\ntitle: Awal\nminutes: 45\nobjectives: [{id: mulai, text: Mulai}]\n---\n",
    )
    write(
        root, "modules/01-menyapa/00-pembuka.ipynb", a_notebook(markdown_cell("judul", "# Pembuka"))
    )
    write(root, "modules/gambar/foto.txt", "bukan modul")

    course, _ = read_course(root)

    assert course is not None
    assert [module.folder for module in course.modules] == ["00-awal", "01-menyapa"]
    assert [lesson.title for lesson in course.modules[1].lessons] == ["Pembuka", "Menyapa warga"]


@pytest.mark.parametrize(
    ("path", "old", "new", "place", "said"),
    [
        pytest.param(
            "modules/course.yml",
            "hours: 2\n",
            "hours: 3\n",
            "4:8: hours: ",
            ("tertulis 3 JP", "berjumlah 2 JP"),
            id="hours do not add up",
        ),
        pytest.param(
            "modules/course.yml",
            "share: 80,",
            "share: 80, quizzes: [tes-akhir],",
            '10:55: syarat "hadir", quizzes: ',
            ("tidak berlaku untuk attendance",),
            id="quizzes for a kind that does not look at them",
        ),
        pytest.param(
            "modules/course.yml",
            "kind: passed,",
            "kind: passed, excused: counts,",
            '11:40: syarat "lulus", excused: ',
            ("tidak berlaku untuk passed",),
            id="a key that the kind does not look at",
        ),
        pytest.param(
            "modules/course.yml",
            "kind: passed, quizzes: [tes-akhir],",
            "kind: observed,",
            '11:5: syarat "lulus": ',
            ("belum ada rubrik", "rubric:"),
            id="nothing to observe",
        ),
        pytest.param(
            "modules/course.yml",
            "completion:\n",
            "rubric:\n  - {id: sapa, title: Menyapa, minimum: 3, levels: [belum,"
            " ya]}\ncompletion:\n",
            '10:52: kriteria "sapa", levels: ',
            ("paling sedikit 4",),
            id="a criterion without its four levels",
        ),
        pytest.param(
            "modules/course.yml",
            "{id: menyapa,",
            "{id: pembukaan,",
            '8:10: sesi "pembukaan", id: ',
            ('"pembukaan" sudah dipakai',),
            id="a session twice",
        ),
        pytest.param(
            "modules/course.yml",
            "{id: lulus,",
            "{id: hadir,",
            '11:10: syarat "hadir", id: ',
            ('"hadir" sudah dipakai',),
            id="a requirement twice",
        ),
        pytest.param(
            "modules/course.yml",
            "share: 80, ",
            "",
            '10:5: syarat "hadir": ',
            ('belum ada "share"', "share: … (persen JP)"),
            id="attendance of how much",
        ),
        pytest.param(
            "modules/course.yml",
            "quizzes: [tes-akhir], ",
            "",
            '11:5: syarat "lulus": ',
            ('belum ada "quizzes"', "quizzes: [id kuis]"),
            id="passed what",
        ),
        pytest.param(
            "modules/course.yml",
            "kind: passed",
            "kind: pased",
            '11:23: syarat "lulus", kind: ',
            ('"pased" tidak dikenal', '"passed"?'),
            id="an unknown kind",
        ),
        pytest.param(
            "modules/course.yml",
            "organiser: Dinas Sosial\n",
            "",
            '1:1: belum ada "organiser"',
            ("organiser: …",),
            id="no organiser",
        ),
        pytest.param(
            "modules/bantuan.yml",
            "    when: Kejahatan sedang terjadi\n",
            "",
            '2:5: nomor "polri": ',
            ('belum ada "when"', "when: …"),
            id="a contact that says not when",
        ),
        pytest.param(
            "modules/01-menyapa/index.md",
            "minutes: 45",
            "minuts: 45",
            '3:1: kunci "minuts"',
            ("tidak dikenal", '"minutes"?'),
            id="a misspelt key",
        ),
        pytest.param(
            "modules/01-menyapa/index.md",
            "    text: Menyapa warga dan memperkenalkan diri\n",
            "",
            '5:5: tujuan "sapa-warga": ',
            ('belum ada "text"', "text: …"),
            id="an objective without words",
        ),
        pytest.param(
            "quizzes/tes-akhir.yml",
            "use: posttest",
            "use: tes",
            "3:6: use: ",
            ('"tes" tidak dikenal', '"pretest"?'),
            id="a quiz",
        ),
    ],
)
def test_problem_of_one_file_is_said_at_its_line(
    tmp_path: Path, path: str, old: str, new: str, place: str, said: tuple[str, ...]
) -> None:
    root = a_course(tmp_path)
    edit(root, path, old, new)

    assert problems(root) == [Contains(f"{path}:{place}", *said)]


def test_course_file_that_cannot_be_read_still_lets_the_rest_be_checked(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    edit(root, "modules/course.yml", "title: Bimtek Dasar\n", "title: Bimtek: Dasar\n")
    edit(root, "quizzes/tes-akhir.yml", "use: posttest", "use: tes")

    course, found = read_course(root)

    assert course is None
    assert sorted(str(problem) for problem in found) == [
        Contains("modules/course.yml:2:14: ", ":14: ada titik dua", "tengah teks - beri"),
        Contains("quizzes/tes-akhir.yml:3:6: use: ", '"tes" tidak dikenal', '"pretest"?'),
    ]


@pytest.mark.parametrize("path", ["modules/course.yml", "modules/bantuan.yml"])
def test_missing_file_is_named(tmp_path: Path, path: str) -> None:
    root = a_course(tmp_path)
    (root / path).unlink()

    assert problems(root) == [Contains(f"{path}:1:1: berkas tidak dapat dibuka")]


@pytest.mark.parametrize(
    "text", ["# Menyapa warga\n", "", "---\ntitle: Menyapa\n", "title: Menyapa\n---\n"]
)
def test_module_page_without_front_matter_is_told_to_add_it(tmp_path: Path, text: str) -> None:
    root = a_course(tmp_path)
    write(root, "modules/01-menyapa/index.md", text)

    course, _ = read_course(root)

    assert course is not None
    assert course.modules == ()
    assert problems(root) == [
        Contains(
            "modules/01-menyapa/index.md:1:1: halaman modul",
            "belum diawali keterangan",
            "title, minutes",
        )
    ]


def test_module_page_saved_by_windows_notepad_is_read_like_a_quiz_is(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    page = root / "modules/01-menyapa/index.md"
    page.write_bytes(
        b"\xef\xbb\xbf" + page.read_text(encoding="utf-8").replace("\n", "\r\n").encode()
    )

    assert problems(root) == []


def test_module_page_in_another_encoding_is_told_so(tmp_path: Path) -> None:
    root = a_course(tmp_path)
    (root / "modules/01-menyapa/index.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")

    assert problems(root) == [
        Contains("modules/01-menyapa/index.md:2:11: berkas", "ini bukan UTF-8")
    ]
