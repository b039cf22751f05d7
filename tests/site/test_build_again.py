"""`psm build` once more: what is done again after whatever a day has left. Counted, not timed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Event, Thread

import pytest
from dirty_equals import Contains

from psm_course.checking.check import check_course
from psm_course.content.course import read_course
from psm_course.errors import ContentFaulty, Refused
from psm_course.site import kept
from psm_course.site.build import Site, publish_again
from psm_course.site.building import BUILDING, Order, building
from psm_course.site.output.listed import MANIFEST, WHOLE
from psm_course.site.searches.people import Registered
from tests.builders import edit, write
from tests.conftest import ROOT
from tests.site.small_course import COMPOSED, FIRST, RUN, SEARCHED, SECOND, Office, a_small_office


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Built once; tests change copies. A copied site is as good as the first: no path and no time
    is part of what is known of it.
    """
    office = a_small_office(tmp_path_factory.mktemp("kantor"))
    assert [line.split()[0] for line in office.build()] == [
        RUN,
        RUN,
        *(line.split()[0] for line in (COMPOSED, SEARCHED)),
    ]
    return office


@pytest.fixture
def office(built: Office, tmp_path: Path) -> Office:
    return built.copy(tmp_path)


def test_with_nothing_changed_nothing_is_done(office: Office) -> None:
    before = office.published(), office.written()

    said = office.build()

    assert said == []
    assert (office.published(), office.written()) == before


def test_a_changed_sentence_writes_one_lesson_runs_none_and_is_all_that_is_searched(
    office: Office,
) -> None:
    edit(office.root, f"{FIRST}.ipynb", "Ketuk pintu dahulu.", "Ketuk pintu dua kali.")
    office.build()  # the copied course lies in another folder, for which Sphinx reads all of it
    before = office.written()
    edit(office.root, f"{FIRST}.ipynb", "dua kali", "tiga kali")

    said = office.build()

    after = office.written()
    assert said == [COMPOSED, SEARCHED]
    assert FIRST in {page for page in after if after[page] != before[page]}
    assert SECOND not in {page for page in after if after[page] != before[page]}
    assert "tiga kali" in office.page(FIRST)
    assert office.searched() == {
        "keys": 2,
        "people": 2,
        "scripts": 2,
    }  # the page, and the index of the search


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (f"{FIRST}.ipynb", "Ketuk pintu dahulu.", "Ketuk pintu dua kali."),
        (f"{SECOND}.ipynb", "# Melepas warga", "# Mengantar warga"),
        ("modules/bantuan.yml", "label: ", "label: Posko "),
    ],
)
def test_what_is_built_again_is_byte_for_byte_what_a_first_build_gives(
    office: Office, tmp_path: Path, file: str, before: str, after: str
) -> None:
    edit(office.root, file, before, after)
    office.build()
    anew = Office(tmp_path / "anew")
    shutil.copytree(office.root, anew.root)

    anew.build()

    again = {name: content for name, (content, _) in office.published().items()}
    assert again == {name: content for name, (content, _) in anew.published().items()}


def test_a_file_put_back_from_a_copy_carries_an_old_time_and_is_shown_all_the_same(
    office: Office,
) -> None:
    edit(office.root, f"{FIRST}.ipynb", "Ketuk pintu dahulu.", "Ketuk pintu kemarin.")
    os.utime(office.root / f"{FIRST}.ipynb", (0, 0))

    office.build()

    assert "Ketuk pintu kemarin." in office.page(FIRST)


@pytest.mark.parametrize("damage", ["deleted", "changed", "half published"])
def test_what_happened_to_the_published_files_is_put_right(office: Office, damage: str) -> None:
    before = {name: content for name, (content, _) in office.published().items()}
    page = office.out / f"{FIRST}.html"
    match damage:
        case "deleted":
            page.unlink()
        case "changed":
            page.write_text("bukan situs ini", encoding="utf-8")
        case _:
            write(office.out, f"{WHOLE}/{FIRST}.html", "setengah")
            shutil.copy2(office.out / MANIFEST, office.out / WHOLE)

    said = office.build()

    assert said == [SEARCHED]  # no page is composed for it
    assert {name: content for name, (content, _) in office.published().items()} == before


