"""Run commands of `psm` one after the other where our modules find nothing
of what Windows does not have.

`python -m tests.windowless` reads a command a line, as JSON, and prints what each came to. Every
module of the package is imported first. It is no Windows:
paths, locks and consoles are still Linux's.
"""

from __future__ import annotations

import builtins
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

from tests import msvcrt_on_linux
from tests.conftest import ROOT

_MODULES = {"fcntl", "grp", "pwd", "resource", "syslog", "termios", "tty", "pty", "crypt", "spwd"}
_import = builtins.__import__


def _only_what_windows_has(name: str, *around: Any, **named: Any) -> ModuleType:
    """In the place of `__import__`, whose first argument after the name is who asks."""
    asks = str(((around[0] if around else named.get("globals")) or {}).get("__name__", ""))
    if name in _MODULES and asks.startswith("psm_course"):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return _import(name, *around, **named)


def _take_away() -> None:
    """From our own modules alone: the libraries here are those for Linux."""
    sys.modules["msvcrt"] = msvcrt_on_linux
    builtins.__import__ = _only_what_windows_has


def _import_everything() -> int:
    names = [
        found.name
        for found in walk_packages([str(ROOT / "psm_course")], "psm_course.")
        if "migrations" not in found.name
    ]
    return len([import_module(name) for name in names])


if __name__ == "__main__":
    _take_away()
    print(_import_everything())
    from psm_course.cli.main import run

    for line in sys.stdin:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(json.loads(line))
        print(json.dumps([code, out.getvalue(), err.getvalue()]))
