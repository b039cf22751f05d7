"""The shim `shim.c`: compiled once a session,
and what the environment of a program is that runs under it. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from tests.needs import COMPILER

SOURCE = Path(__file__).with_suffix(".c")


@lru_cache(maxsize=1)
def compiled() -> Path:
    """The library; a third of a second, once in every process that asks."""
    made = Path(tempfile.mkdtemp(prefix="psm-faults-")) / "shim.so"
    options = [
        "-shared",
        "-fPIC",
        "-O2",
        "-Wall",
        "-U_FORTIFY_SOURCE",
        "-o",
        str(made),
        str(SOURCE),
        "-ldl",
        "-pthread",
    ]
    subprocess.run([COMPILER.require(), *options], check=True)
    return made


def _environment(under: Path, **settings: str | Path) -> dict[str, str]:
    asked = {f"PSM_FAULTS_{name.upper()}": str(value) for name, value in settings.items()}
    return os.environ | {"LD_PRELOAD": str(compiled()), "PSM_FAULTS_UNDER": str(under)} | asked


def traced(under: Path, trace: Path) -> dict[str, str]:
    """The environment of a program whose changes below a folder, and answers, are written down."""
    return _environment(under, trace=trace)


def with_room(under: Path, room: int) -> dict[str, str]:
    """The environment of a program that finds `room` bytes on the disk."""
    return _environment(under, room=str(room))


def killed_at(under: Path, change: int, first: str = "") -> dict[str, str]:
    """The environment of a program that is killed when it is about
    to make its so manieth change below a folder.

    `first`: a file there; changes are counted from the first writing into it on.
    """
    return _environment(under, kill=str(change)) | _from(first)


def counted(under: Path, spent: Path, first: str = "") -> dict[str, str]:
    """The environment of a program that at its end says in a file how many bytes it took, and how
    many changes it made from `first` on.
    """
    return _environment(under, spent=spent) | _from(first)


def _from(first: str) -> dict[str, str]:
    return {"PSM_FAULTS_FIRST": first} if first else {}


def full_while(under: Path, there: Path) -> dict[str, str]:
    """The environment of a program for which the disk is full while a file is there."""
    return _environment(under, full=there)
