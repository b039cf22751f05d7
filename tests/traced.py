"""Run `psm` as it is, and write down what it loaded and which files it opened: `python -m
tests.traced FILE serve --port 8765`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

if __name__ == "__main__":
    into, opened = Path(sys.argv[1]), set[str]()

    def note(event: str, told: tuple[object, ...]) -> None:
        if event == "open" and isinstance(told[0], (str, bytes, os.PathLike)):
            opened.add(os.path.realpath(os.fsdecode(told[0])))

    sys.addaudithook(note)
    sys.argv = ["psm", *sys.argv[2:]]
    from psm_course.cli.main import main

    try:
        main()
    finally:
        into.write_text(
            json.dumps({"modules": sorted(sys.modules), "opened": sorted(opened)}), encoding="utf-8"
        )