def test_pages_of_a_build_that_was_killed_are_made_anew(office: Office) -> None:
    """Killed as soon as it composes; an edit undone afterwards leaves no trace of what the builder
    had read meanwhile.
    """
    before = {name: content for name, (content, _) in office.published().items()}
    edit(office.root, f"{FIRST}.ipynb", "Ketuk pintu dahulu.", "Ketuk pintu setengah jadi.")
    program = (
        "import sys; from pathlib import Path; from tests.site.small_course import Office;"
        " Office(Path(sys.argv[1])).loudly()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, office.place], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == COMPOSED
        process.kill()
    edit(office.root, f"{FIRST}.ipynb", "Ketuk pintu setengah jadi.", "Ketuk pintu dahulu.")

    said = office.build()

    assert said == [COMPOSED, SEARCHED]
    assert {name: content for name, (content, _) in office.published().items()} == before


@pytest.mark.parametrize(
    "damage", ["another program", "a page that somebody changed", "facts written by half"]
)
def test_pages_that_may_be_others_than_the_builder_left_are_forgotten(
    office: Office, damage: str
) -> None:
    content = kept.content_digest(office.root)
    assert kept.are_composed(office.work, content)
    match damage:
        case "another program":
            kept.note(
                office.work,
                "composed",
                kept.noted(office.work, "composed") | {"program": "yang lama"},
            )
        case "a page that somebody changed":
            (office.work / kept.PAGES / f"{FIRST}.html").write_text("diganti", encoding="utf-8")
        case _:
            (office.work / "_build/kept/composed.json").write_text(
                json.dumps({"pages": "?"})[:5], encoding="utf-8"
            )

    assert not kept.are_composed(office.work, content)

    assert not (office.work / kept.PAGES).exists()
    assert not (office.work / kept.READ).exists()


def test_a_person_new_in_the_register_is_looked_for_in_pages_that_did_not_change(
    office: Office,
) -> None:
    edit(office.root, f"{FIRST}.ipynb", "Ketuk pintu dahulu.", "Siti Aminah mengetuk pintu.")
    office.build()

    with pytest.raises(ContentFaulty, match=r"\(Siti Aminah\) - ganti"):
        office.build(Registered(names=frozenset({"Siti Aminah"})))

    # As before: a search that found somebody is not kept, and what was published before stays until
    # somebody mends the lesson.
    assert office.searched() == {"keys": 2, "people": 2, "scripts": 2}
    assert "Siti Aminah" in office.page(FIRST)


def test_pages_in_which_something_leaks_are_not_published_by_the_next_publishing_either(
    office: Office,
) -> None:
    """Documents of the office go out all the same, beside the pages that passed last: a revocation
    waits for no sentence.
    """
    edit(
        office.root, f"{FIRST}.ipynb", "Ketuk pintu dahulu.", "Warga berhak tahu siapa yang datang."
    )
    with pytest.raises(ContentFaulty, match="Situs tidak diterbitkan"):
        office.build()

    publish_again(office.work, office.out, {"status.json": b"{}"}, lambda _: None)

    assert (office.out / "status.json").read_bytes() == b"{}"
    assert "Warga berhak tahu" not in office.page(FIRST)


def test_where_no_pages_ever_passed_nothing_is_published(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"ada situs.*psm build"):
        publish_again(tmp_path / "lain", office.out, {}, lambda _: None)


def test_what_jupyterlab_lays_down_beside_the_quizzes_stops_no_build(office: Office) -> None:
    (office.root / "quizzes" / ".ipynb_checkpoints").mkdir(parents=True)
    edit(office.root, f"{FIRST}.ipynb", "Ketuk pintu dahulu.", "Ketuk pintu sebentar.")

    office.build()

    assert "sebentar" in office.page(FIRST)


def test_the_lock_of_an_editor_among_the_quizzes_stops_no_build(office: Office) -> None:
    """Emacs lays down a link that leads nowhere while a file is being written."""
    for place in (
        "quizzes/.#x.yml",
        "modules/.#bantuan.yml",
        f"{FIRST.rpartition('/')[0]}/.#01-salam.ipynb",
        "book/.#istilah.md",
    ):
        (office.root / place).parent.mkdir(exist_ok=True)
        (office.root / place).symlink_to("orang@meja.4711")
    edit(office.root, f"{FIRST}.ipynb", "Ketuk pintu dahulu.", "Ketuk pintu sebentar.")

    office.build(Registered(names=frozenset({"Siti Aminah"})))

    assert (
        check_course(office.root, date(2026, 11, 28), measure=False).problems
        == check_course(without_locks(office.root), date(2026, 11, 28), measure=False).problems
    )
    assert "sebentar" in office.page(FIRST)


def without_locks(root: Path) -> Path:
    for lock in [path for path in root.rglob(".#*") if path.is_symlink()]:
        lock.unlink()
    return root


@pytest.mark.parametrize("place", ["gambar/pintu.svg", "../bersama/pintu.svg"])
def test_a_picture_from_outside_the_folders_of_the_content_is_shown_as_it_is_now(
    office: Office, place: str
) -> None:
    write(
        office.root,
        place,
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>lama</title></svg>',
    )
    edit(office.root, f"{FIRST}.ipynb", "Ketuk pintu dahulu.", f"![Pintu](../../{place})")
    office.build()
    assert office.build() == []
    write(
        office.root,
        place,
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>baru</title></svg>',
    )

    said = office.build()

    assert said == [COMPOSED, SEARCHED]
    assert [b"baru" in picture.read_bytes() for picture in office.out.rglob("pintu*.svg")] == [True]


def test_whoever_publishes_documents_hears_that_a_build_is_under_way(office: Office) -> None:
    waits = Event()
    said: list[str] = []

    def say(sentence: str) -> None:
        said.append(sentence)
        waits.set()

    with kept.only_one(office.work, BUILDING):
        thread = Thread(
            target=publish_again, args=(office.work, office.out, {"status.json": b"{}"}, say)
        )
        thread.start()
        assert waits.wait(30)
    thread.join(30)

    assert said == [Contains("Menunggu penyusunan situs")]
    assert (office.out / "status.json").is_file()


def test_what_was_made_of_files_is_remembered_by_what_they_hold(office: Office) -> None:
    with kept.remembering(office.work, "uji") as memory:
        first = check_course(office.root, date(2026, 11, 28), memory=memory)
    asked = set(memory.used)
    edit(
        office.root,
        f"{FIRST}.ipynb",
        "Ketuk pintu dahulu.",
        "Ketuk pintu dahulu. Lihat [catatan](tidak-ada.md).",
    )
    os.utime(office.root / f"{FIRST}.ipynb", (0, 0))

    with kept.remembering(office.work, "uji") as memory:
        second = check_course(office.root, date(2026, 11, 28), memory=memory)

    assert second.problems == check_course(office.root, date(2026, 11, 28)).problems
    assert [problem for problem in second.problems if "tidak-ada.md" in problem.message]
    # The lesson that was read, and what it says by itself.
    assert len(set(memory.used) - asked) == 2
    edit(office.root, f"{FIRST}.ipynb", " Lihat [catatan](tidak-ada.md).", "")
    with kept.remembering(office.work, "uji") as memory:
        assert (
            check_course(office.root, date(2026, 11, 28), memory=memory).problems == first.problems
        )


@pytest.mark.parametrize("damage", ["cut short", "of another program"])
def test_what_cannot_be_trusted_is_not_remembered(office: Office, damage: str) -> None:
    with kept.remembering(office.work, "uji") as memory:
        memory.recall("uji", ["a"], lambda: "dahulu")
    path = office.work / "ingatan/uji"
    written = path.read_bytes()
    path.write_bytes(
        written[:-1] if damage == "cut short" else hashlib.sha256(b"lain").digest() + written[32:]
    )

    with kept.remembering(office.work, "uji") as memory:
        assert memory.recall("uji", ["a"], lambda: "sekarang") == "sekarang"


def test_pages_are_searched_again_where_a_quiz_was_changed_while_they_were_built(
    office: Office,
) -> None:
    edit(office.root, f"{FIRST}.ipynb", "Ketuk pintu dahulu.", "Ketuk pintu dua kali.")
    course, _ = read_course(office.root)
    assert course is not None
    before = kept.noted(office.work, "clean-keys")
    with building(office.root, office.work, lambda _: None) as begun:
        site = Site(begun)
        site.begin()
        write(office.root, "quizzes/baru.yml", "id: baru")
        site.build(course, Order(office.out, {}, Registered()))

    assert kept.noted(office.work, "clean-keys") == before


def test_what_was_changed_while_it_was_built_is_built_again(office: Office) -> None:
    edit(office.root, f"{FIRST}.ipynb", "Ketuk pintu dahulu.", "Ketuk pintu pelan.")
    course, _ = read_course(office.root)
    assert course is not None
    order = Order(office.out, {}, Registered())
    with building(office.root, office.work, lambda _: None) as begun:
        site = Site(begun)
        site.begin()
        edit(office.root, f"{SECOND}.ipynb", "Pamit dengan baik.", "Pamit dengan santun.")
        site.build(course, order)

    office.build()

    assert ("pelan" in office.page(FIRST), "santun" in office.page(SECOND)) == (True, True)


def test_a_second_build_waits_for_the_first(office: Office) -> None:
    waits = Event()
    said: list[str] = []

    def say(sentence: str) -> None:
        said.append(sentence)
        waits.set()

    def second() -> None:
        with building(office.root, office.work, say):
            said.append("mulai")

    with kept.only_one(office.work, BUILDING):
        thread = Thread(target=second)
        thread.start()
        assert waits.wait(30)
        assert said == [Contains("Menunggu penyusunan situs")]
    thread.join(30)

    assert said[1:] == ["mulai"]
