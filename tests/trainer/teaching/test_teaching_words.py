"""The words with the hall: what they take, what they refuse, and what may stand on the site."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.content.lessons import read_lesson
from psm_course.domain.register import Cohort
from psm_course.errors import Refused
from psm_course.store.opening import open_store
from psm_course.store.people import cohorts
from psm_course.trainer import jajak, kasus, kelompok, kuis, tampilkan, waktu
from psm_course.trainer.on_site import environment_for_site
from psm_course.trainer.shown import SITE_TYPE, Shown
from psm_course.trainer.widget import VIEW_TYPE, Live
from tests.builders import OFFICE, a_notebook, markdown_cell
from tests.conftest import ROOT
from tests.register_builders import a_cohort, arranging

BEJI = "32.76.06.1001"
FIRST = ROOT / "modules/01-dasar-peran-psm/01-peran-dan-batas.ipynb"


@pytest.fixture(autouse=True)
def lesson(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(FIRST.parent)
    monkeypatch.setenv("PSM_DATA", str(tmp_path))


def state_of(shown: Shown) -> Any:
    assert isinstance(shown, Live)
    return json.loads(json.dumps(dict(shown.state)))


# ---- a quiz and a case ---------------------------------------------------------------------------


def test_a_practice_quiz_is_its_own_still_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = tampilkan(kuis("latihan-peran-1"))

    bundle = shown._repr_mimebundle_()
    assert bundle[SITE_TYPE] == {"show": "quiz", "id": "latihan-peran-1"}
    assert VIEW_TYPE not in bundle  # no page is before this process
    assert 'data-quiz="latihan-peran-1"' in bundle["text/html"]
    assert state_of(shown)["pages"][0]["answer"].count('class="right"') == 1


@pytest.mark.parametrize("test", ["tes-awal", "tes-akhir", "bank-anak"])
@pytest.mark.parametrize("show", [tampilkan, kasus])
def test_no_test_is_shown_to_the_hall(show: Callable[[str], Shown], test: str) -> None:
    with pytest.raises(Refused):
        show(test)


def test_a_case_is_known_with_or_without_its_prefix_in_any_case() -> None:
    names = ("nenek-halte", "kasus-nenek-halte", "Kasus Nenek Halte", "NENEK_HALTE")

    assert {kasus(name).for_site["id"] for name in names} == {"kasus-nenek-halte"}
    with pytest.raises(Refused) as unknown:
        kasus("neneh-halte")
    assert str(unknown.value) == Contains('Kasus "neneh-halte"', "Maksud Anda nenek-halte?")
    with pytest.raises(Refused) as branching:
        tampilkan("kasus-nenek-halte")
    assert str(branching.value) == Contains("bercabang", 'kasus("kasus-nenek-halte").main()')


def test_hands_are_counted_in_a_case_unless_it_or_the_notebook_belongs_to_a_quiet_module(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert state_of(kasus("nenek-halte").main())["counting"] is True
    assert state_of(kasus("anak-bercerita").main())["counting"] is False
    monkeypatch.chdir(ROOT / "modules/03-perlindungan-anak")
    assert state_of(kasus("nenek-halte").main())["counting"] is False


# ---- a tally -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (["a"], ("2 sampai 8 pilihan", "tertulis 1.")),
        (["a"] * 9, ("2 sampai 8 pilihan", "tertulis 9.")),
        (["a", "a "], ("pilihan yang tertulis dua",)),
        (["a", ""], ("di antara tanda petik", '["Tunggu", "Telepon"]')),
    ],
)
def test_a_tally_says_what_its_choices_lack(choices: list[str], said: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        jajak("Mana?", choices)

    assert str(refused.value) == Contains("jajak()", *said)


def test_a_tally_is_a_question_on_the_site_and_is_refused_in_a_quiet_module(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = jajak("Mana <b>lebih</b> dulu?", ["Telepon", "*Tunggu*"])

    assert "Mana &lt;b&gt;lebih" in shown.html
    assert "<em>Tunggu</em>" in shown.html
    monkeypatch.chdir(ROOT / "modules/03-perlindungan-anak")
    with pytest.raises(Refused, match="diajarkan tanpa penghitung"):
        jajak("Mana?", ["a", "b"])


# ---- groups --------------------------------------------------------------------------------------


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """An office with two cohorts, neither of which meets today."""
    store = open_store(tmp_path / "register.db", OFFICE)
    a_cohort(store, *(f"Peserta {letter}" for letter in "ABCDEFG"), kelurahan=BEJI)
    with arranging(store) as tx:
        cohorts.add_cohort(tx, Cohort("B27", "Angkatan B27", date(2027, 3, 1), course="bimtek"))
    store.close()
    return tmp_path


def test_groups_of_a_cohort_show_number_name_and_kecamatan_and_nothing_of_it_reaches_the_site(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = kelompok(4, angkatan="d26")

    assert [page["title"] for page in state_of(shown)["pages"]] == [
        "Kelompok 1 · 4 orang",
        "Kelompok 2 · 3 orang",
    ]
    assert shown.html.count("<li>") == 7
    assert (
        '<span class="number">D26-001</span> <span class="who"><bdi>Peserta A</bdi> <span'
        ' class="home">Beji</span></span>' in shown.html
    )
    assert "Peserta" not in str(shown.for_site)
    for name, value in environment_for_site(register).items():
        monkeypatch.setenv(name, value)
    assert "Peserta" not in str(kelompok(4, angkatan="D26")._repr_mimebundle_())


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ukuran": 4}, ("bersesi hari ini", 'angkatan="B27"')),
        ({"ukuran": 4, "angkatan": "D62"}, ('Angkatan "D62"', "Maksud Anda D26?")),
        ({"ukuran": 4, "angkatan": "B27"}, ("B27 belum punya peserta",)),
        ({"jumlah": 9, "angkatan": "D26"}, ("kelompok(): 7 orang tidak cukup", "untuk 9 kelompok")),
        (
            {"angkatan": "D26"},
            ("besarnya atau banyaknya", "kelompok(20) atau kelompok(jumlah=5)"),
        ),
        ({"ukuran": 4, "campur": "kecamatn"}, ('Campuran "kecamatn"', "Maksud Anda kecamatan?")),
    ],
)
def test_groups_that_cannot_be_made_are_refused_with_what_to_do(
    asked: dict[str, Any], said: tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        kelompok(**asked)

    assert str(refused.value) == Contains(*said)


def test_without_a_register_a_list_or_a_count_is_divided() -> None:
    with pytest.raises(Refused, match=r"ada register .*kelompok\(20, daftar=97\)"):
        kelompok(20)

    counted, named = kelompok(20, daftar=97), kelompok(jumlah=2, daftar=["Siti, Beji", "Ujang"])

    assert [page["title"] for page in state_of(counted)["pages"]][-1] == "Kelompok 5 · 19 orang"
    assert sorted(set(counted.html.split("number")[1:]))[0].startswith('">01<')
    assert "<bdi>Siti</bdi>" in named.html
    assert '<span class="home">Beji</span>' in named.html


# ---- the clock -----------------------------------------------------------------------------------


def test_the_clock_knows_its_lesson_by_the_notebook_and_is_a_plan_on_paper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", str(FIRST))

    shown = waktu()

    lesson, _ = read_lesson(FIRST, "a.ipynb")
    assert lesson is not None
    told = state_of(shown)
    assert (told["lesson"]["title"], told["lesson"]["ends"] - told["lesson"]["starts"]) == (
        lesson.title,
        lesson.minutes,
    )
    assert Contains("peran dan batas PSM") in [row["title"] for row in told["rows"]]
    assert f"<strong>{lesson.title}</strong>: rencana pukul 09.00 sampai 09.35." in shown.html


def test_a_quiet_module_has_its_plan_and_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = ROOT / "modules/03-perlindungan-anak"
    monkeypatch.chdir(quiet)
    monkeypatch.setenv("JPY_SESSION_NAME", "modules/03-perlindungan-anak/01-mendengar-anak.ipynb")

    shown = waktu()

    assert not isinstance(shown, Live)
    assert "diajarkan tanpa jam" in shown.html


def test_a_lesson_says_what_may_be_cut_and_a_wrong_list_is_named(tmp_path: Path) -> None:
    def read(cut: object) -> Any:
        psm = {"minutes": 5, "objectives": ["a"], "cut": cut}
        path = tmp_path / "a.ipynb"
        path.write_text(
            a_notebook(markdown_cell("judul", "# A"), metadata={"psm": psm}), encoding="utf-8"
        )
        return read_lesson(path, "a.ipynb")

    lesson, problems = read([{"title": "Renungan", "minutes": 4}])
    assert [(cut.title, cut.minutes) for cut in lesson.cuts] == [("Renungan", 4)]
    assert problems == []
    for wrong in ("Renungan", [{"title": "Renungan"}], [{"title": "Renungan", "minutes": "4"}]):
        _, problems = read(wrong)
        assert [problem.message for problem in problems] == [
            Contains('("cut")', "daftar judul dan menit")
        ]
