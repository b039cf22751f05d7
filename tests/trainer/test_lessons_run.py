"""Every lesson as a trainer has it: all cells from top to bottom, without a network."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest
from dirty_equals import Contains

from psm_course.content.course import read_course
from psm_course.domain.register import Enrolment
from psm_course.interchange.people.roster import write_roster
from psm_course.registrar.answers.hand_in import read_hand_in
from psm_course.registrar.answers.submitting import Desk
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.registrar.people.enrolling import import_roster
from psm_course.settings import read_settings
from psm_course.simulate.people import made_up_people
from psm_course.site.execute import run_cells
from psm_course.store.engine import Store
from psm_course.store.opening import open_store
from psm_course.trainer import hasil
from tests.builders import OFFICE, REGION
from tests.conftest import ROOT
from tests.register_builders import CARDS, a_cohort, signed
from tests.sittings import write_answers

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
LESSONS = sorted((ROOT / "modules").rglob("*.ipynb"))

# Loaded by every Python started with it on its path: a socket may only reach this machine.
NO_NETWORK = """
import socket
HERE = ("127.0.0.1", "::1", "localhost")
_connect, _getaddrinfo = socket.socket.connect, socket.getaddrinfo
def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in HERE:
        raise OSError("no network in this test")
    return _connect(self, address)
def getaddrinfo(host, *more, **named):
    return _getaddrinfo(host, *more, **named) if host in HERE else 1 / 0
socket.socket.connect = connect
socket.getaddrinfo = getaddrinfo
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small cohort that has handed in its tests."""
    data = tmp_path_factory.mktemp("kantor")
    course, _ = read_course(ROOT)
    assert course is not None
    store = open_store(data / "register.db", OFFICE)
    open_cohort(store, "D26", "Angkatan D26", date(2026, 12, 1), "uji", NOW, course)
    rows = [
        Enrolment("", "", person.name, person.kelurahan.code)
        for person in made_up_people(REGION, 12, 1)
    ]
    write_roster(REGION, data / "peserta.xlsx", rows)
    people = import_roster(store, REGION, "D26", data / "peserta.xlsx", "uji", NOW).added
    desk = Desk(store, course.quizzes, CARDS)
    for quiz in ("tes-awal", "tes-akhir"):
        write_answers(data / "jawaban.jsonl", course.quizzes[quiz], people, (0.4, 0.9), 1.0, 1, NOW)
        answers = (data / "jawaban.jsonl").read_text(encoding="utf-8").splitlines()
        desk.record([read_hand_in(signed(line).encode(), "uji", NOW) for line in answers])
    store.close()
    return data


@pytest.fixture
def as_trainer(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    # The lesson's kernel runs the program beside these tests, whichever one is installed.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), str(ROOT))))
    monkeypatch.setenv("PSM_DATA", str(office))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
@pytest.mark.usefixtures("as_trainer")
def test_a_lesson_runs_from_top_to_bottom_without_a_network(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)

    run_cells(notebook, path.parent)

    run = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in run)
    assert [
        notice for cell in run for output in cell["outputs"] if (notice := notice_in(output))
    ] == []


def notice_in(output: Any) -> str | None:
    """The sentence of a word that could not do what was asked."""
    found = re.search(
        r'<p class="notice" role="status">(.*?)</p>', output.get("data", {}).get("text/html", "")
    )
    return unescape(found[1]) if found else None


def a_notebook() -> Any:
    cell = nbformat.v4.new_code_cell(
        'from psm_course.trainer import hasil\nhasil("D26", "tes-akhir")'
    )
    return nbformat.v4.new_notebook(cells=[cell])


@pytest.mark.usefixtures("as_trainer")
def test_the_results_of_a_cohort_are_drawn_from_the_register(office: Path) -> None:
    notebook = a_notebook()

    run_cells(notebook, ROOT / "modules")

    drawn = notebook["cells"][0]["outputs"][0]["data"]["text/html"]
    assert drawn == Contains("Tes Akhir ", "PSM: 12 dari 12 peserta")
    assert "Lima soal yang paling" in drawn
    names = [person.name for person in made_up_people(REGION, 12, 1)]
    assert not [name for name in names if name in drawn]
    assert read_settings(ROOT).register == office / "register.db"


def test_a_laptop_without_a_register_says_so_in_one_sentence(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a demo was played: invented people are nobody's results."""
    shutil.copytree(office, tmp_path / "var" / "demo")
    monkeypatch.setenv("PSM_DATA", str(tmp_path / "var"))
    notebook = a_notebook()

    run_cells(notebook, ROOT / "modules")

    (said,) = notebook["cells"][0]["outputs"]
    assert notice_in(said) == Contains("Belum ada register", "ada di laptop petugas")


def test_on_a_server_the_results_are_the_offices(
    server_store: Store, monkeypatch: pytest.MonkeyPatch, office: Path
) -> None:
    """Not those of a register that lies on the laptop beside it."""
    a_cohort(server_store, "Siti", "Rini", "Ujang")
    monkeypatch.setenv("PSM_DATA", str(office))
    monkeypatch.setenv(
        "PSM_DATABASE", server_store.engine.url.render_as_string(hide_password=False)
    )

    drawn = hasil("D26", "tes-akhir").html

    assert drawn == Contains("Belum ada jawaban", "masuk dari 3 peserta")
