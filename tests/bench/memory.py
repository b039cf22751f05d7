"""The most memory a program takes. `python -m tests.bench.memory grade …` runs `psm grade …` and
says it on standard error.

Linux's getrusage does not do: after fork and exec its figure begins with what the parent held.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from psm_course.cli.main import run


def peak(process: int | str = "self") -> float:
    """Megabytes at most, of this program alone, or of another one that runs."""
    held = re.search(
        r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    )
    assert held is not None
    return int(held.group(1)) / 1024


def peak_of_psm(*arguments: str, cwd: Path | None = None) -> float:
    """The same of a `psm` command in a process of its own. What it prints is thrown away."""
    command = [sys.executable, "-m", "tests.bench.memory", *arguments]
    ran = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True, cwd=cwd
    )
    return float(ran.stderr.splitlines()[-1])


if __name__ == "__main__":
    run(sys.argv[1:])
    print(peak(), file=sys.stderr)
