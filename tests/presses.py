"""Presses that print for one test after another: to start one, and to read the typeface in it,
takes longer than most documents.

A press that was stopped in the middle of a document,
or has printed a good many, is ended as it always is.
"""

from __future__ import annotations

import json
import subprocess
import threading
import weakref
from typing import IO, cast

from psm_course.printing import typesetting
from psm_course.printing.typesetting import Template, Unprintable, Untypeset

_MOST = 100  # documents, for a press keeps of each what the next may need
_Press = subprocess.Popen[bytes]
_pipes, _ordered, _end = Template._pipes, Template._ordered, typesetting._end
_lock = threading.RLock()  # a template may be cleared away while this thread holds it
_idle: dict[str, list[_Press]] = {}  # by what is said to a press at first: the logo
_kind: weakref.WeakKeyDictionary[_Press, str] = weakref.WeakKeyDictionary()
_printed: weakref.WeakKeyDictionary[_Press, int] = weakref.WeakKeyDictionary()
_busy: weakref.WeakSet[_Press] = weakref.WeakSet()


def share_presses() -> None:
    """From now on a press of this process that a template no longer needs waits
    for the next one with the same logo.
    """
    Template._pipes = _pipes_of_any  # type: ignore[method-assign]
    Template._ordered = _ordered_and_done  # type: ignore[method-assign]
    typesetting._end = _put_by


def end_presses() -> None:
    """All that wait; and from now on none is put by."""
    typesetting._end, ended = _end, [press for presses in _idle.values() for press in presses]
    _idle.clear()
    _kind.clear()
    for press in ended:
        _end(press)


def _pipes_of_any(self: Template) -> tuple[IO[bytes], IO[bytes]]:
    if self._process is None:
        self._process = _idle_one(json.dumps(self._inputs))
        if self._process is not None:
            weakref.finalize(self, typesetting._end, self._process)
    pipes = _pipes(self)
    press = self._process
    assert press is not None
    _kind[press], _printed[press] = json.dumps(self._inputs), _printed.get(press, 0) + 1
    _busy.add(press)
    return pipes


def _ordered_and_done(self: Template, source: str, dated: int) -> bytes:
    """Whatever else is raised leaves the press busy, and nobody else gets it."""
    try:
        pdf = _ordered(self, source, dated)
    except (Unprintable, Untypeset):
        _busy.discard(cast("_Press", self._process))
        raise
    _busy.discard(cast("_Press", self._process))
    return pdf


def _idle_one(kind: str) -> _Press | None:
    with _lock:
        while waiting := _idle.get(kind):
            press = waiting.pop()
            if press.poll() is None:
                return press
            _end(press)
    return None


def _put_by(process: _Press) -> None:
    with _lock:
        kind = _kind.get(process)
        if (
            kind is not None
            and process not in _busy
            and process.poll() is None
            and _printed[process] < _MOST
        ):
            _idle.setdefault(kind, []).append(process)
            return
    _end(process)
