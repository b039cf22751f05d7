"""The field guide: what is read from its two files, and each mistake at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.checking.quizzes.editorial import PHONE
from psm_course.content.course import read_course
from psm_course.content.glossary import GLOSSARY_FILE
from psm_course.content.help.contacts import find_contacts
from psm_course.content.help.field_guide import (
    KINDS_FILE,
    ROUTES_FILE,
    FieldGuide,
    read_field_guide,
)
from tests.builders import a_course, edit, write
from tests.conftest import ROOT

KINDS = """\
observations:
  - id: anak
    title: Anak
    signs:
      - {id: di-jalan, text: Anak di jalan}
      - {id: terancam, text: Ada ancaman, urgent: yes, route: bahaya}
groups:
  - {id: anak, title: Anak}
kinds:
"""
KIND = """\
  - id: jenis-{number}
    number: {number}
    name: Jenis {number}
    group: anak
    criteria: [{{confidence: law, source: UU 35/2014, texts: [Belum 18 tahun]}}]
    signs: [di-jalan]
    misread: Bukan vonis
    first: [Sapa]
    route: bahaya
"""
UNUSED = ('5:9: kelompok tanda "anak", tanda "jalanan": ', "tidak dipakai jenis")
ROUTES = """\
levels:
  - {id: merah, title: Bahaya, within: sekarang, signs: Nyawa terancam, \
act: Hubungi bantuan, call: [polri]}
situations:
  - id: bahaya
    title: Kekerasan sedang terjadi
    level: merah
    call: [polri]
    first: [Menjauh]
    say: Tolong
    avoid: [Masuk sendirian]
    route: Polisi
    source: UU 23/2004
