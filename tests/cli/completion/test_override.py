"""An officer's word on a requirement, and a trainer's observation, at the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.store import audit
from psm_course.store.opening import open_store
from tests.builders import OFFICE
from tests.cli.conftest import Psm

WHY = "hadir di sesi pengganti"


def told(course: Path, verb: str) -> list[dict[str, object]]:
    """The details of these events, oldest first."""
    store = open_store(course / "var" / "register.db", OFFICE)
    with store.reading() as tx:
        found = [event.detail for event in audit.list_events(tx, most=100) if event.verb == verb]
    store.close()
    return found[::-1]


@pytest.fixture
def observed(psm: Psm, course: Path, office: Psm) -> Psm:
    """The cohort is judged by a rubric of one criterion too."""
    file = course / "modules" / "course.yml"
    rubric = (
        "rubric:\n  - {id: sapa, title: Menyapa warga, levels: [belum, dibantu, sendiri,"
        " mengajari], minimum: 3}\n"
    )
    asked = "  - {id: amatan, kind: observed, title: Menyapa dengan baik}\n"
    file.write_text(
        file.read_text(encoding="utf-8").replace("completion:\n", f"completion:\n{asked}") + rubric,
        encoding="utf-8",
    )
    assert office("course", "adopt", "--reason", "rapat").code == 0
    assert office("rules", "D26", "--apply", "--reason", "rapat").code == 0
    return office


# ---- an officer's word ---------------------------------------------------------------------------


def test_a_requirement_is_set_aside_and_the_word_taken_back(office: Psm, course: Path) -> None:
    met = [
        office("override", "d26-001", "hadir", "terpenuhi", "--reason", WHY).out,
        office("override", "D26-001", "lulus", "terpenuhi", "--reason", WHY).out,
        office("override", "D26-001", "lulus", "tarik", "--reason", "keliru orang").out,
        office("override", "D26-001", "hadir", "belum", "--reason", "belum jadi hadir").out,
    ]

    assert met == [
        Contains("D26-001: ", "hadir dianggap terpenuhi", "Sekarang belum mengikuti"),
        Contains("D26-001: ", "lulus dianggap terpenuhi", "Sekarang telah lulus"),
        Contains("D26-001: ", "lulus dinilai lagi", "Sekarang belum mengikuti"),
        Contains("D26-001: ", "hadir dianggap belum terpenuhi", "Sekarang belum mengikuti"),
    ]
    assert [
        (each["requirement"], each["met"]) for each in told(course, "requirement overridden")
    ] == [
        ("hadir", True),
        ("lulus", True),
        ("lulus", None),
        ("hadir", False),
    ]


def test_it_is_given_out_as_the_status_of_that_person(office: Psm) -> None:
    given = json.loads(
        office("override", "D26-001", "hadir", "terpenuhi", "--reason", WHY, "--json").out
    )
    status = json.loads(office("status", "D26", "D26-001", "--json").out)[0]

    assert given | {"judged_at": ""} == status | {"judged_at": ""}
    assert given["requirements"][0] == {
        "id": "hadir",
        "met": True,
        "evidence": Contains("hadir 0 dari 2 JP", f"ditetapkan petugas: {WHY}"),
        "needed": "sedikitnya 2 JP (80 %)",
        "next_step": None,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("D26-009 hadir terpenuhi", ['Nomor peserta "D26-009"', "tidak ada di register"]),
        ("D26-001 makan terpenuhi", ['Syarat "makan"', "angkatan D26", "hadir, lulus"]),
        ("D26-001 hadir tarik", ["Tidak ada ketetapan", 'syarat "hadir"', "D26-001"]),
    ],
)
def test_a_word_that_cannot_be_given_is_refused(
    office: Psm, course: Path, words: str, said: list[str]
) -> None:
    assert office("override", *words.split(), "--reason", WHY) == (2, "", Contains(*said))
    assert told(course, "requirement overridden") == []


def test_a_word_needs_a_reason(office: Psm) -> None:
    assert office("override", "D26-001", "hadir", "terpenuhi").code == 2
    assert office("override", "D26-001", "hadir", "terpenuhi", "--reason", " ").err.startswith(
        "Tulis alasannya"
    )


# ---- what a trainer saw --------------------------------------------------------------------------


def test_the_latest_observation_counts(observed: Psm, course: Path) -> None:
    def requirement(ran: str) -> dict[str, object]:
        return {each["id"]: each for each in json.loads(ran)["requirements"]}["amatan"]

    low = requirement(observed("observe", "d26-001", "sapa", "2", "--json").out)
    said = observed("observe", "D26-001", "sapa", "3").out
    high = requirement(observed("observe", "D26-001", "sapa", "4", "--json").out)

    assert (low["met"], low["next_step"]) == (
        False,
        Contains("kepada pelatih", "Menyapa warga (tingkat 2, perlu 3)"),
    )
    assert said == Contains("D26-001: ", "sapa tingkat 3", "Sekarang belum mengikuti")
    assert (high["met"], high["evidence"]) == (True, "1 dari 1 kriteria tercapai")
    assert told(course, "observed") == [
        {"criterion": "sapa", "level": level} for level in (2, 3, 4)
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("D26-001 senyum 3", ['Kriteria "senyum"', "angkatan D26", "Yang ada: sapa"]),
        ("D26-001 sapa 5", ["Tingkat 5 tidak ada", "1 sampai 4"]),
        ("D26-001 sapa 0", ["Tingkat 0 tidak ada", "1 sampai 4"]),
        ("D26-009 sapa 3", ['Nomor peserta "D26-009"', "tidak ada di register"]),
    ],
)
def test_what_cannot_be_observed_is_refused(
    observed: Psm, course: Path, words: str, said: list[str]
) -> None:
    assert observed("observe", *words.split()) == (2, "", Contains(*said))
    assert told(course, "observed") == []


def test_without_a_rubric_there_is_nothing_to_observe(office: Psm) -> None:
    assert office("observe", "D26-001", "sapa", "3").err == Contains(
        'Kriteria "sapa"', "angkatan D26", "rubriknya belum ada"
    )
