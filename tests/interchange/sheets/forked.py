"""Workbooks read in a copy of this process: as apart as the product's own way, without a Python begun anew for each of many examples."""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest

from psm_course.interchange.sheets import sheets, subprocess_reader
from psm_course.interchange.sheets.reader_process import LONGEST_SECONDS, MOST_MEMORY, read
from psm_course.interchange.sheets.subprocess_reader import ReadSheet, sheets_of


@contextmanager
def read_in_copies() -> Iterator[None]:
    """While the block runs, workbooks are read by the same function under the same limits, in a copy of this process.

    What the process of its own does more, `test_sheets` and the old workbooks of `test_anything` see.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "read_apart", _read_in_a_copy)
        yield


def _read_in_a_copy(content: bytes) -> list[ReadSheet]:
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        _answer(content, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        answer = said.read()
    _, status = os.waitpid(process, 0)
    if status:
        raise subprocess_reader.Unreadable
    return sheets_of(answer)


def _answer(content: bytes, writing: int) -> NoReturn:
    """The memory that this process has already is not the workbook's."""
    try:
        most = _address_space() + MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS))
        answer: Any = json.dumps(read(content)).encode()
        with os.fdopen(writing, "wb") as said:
            said.write(answer)
    except BaseException:  # calamine panics with no Exception, and a copy of a test must never go on
        os._exit(1)
    os._exit(0)


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as sizes:  # noqa: PTH123 - no path of ours
        return int(sizes.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
