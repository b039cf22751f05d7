"""The box itself: one process for many files, a new one when it was ended, nothing left over."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.box import box as ours
from psm_course.box.box import Box, NotRead, open_box
from psm_course.box.kinds import KINDS, Kind
from tests.box.other_bombs import objects_within_objects
from tests.box.sheet_bombs import an_old_far_cell, long_words_in_many_cells

CSV = b"Nama;Kelurahan\nSiti;Depok\n"
READ = ["", [["Nama", "Kelurahan"], ["Siti", "Depok"]], [2, 2], False, None]


def children() -> set[str]:
    """The processes that this thread has started and not yet waited for."""
    path = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    return set(path.read_text(encoding="ascii").split())


@pytest.fixture
def box() -> Box:
    return Box()


def test_one_process_reads_file_after_file_and_is_gone_at_the_end(box: Box) -> None:
    before = children()

    assert box.read_one("delimited", CSV) == READ
    first = children() - before
    assert box.read_one("delimited", CSV) == READ

    assert len(first) == 1
    assert children() - before == first
    box.close()
    assert children() == before


def test_a_file_that_ends_the_process_gets_its_sentence_and_the_next_one_is_read(box: Box) -> None:
    with pytest.raises(NotRead) as unread:
        box.read_one("workbook", an_old_far_cell())

    assert (unread.value.why, str(unread.value)) == (
        "memory",
        Contains("lebih dari 300 MB"),
    )
    assert box.read_one("delimited", CSV) == READ
    box.close()


def test_a_file_that_is_refused_in_a_sentence_costs_no_process(box: Box) -> None:
    box.read_one("delimited", CSV)
    before = children()

    with pytest.raises(NotRead) as unread:
        box.read_one("delimited", b'"' + b"a" * 200_000)

    assert (unread.value.why, str(unread.value)) == (
        "said",
        Contains("bukan CSV", "sebagai .xlsx"),
    )
    assert children() == before
    box.close()


def test_a_file_that_is_read_too_long_is_stopped(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "LONGEST", 1)

    with pytest.raises(NotRead) as unread:
        list(box.read("answers", objects_within_objects(), name="a.txt"))

    assert unread.value.why == "time"
    monkeypatch.undo()
    assert box.read_one("delimited", CSV) == READ
    box.close()


def test_a_file_that_comes_to_too_much_is_not_taken_over(box: Box) -> None:
    with pytest.raises(NotRead) as unread:
        list(box.read("workbook", long_words_in_many_cells()))

    assert unread.value.why == "output"
    box.close()


def test_a_file_read_half_leaves_nothing_of_it_to_the_next_one(box: Box) -> None:
    values = box.read("answers", b'{"a":1}\n' * 150_000, name="a.txt")
    next(values)
    values.close()

    assert box.read_one("delimited", CSV) == READ
    box.close()


def test_within_an_open_box_nobody_opens_another_but_in_another_thread_one_does() -> None:
    seen: list[Box] = []

    def look() -> None:
        with open_box() as other:
            seen.append(other)

    with open_box() as outer:
        look()
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    assert seen[0] is outer
    assert seen[1] is not outer


def test_the_process_does_not_know_what_is_secret_to_ours(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSM_DATABASE", "postgresql://petugas:rahasia@localhost/psm")
    before = children()
    box.read_one("delimited", CSV)
    (process,) = children() - before

    assert b"rahasia" not in Path(f"/proc/{process}/environ").read_bytes()
    box.close()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_a_reader(kind: Kind) -> None:
    module, _, name = kind.reader.partition(":")

    assert callable(getattr(import_module(module), name))


ASKS = """
import sys
from psm_course.box.box import Box
from tests.box.other_bombs import objects_within_objects
box = Box()
box.read_one("delimited", b"a")
print(box._process.pid, flush=True)
list(box.read("answers", objects_within_objects(), name="a.txt"))
"""


def test_a_program_that_is_killed_leaves_no_process_behind() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ASKS], stdout=subprocess.PIPE, text=True
    ) as asking:
        assert asking.stdout is not None
        reading = int(asking.stdout.readline())
        assert Path(f"/proc/{reading}").exists()
        asking.send_signal(signal.SIGKILL)

    while _runs(reading):
        time.sleep(0.01)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2][0]
    except OSError:
        return False
    return state != "Z"  # whoever adopted it may not have looked yet
