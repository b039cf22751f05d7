"""The main program's side of the box, the child process that reads files from outside.

    with open_box() as box:
        for sheet in box.read("workbook", content): ...

A harmful file can only end that process. One process serves a whole command or upload. If a file
ends the process, or asks for too much, `NotRead` is raised for that file, and the next file gets a
new process. Answers are not trusted: they are JSON of a bounded size, and nothing else.
"""

import json
import math
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, Literal

from psm_course.box.kinds import KINDS
from psm_course.box.limits import LONGEST, MOST_MEMORY
from psm_course.errors import PsmError

Why = Literal["said", "memory", "time", "output", "broken"]
_HALF_SENTENCES: dict[Why, str] = {
    "memory": f"meminta lebih dari {MOST_MEMORY // 1_000_000} MB memori untuk dibaca",
    "time": f"belum selesai dibaca dalam {LONGEST} detik",
    "output": "memuat lebih banyak daripada yang dapat dibaca sekaligus",
    "broken": "rusak atau bukan berkas yang dimaksud",
}
_LONGEST_SENTENCE = 2_000  # letters
_HEAD = 5  # bytes before the JSON of a frame
_LOOK_EVERY = 0.2  # seconds
# Of the surroundings only what a Python needs to start: no password of a database, no passphrase.
_SURROUNDINGS = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "HOME",
    "USERPROFILE",
    "LANG",
    "LC_ALL",
)
# glibc would reserve 64 MB of addresses for a second thread.
_ONE_ARENA = {"MALLOC_ARENA_MAX": "1"}


class NotRead(PsmError):
    """A file was not read, or not completely. `why` is the kind of failure.

    If `why` is `said`, the function that reads this kind of file refused it, and `str()` is the
    sentence of that refusal. Otherwise `str()` is the second half of a sentence that begins with
    "berkas ini".
    """

    def __init__(self, why: Why, sentence: str = "") -> None:
        super().__init__(sentence or _HALF_SENTENCES.get(why, _HALF_SENTENCES["broken"]))
        self.why = why

    @property
    def asks_too_much(self) -> bool:
        """True if reading took too much memory or time, or gave too much output.

        Such a file may be fine, but too large for us.
        """
        return self.why in ("memory", "time", "output")


class Box:
    """Reads files from outside in a child process with limits, one file at a time.

    A harmful file can break only that process. Use a box in the thread that made it.
    """

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self._process: subprocess.Popen[bytes] | None = None
        self._watchdog: _Watchdog | None = None
        self._is_reading = False

    def read(self, kind: str, content: bytes, **told: Any) -> Iterator[Any]:
        """Read a file in the child process, and yield each value as soon as it arrives.

        Args:
            kind: a name in `kinds.KINDS`, which maps it to the function that reads the file.
            content: the bytes of the file.
            told: further arguments of that function, sent as JSON.

        Raises:
            NotRead: the file cannot be read, or not to its end. Values that came before are valid.
        """
        if self._is_reading:
            raise RuntimeError("the box reads one file at a time")
        self._is_reading, end = True, dict[str, Any]()
        try:
            end = yield from self._answers(kind, content, told)
        finally:
            self._is_reading = False
            if end.get("stays") is not True:  # or nobody wanted to hear the end
                self.close()
        if end.get("why") != "done":
            raise _unread(end)

    def read_one(self, kind: str, content: bytes, **told: Any) -> Any:
        """Read a file in the child process, and return its only value.

        The arguments are those of `read`.

        Raises:
            NotRead: the file was not read, or there is not exactly one value.
        """
        values = list(self.read(kind, content, **told))
        if len(values) != 1:
            raise NotRead("broken")
        return values[0]

    def close(self) -> None:
        """End the process at once, even in the middle of a file."""
        process, self._process = self._process, None
        if self._watchdog is not None:
            self._watchdog.stop()
        if process is not None:
            process.kill()
            with suppress(OSError, ValueError):
                process.communicate()

    def _answers(
        self, kind: str, content: bytes, told: dict[str, Any]
    ) -> Generator[Any, None, dict[str, Any]]:
        """Send a file to the process, and yield the values that the process sends back.

        The generator returns the last message of the process, a dict: `why` tells if the file was
        read to its end ("done"), or why not; `stays` is True if the process can read another file.
        """
        (process, watchdog), left = self._started(), KINDS[kind].most
        watchdog.begin_file()
        head = json.dumps({"kind": kind, "size": len(content), "told": told}).encode() + b"\n"
        with watchdog, suppress(OSError):  # one that has ended says so below
            process.stdin.write(head + content)  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
        while True:
            letter, written = _frame(process, watchdog, left)
            left -= len(written)
            value = _parsed(written)
            if letter != b"v":
                return value if isinstance(value, dict) else {}
            yield value

    def _started(self) -> "tuple[subprocess.Popen[bytes], _Watchdog]":
        if self._process is None or self._watchdog is None:
            command = [sys.executable, "-P", "-m", "psm_course.box.child"]
            env = {
                name: os.environ[name] for name in _SURROUNDINGS if name in os.environ
            } | _ONE_ARENA
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=pipe, stdout=pipe, stderr=nowhere, env=env
            )
            self._watchdog = _Watchdog(self._process)
        return self._process, self._watchdog


