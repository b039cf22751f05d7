"""The site's modules in Node, as they are written: no bundle, no browser. One process answers for a
whole file of tests.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.needs import NODE

_SCRIPT = Path(__file__).with_name("unbundled.mjs")


class Modules:
    """The functions that `unbundled.mjs` knows, asked by their names."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def call(self, name: str, *arguments: Any) -> Any:
        """Call one with JSON, and get what it gives as JSON."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([name, arguments]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def unbundled(script: Path = _SCRIPT, *arguments: str) -> Iterator[Modules]:
    """The modules that a script of tests makes known, for as long as the process runs."""
    with subprocess.Popen(
        [str(NODE.require()), str(script), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Modules(process)
        assert process.stdin is not None
        process.stdin.close()
