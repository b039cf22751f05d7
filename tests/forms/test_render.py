"""Quizzes as HTML: escaping, labels, and a form for every type."""

from __future__ import annotations

import re
from datetime import time
from html.parser import HTMLParser

import pytest

from psm_course.content.quiz import Quiz, QuizHeader
from psm_course.content.rundown import CourseDay, Row
from psm_course.forms import prose
from psm_course.forms.help import dialled
from psm_course.forms.render import render_quiz, render_rundown
from psm_course.items import TYPES
from tests.builders import an_item

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> \"&' [x](javascript:alert(1))"


def quiz_of(use: str, *items: object) -> Quiz:
    header = QuizHeader.model_validate(
        {"id": "uji", "title": HOSTILE, "use": use, "pass_mark": "70"}
    )
    return Quiz(header, tuple(items))  # type: ignore[arg-type]


class Controls(HTMLParser):
    """The ids of all controls, and what labels point at."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.controls: list[str] = []
        self.labelled: set[str] = set()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "a":
            self.links.append(str(given.get("href")))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag in ("input", "select", "textarea"):
            self.controls.append(str(given.get("id")))
        if tag == "label":
            self.labelled.add(str(given.get("for")))


@pytest.mark.parametrize("use", ["practice", "posttest"])
@pytest.mark.parametrize("kind", list(TYPES))
def test_every_type_has_a_form_whose_controls_are_labelled_and_ids_unique(
    kind: str, use: str
) -> None:
    controls = Controls()

    controls.feed(
        render_quiz(quiz_of(use, an_item(kind, explanation="Sebab.", source="UU")).public_view())
    )

    # A practice case is read by opening its choices;
    # what is to be paired gets its buttons from the script.
    assert controls.controls or kind == "match" or (kind, use) == ("case", "practice")
    assert set(controls.controls) <= controls.labelled
    assert len(controls.ids) == len(set(controls.ids))


@pytest.mark.parametrize("kind", list(TYPES))
def test_an_authors_html_is_shown_and_never_run(kind: str) -> None:
    written = {"prompt": HOSTILE, "explanation": HOSTILE, "source": HOSTILE}
    quiz = quiz_of("practice", an_item(kind, **written))

    drawn = render_quiz(quiz.public_view())

    controls = Controls()
    controls.feed(drawn)
    # The scoring data of practice is a block of data, and the only one.
    assert (
        drawn.count("<script") == drawn.count('<script type="application/json" data-scoring>') == 1
    )
    assert "img" not in controls.tags
    assert not [link for link in controls.links if not link.startswith("#")]
    assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize(
    ("source", "explanation", "said", "unsaid"),
    [
        ("Panduan kursus", "Satu.\n\nDua.", "<p>Dua.<sup>°</sup></p>", "Dasar:"),
        (
            "UU 8/2016 Pasal 5; panduan kursus",
            "Sebab.",
            '<p class="basis">Dasar: UU 8/2016 Pasal 5<sup>°</sup></p>',
            "kursus",
        ),
        (
            "Panduan kursus; UU 13/2011 Pasal 5",
            "Sebab.",
            "Dasar: UU 13/2011 Pasal 5<sup>°</sup>",
            "kursus",
        ),
        (
            "panduan kursus (jalur penerusan)",
            "Sebab.",
            "Dasar: panduan kursus (jalur penerusan)<sup>°</sup>",
            "Sebab.<sup>",
        ),
        ("Panduan kursus", "- Satu.\n- Dua.", "</ul><sup>°</sup>", "Dasar:"),
    ],
)
def test_the_ring_stands_for_the_words_panduan_kursus(
    source: str, explanation: str, said: str, unsaid: str
) -> None:
    quiz = quiz_of("practice", an_item("choice", id="satu", source=source, explanation=explanation))

    drawn, known = render_quiz(quiz.public_view(), {"satu"}), render_quiz(quiz.public_view())

    assert said in drawn
    assert unsaid not in drawn
    assert f"Dasar: {source}</p>" in known


def test_without_an_explanation_the_words_stay() -> None:
    drawn = render_quiz(
        quiz_of("practice", an_item("choice", id="satu", source="Panduan kursus")).public_view(),
        {"satu"},
    )

    assert "Dasar: Panduan kursus<sup>°</sup>" in drawn


def test_a_legend_keeps_its_paragraphs_apart() -> None:
    assert (
        prose.lines("Satu.\n\nDua *penting*.")
        == '<span class="line">Satu.</span><span class="line">Dua <em>penting</em>.</span>'
    )


def test_a_list_in_a_legend_keeps_a_line_for_each_entry() -> None:
    assert prose.lines("Urutkan:\n1. satu\n2. dua").count('<span class="line">') == 3


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("112", "112"),
        ("0811-1186-598", "08111186598"),
        ("119 ext 8", "119,8"),
        ("+62 811 118", "+62811118"),
        ("(021) 119", "021119"),
    ],
)
def test_a_number_is_dialled_without_its_punctuation(written: str, link: str) -> None:
    assert dialled(written) == link


def test_the_rundown_is_a_table_a_day_with_what_is_taught_in_bold() -> None:
    rows = (
        Row(time(8), time(9, 15), "session", "Peran & batas", ("sessions", 0)),
        Row(time(9, 15), time(9, 30), "rest", "Rehat", ("slots", 0)),
        Row(time(9, 30), time(10), "session", "Peran & batas", ("sessions", 0), continues=True),
    )

    html = render_rundown([CourseDay(1, None, rows), CourseDay(2, None, rows[:1])])

    assert re.findall(r"<caption>(.+?)</caption>", html) == ["Hari 1", "Hari 2"]
    cell = r'<t[hd][^>]*role="(?:rowheader|cell)"[^>]*>(.*?)</t[hd]>'
    assert re.findall(cell, html.replace("\u2060", ""))[:9] == [
        "08.00–09.15", "<strong>Peran &amp; batas</strong>", "75",
        "09.15–09.30", "Rehat", "15",
        "09.30–10.00", "<strong>Peran &amp; batas (lanjutan)</strong>", "30",
    ]  # fmt: skip