def _frame(
    process: "subprocess.Popen[bytes]", watchdog: "_Watchdog", most: int
) -> tuple[bytes, bytes]:
    with watchdog:
        head = process.stdout.read(_HEAD)  # type: ignore[union-attr]
        size = struct.unpack(">xI", head)[0] if len(head) == _HEAD else 0
        if size > most:
            raise NotRead("output")
        written = process.stdout.read(size) if size else b""  # type: ignore[union-attr]
    if not size or len(written) < size:
        raise NotRead("time" if watchdog.has_killed else _cause_of_death(process))
    return head[:1], written


class _Watchdog:
    """Kills the box's process when one file takes too long.

    Only the time inside `with watchdog:` counts: then the main program waits for the process. The
    main program's own work between two messages of the process does not count.

    Each process has one watchdog thread, which checks the time every `_LOOK_EVERY` seconds. This is
    cheaper than a new timer for each message from the process: to start timers takes longer than to
    read a certificate.
    """

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.has_killed = False
        self._left, self._since, self._until = 0.0, 0.0, math.inf
        self._process, self._is_over = process, threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def begin_file(self) -> None:
        """Give the process `LONGEST` seconds for the next file."""
        self._left = float(LONGEST)

    def __enter__(self) -> None:
        self._since = time.monotonic()
        self._until = self._since + self._left

    def __exit__(self, *_: object) -> None:
        self._until = math.inf
        self._left = max(0.0, self._left - (time.monotonic() - self._since))

    def stop(self) -> None:
        """End the thread of the watchdog."""
        self._is_over.set()

    def _watch(self) -> None:
        while not self._is_over.wait(_LOOK_EVERY):
            if time.monotonic() > self._until:
                self.has_killed = True
                self._process.kill()
                return


def _cause_of_death(process: "subprocess.Popen[bytes]") -> Why:
    """Return the reason why the process ended: `memory`, `time` or `broken`.

    SIGABRT and SIGKILL count as `memory`: a library that gets no memory may abort, and a system
    without memory kills the process.
    """
    code = -process.wait()
    if code in {getattr(signal, name, 0) for name in ("SIGABRT", "SIGKILL")} - {0}:
        return "memory"
    return "time" if code == getattr(signal, "SIGXCPU", None) else "broken"


def _parsed(written: bytes) -> Any:
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        raise NotRead("broken") from None


def _unread(end: Mapping[str, Any]) -> NotRead:
    why, sentence = end.get("why"), str(end.get("sentence", ""))[:_LONGEST_SENTENCE]
    if why == "said":
        return NotRead("said", sentence)
    return NotRead("memory" if why == "memory" else "broken")


_open: ContextVar[Box | None] = ContextVar("box", default=None)


@contextmanager
def open_box() -> Iterator[Box]:
    """Yield the open box of this thread; if there is none, yield a new box.

    A new box is closed at the end of the `with` block. Its process starts with the first file.
    """
    outer = _open.get()
    if outer is not None and outer.thread == threading.get_ident():
        yield outer
        return
    box = Box()
    token = _open.set(box)
    try:
        yield box
    finally:
        _open.reset(token)
        box.close()
