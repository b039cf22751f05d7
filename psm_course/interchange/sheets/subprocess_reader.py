"""Read an .xls in a process of its own: run as a module, it takes the file and gives the sheets as JSON.

An .xls may claim a cell in column 65,535; calamine then asks for 100 GB and its process ends. Ours must not be that process,
and, unlike in an .xlsx, the addresses cannot be seen before: they stand in records anywhere in a file system of its own.
"""

import json
import subprocess
import sys
from typing import Any

from psm_course.interchange.sheets.workbook import workbook_rows

MOST_MEMORY = 1_500 * 1024 * 1024
LONGEST_SECONDS = 60


def read_apart(content: bytes) -> list[tuple[str, list[list[str]], bool]] | None:
    """Name and rows of each sheet, and whether it is hidden; None when the file cannot be read, for whatever reason."""
    command = [sys.executable, "-P", "-m", __name__]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=LONGEST_SECONDS, check=True)  # noqa: S603 - our own module
    except (subprocess.SubprocessError, OSError):
        return None
    return [(name, rows, is_hidden) for name, rows, is_hidden in json.loads(done.stdout)]


def _limit_memory() -> None:
    """Where the system can: Windows refuses such a request by itself."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _main() -> None:
    _limit_memory()
    sheets: list[Any] = workbook_rows(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(sheets).encode())


if __name__ == "__main__":
    _main()
