"""`triase`, `jejaring` and `terlapor` as a trainer types them, turns them and sees them; and as the
site and paper show them.
"""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.content.lessons import read_lesson
from psm_course.errors import Refused
from psm_course.trainer import jejaring, terlapor, triase
from psm_course.trainer.shown import SITE_TYPE
from psm_course.trainer.widget import Live
from tests.conftest import ROOT

WORDS = {"triase": triase, "jejaring": jejaring, "terlapor": terlapor}


@pytest.fixture(autouse=True)
def _in_a_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "modules/02-mengenali-ppks")
    for name in [name for name in os.environ if name.startswith("PSM_")]:
        monkeypatch.delenv(name)


def shown(name: str, **values: Any) -> Live:
    found = WORDS[name](**values)
    assert isinstance(found, Live)
    return found


def moved(live: Live, **values: int) -> str:
    """What the kernel draws when sliders are moved."""
    assert live.answer is not None
    return str(live.answer({"values": {**live.state["values"], **values}})["html"])


class Texts(HTMLParser):
    """Everything that can be read in a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.found += data.split()


def words_of(html: str) -> str:
    return " ".join(Texts(html).found)


@pytest.mark.parametrize("name", WORDS)
def test_a_simulation_says_that_it_is_made_up_and_asks_the_room_something(name: str) -> None:
    text = words_of(shown(name).html)

    assert "(data rekaan)" in text
    assert "Untuk dibahas:" in text
    assert "?" in text.partition("Untuk dibahas:")[2]


@pytest.mark.parametrize("name", WORDS)
def test_on_the_site_it_is_a_picture_that_a_screen_reader_can_tell(name: str) -> None:
    site = shown(name)._repr_mimebundle_()[SITE_TYPE]

    assert site["show"] == "html"
    assert (
        site["html"].count("<svg")
        == site["html"].count("<desc ")
        == site["html"].count('role="img"')
        == 1
    )
    assert "<input" not in site["html"]


@pytest.mark.parametrize("name", WORDS)
def test_every_slider_stands_within_its_ends_and_draws_at_both(name: str) -> None:
    live = shown(name)

    assert live.script == "sliders"
    for slider in live.state["sliders"]:
        assert slider["min"] <= live.state["first"][slider["name"]] <= slider["max"]
        assert moved(live, **{slider["name"]: slider["min"]}) != moved(
            live, **{slider["name"]: slider["max"]}
        )
    assert moved(live) == live.state["html"] == live.html


@pytest.mark.parametrize("name", WORDS)
def test_what_no_slider_can_say_is_refused_in_a_sentence(name: str) -> None:
    live = shown(name)
    slider = live.state["sliders"][0]

    with pytest.raises(
        Refused, match=f'"{slider["name"]}" .* dari {slider["min"]} sampai {slider["max"]}'
    ):
        moved(live, **{slider["name"]: slider["max"] + 1})


def test_by_code_and_by_slider_the_same_is_drawn() -> None:
    assert (
        moved(shown("triase"), kunjungan=2, kabar=8) == shown("triase", kunjungan=2, kabar=8).html
    )
    assert (
        moved(shown("jejaring"), hilang=2, cadangan=1)
        == shown("jejaring", hilang="Kelurahan", cadangan=1).html
    )
    assert moved(shown("terlapor"), melapor_a=30) == shown("terlapor", melapor_a=30).html


def test_red_calls_never_wait_for_a_visit() -> None:
    text = words_of(shown("triase", kunjungan=1, kabar=12).html)

    assert "tidak ikut antre" in text
    assert "ditelepon menit itu juga" in text
    assert "merah" not in text  # no bar of theirs


def test_who_is_gone_may_be_typed_in_any_case_and_nobody_may_be_gone() -> None:
    assert "Puskesos pindah" in words_of(shown("jejaring", hilang="puskesos").html)
    assert " pindah LKS" not in words_of(shown("jejaring", hilang="").html)
    with pytest.raises(Refused) as refused:
        jejaring(hilang="Puskesmos")
    assert str(refused.value) == Contains('Simpul "Puskesmos"', "Maksud Anda Puskesos?")


def test_violence_and_emergencies_do_not_go_through_the_network() -> None:
    assert words_of(shown("jejaring").html) == Contains(
        "dugaan kekerasan tidak lewat", "telepon langsung"
    )


def test_the_help_numbers_stand_beside_the_hidden_violence_whatever_is_set() -> None:
    live = shown("terlapor", kejadian_a=0, kejadian_b=0)

    for html in (live.html, moved(live, kejadian_a=100)):
        assert "129" in words_of(html.partition('class="help"')[2])


def test_a_lesson_with_hidden_violence_warns_and_shows_the_help_numbers_before_it() -> None:
    """On the site the numbers are a part of the page: a kept result never shows an old one."""
    assert "129" not in words_of(shown("terlapor")._repr_mimebundle_()[SITE_TYPE]["html"])
    for path in ROOT.glob("modules/*/*.ipynb"):
        lesson, _ = read_lesson(path, path.name)
        assert lesson is not None
        sources = [cell["source"] for cell in lesson.notebook["cells"]]
        for place in (
            number for number, source in enumerate(sources) if source.startswith("terlapor(")
        ):
            before = sources[:place]
            assert any(source == "bantuan()" for source in before)
            assert any(
                "Materi berat." in source and "boleh melewatinya" in source for source in before
            )


def test_hidden_violence_is_not_shown_in_a_module_that_is_taught_quietly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT / "modules/03-perlindungan-anak")

    with pytest.raises(Refused, match="diajarkan tanpa simulasi"):
        terlapor()


def test_hidden_violence_is_of_areas_and_of_nobody() -> None:
    """Strictly numbers: no person, no act, no cause."""
    text = words_of(shown("terlapor").html.partition('class="help"')[0]).casefold()

    assert [
        word
        for word in ("korban", "pelaku", "anak", "istri", "suami", "ibu", "perempuan")
        if word in text.split()
    ] == []


def test_help_that_cannot_be_read_refuses_hidden_violence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules/course.yml").write_text("id: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(Refused, match=r"bantuan\.yml belum dapat"):
        terlapor()


@pytest.mark.parametrize("name", WORDS)
def test_one_lesson_shows_each_simulation_and_tells_its_trainer_what_to_do_with_it(
    name: str,
) -> None:
    told = []
    for path in ROOT.glob("modules/*/*.ipynb"):
        lesson, _ = read_lesson(path, path.name)
        assert lesson is not None
        cells = lesson.notebook["cells"]
        places = [place for place, cell in enumerate(cells) if cell["source"] == f"{name}()"]
        told += [
            [
                each["source"]
                for each in cells[place : place + 3]
                if "trainer" in each["metadata"].get("tags", [])
            ]
            for place in places
        ]

    assert [len(notes) for notes in told] == [1]
    assert "menit" in told[0][0].split("\n")[0]