"""


def a_guide(root: Path) -> Path:
    """A small course with a guide without problems."""
    a_course(root)
    write(
        root,
        KINDS_FILE.as_posix(),
        KINDS + "".join(KIND.format(number=number) for number in range(1, 27)),
    )
    write(root, ROUTES_FILE.as_posix(), ROUTES)
    return root


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in read_course(root)[1]]


def read(root: Path) -> FieldGuide:
    return read_field_guide(root, ["polri"])[0]


def test_guide_is_its_kinds_by_what_is_seen_and_its_situations_by_urgency(tmp_path: Path) -> None:
    root = a_guide(tmp_path)

    guide = read(root)

    assert problems(root) == []
    assert guide.kinds is not None
    assert guide.routes is not None
    assert [kind.number for kind in guide.kinds.kinds] == list(range(1, 27))
    assert [(sign.id, sign.urgent, sign.route) for _, sign in guide.kinds.placed_signs()] == [
        ("di-jalan", False, None),
        ("terancam", True, "bahaya"),
    ]
    assert [(basis.confidence, basis.source) for basis in guide.kinds.kinds[0].criteria] == [
        ("law", "UU 35/2014")
    ]
    assert [(level.id, level.call) for level in guide.routes.levels] == [("merah", ("polri",))]
    assert [
        (situation.id, situation.level, situation.say) for situation in guide.routes.situations
    ] == [("bahaya", "merah", "Tolong")]


def test_course_may_do_without_a_guide(tmp_path: Path) -> None:
    root = a_course(tmp_path)

    assert problems(root) == []
    assert read(root) == FieldGuide(None, None)


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        pytest.param(
            KINDS_FILE,
            "number: 26\n",
            "number: 25\n",
            [
                ("10:3: kinds: ", "belum ada jenis nomor 26"),
                ('236:13: jenis "jenis-26", number: ', "25 sudah dipakai"),
            ],
            id="a number twice",
        ),
        pytest.param(
            KINDS_FILE,
            "number: 26\n",
            "number: 27\n",
            [
                ("10:3: kinds: ", "belum ada jenis nomor 26"),
                ('236:13: jenis "jenis-26", number: ', "27 tidak ada", "1 sampai 26"),
            ],
            id="a number too high",
        ),
        pytest.param(
            KINDS_FILE,
            "id: jenis-2\n",
            "id: jenis-1\n",
            [('19:9: jenis "jenis-1", id: ', '"jenis-1" sudah dipakai')],
            id="an id twice",
        ),
        pytest.param(
            KINDS_FILE,
            "Jenis 1\n    group: anak\n    criteria: [{confidence: law, source: UU 35/2014, texts:"
            " [Belum 18 tahun]}]\n",
            "Jenis 1\n    group: anak\n",
            [('10:5: jenis "jenis-1": ', "belum ada kriteria", "gap:")],
            id="neither criteria nor the gap said",
        ),
        pytest.param(
            KINDS_FILE,
            "Jenis 1\n    group: anak\n    criteria: [{confidence: law,",
            "Jenis 1\n    group: anak\n    criteria: [{confidence: pasti,",
            [
                (
                    '14:29: jenis "jenis-1", ',
                    "kriteria ke-1, confidence: ",
                    '"pasti" tidak dikenal',
                    "law, summary, old-list",
                )
            ],
            id="an unknown confidence",
        ),
        pytest.param(
            KINDS_FILE,
            "name: Jenis 1\n    group: anak\n",
            "name: Jenis 1\n    group: anok\n",
            [('13:12: jenis "jenis-1", group: ', '"anok" tidak ada', '"anak"?')],
            id="an unknown group",
        ),
        pytest.param(
            KINDS_FILE,
            "{id: di-jalan, text: Anak di jalan}",
            "{id: jalanan, text: Anak di jalan}",
            [
                UNUSED,
                *[
                    (
                        f'{place * 9 + 6}:12: jenis "jenis-{place}", signs: ',
                        '"di-jalan" tidak ada',
                        '"jalanan"?',
                    )
                    for place in range(1, 27)
                ],
            ],
            id="an unknown sign, and one that leads nowhere",
        ),
        pytest.param(
            KINDS_FILE,
            ", urgent: yes, route: bahaya",
            ", urgent: yes",
            [('6:9: kelompok tanda "anak", tanda "terancam": ', 'belum punya "route"')],
            id="a danger sign without a way on",
        ),
        pytest.param(
            KINDS_FILE,
            "urgent: yes, route: bahaya",
            "urgent: yes, route: bahya",
            [
                (
                    '6:63: kelompok tanda "anak", tanda "terancam", route: ',
                    '"bahya" tidak ada',
                    '"bahaya"?',
                )
            ],
            id="a sign to an unknown situation",
        ),
        pytest.param(
            ROUTES_FILE,
            "    level: merah\n    call: [polri]",
            "    level: merah\n    call: [polisi]",
            [('7:11: situasi "bahaya", call: ', '"polisi" tidak ada', '"polri"?')],
            id="an unknown number",
        ),
        pytest.param(
            ROUTES_FILE,
            "call: [polri]}",
            "call: [lpsk]}",
            [('2:101: tingkat "merah", call: ', '"lpsk" tidak ada')],
            id="an unknown number of a level",
        ),
        pytest.param(
            ROUTES_FILE,
            "level: merah",
            "level: kuning",
            [('6:12: situasi "bahaya", level: ', '"kuning" tidak ada')],
            id="an unknown level",
        ),
        pytest.param(
            ROUTES_FILE,
            "    say: Tolong\n",
            "",
            [('4:5: situasi "bahaya": ', 'belum ada "say"', "say: …")],
            id="nothing to say",
        ),
        pytest.param(
            ROUTES_FILE,
            "source: UU 23/2004",
            "sorce: UU 23/2004",
            [('12:5: situasi "bahaya": kunci "sorce"', "tidak dikenal", '"source"?')],
            id="a misspelt key",
        ),
    ],
)
def test_mistake_is_said_at_its_line(
    tmp_path: Path, path: Path, old: str, new: str, said: list[tuple[str, ...]]
) -> None:
    root = a_guide(tmp_path)
    edit(root, path.as_posix(), old, new)

    expected = sorted((f"{path.as_posix()}:{place}", *words) for place, *words in said)
    assert sorted(problems(root)) == [Contains(*each) for each in expected]


def test_kind_that_refers_to_no_situation_is_named(tmp_path: Path) -> None:
    root = a_guide(tmp_path)
    edit(root, ROUTES_FILE.as_posix(), "id: bahaya", "id: lain")

    assert len(problems(root)) == 27  # every kind, and the danger sign
    assert Contains(
        'modules/kategori.yml:18:12: jenis "jenis-1", route: ', '"bahaya" tidak ada'
    ) in problems(root)


def test_numbers_that_cannot_be_read_are_not_also_missing_in_the_guide(tmp_path: Path) -> None:
    root = a_guide(tmp_path)
    edit(root, "modules/bantuan.yml", "label: Polri 110", "label: []")

    assert [problem.split(":")[0] for problem in problems(root)] == ["modules/bantuan.yml"]


# ---- the guide of this course --------------------------------------------------------------------


def test_this_course_has_all_kinds_and_every_way_on() -> None:
    contacts = find_contacts(ROOT)
    assert contacts is not None

    guide, found = read_field_guide(ROOT, [contact.id for contact in contacts])

    assert found == []
    assert guide.kinds is not None
    assert guide.routes is not None
    assert [kind.number for kind in guide.kinds.kinds] == list(range(1, 27))
    assert [level.id for level in guide.routes.levels] == ["merah", "kuning", "hijau"]


def test_a_red_or_violent_situation_always_has_somebody_to_call() -> None:
    routes = read_field_guide(ROOT, ())[0].routes
    assert routes is not None

    silent = [each.id for each in routes.situations if not each.call and each.level != "hijau"]

    assert silent == []


@pytest.mark.parametrize(
    "name",
    [
        "kekerasan-sedang-terjadi",
        "anak-bercerita",
        "dugaan-kekerasan-anak",
        "kekerasan-seksual",
        "kekerasan-rumah",
    ],
)
def test_whoever_is_badly_hurt_by_somebody_gets_an_ambulance(name: str) -> None:
    routes = read_field_guide(ROOT, ())[0].routes
    assert routes is not None
    steps = next(each.first for each in routes.situations if each.id == name)

    assert any("Luka berat? PSC 119" in step for step in steps)


def test_a_child_that_tells_nothing_is_led_to_the_guide_that_asks_it_nothing() -> None:
    kinds = read_field_guide(ROOT, ())[0].kinds
    assert kinds is not None
    routes = {sign.id: sign.route for _, sign in kinds.placed_signs()}

    assert routes["anak-bercerita"] == "anak-bercerita"
    assert routes["anak-takut"] == "dugaan-kekerasan-anak"


@pytest.mark.parametrize("path", [KINDS_FILE, ROUTES_FILE, GLOSSARY_FILE])
def test_numbers_stand_in_their_own_file_alone(path: Path) -> None:
    assert PHONE.search((ROOT / path).read_text(encoding="utf-8")) is None


def test_danger_words_need_a_number_to_call(tmp_path: Path) -> None:
    root = a_guide(tmp_path)
    edit(
        root,
        ROUTES_FILE.as_posix(),
        "    call: [polri]\n    first",
        "    danger: [dipukul]\n    first",
    )

    assert problems(root) == [
        Contains('modules/rujukan.yml:7:13: situasi "bahaya", danger: ', "tanpa nomor", "call:")
    ]
