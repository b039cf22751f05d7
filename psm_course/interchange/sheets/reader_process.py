"""The process that reads one workbook, or the tables of one .docx: run as a module, it takes the file and gives its sheets as JSON.

Whatever a stranger's file makes calamine, zipfile or expat do, it is done here, within limits of memory and time.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from psm_course.interchange.sheets.appearance import Appearance
from psm_course.interchange.sheets.sheet_size import is_too_large
from psm_course.interchange.sheets.unreadable_file import ZIP
from psm_course.interchange.sheets.workbook import workbook_rows
from psm_course.interchange.sheets.xml.docx_tables import docx_tables
from psm_course.interchange.sheets.xml.ods_appearance import ods_appearances
from psm_course.interchange.sheets.xml.xlsx_appearance import xlsx_appearances

MOST_MEMORY = 1_500 * 1024 * 1024
LONGEST_SECONDS = 60


def read(content: bytes) -> Any:
    """`[[name, rows, is hidden, appearance or None], …]`; None for a workbook that unfolds into more than we would ever read."""
    if not content.startswith(ZIP):
        return [[*sheet, None] for sheet in workbook_rows(content)]
    if is_too_large(content):
        return None
    rows, seen = workbook_rows(content), {**xlsx_appearances(content), **ods_appearances(content)}
    return [[name, cells, is_hidden, _as_json(seen[name]) if name in seen else None] for name, cells, is_hidden in rows]


def read_word(content: bytes) -> Any:
    """The same for the tables of a .docx, which have no names."""
    return None if is_too_large(content) else [["", table, False, None] for table in docx_tables(content)]


READERS = {"workbook": read, "word": read_word}


def _as_json(appearance: Appearance) -> dict[str, Any]:
    """Sets as lists; of failed formulas the place and what is shown."""
    written = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(appearance).items()}
    return written | {"failed": sorted(appearance.failed.items())}


def _limit() -> None:
    """Where the system can: Windows refuses to give so much by itself."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS))


def main() -> None:
    """The argument names the reader, standard input holds the file, standard output gets the JSON.

    A file that cannot be read ends the process with an error.
    """
    _limit()
    sys.stdout.buffer.write(json.dumps(READERS[sys.argv[1]](sys.stdin.buffer.read())).encode())


if __name__ == "__main__":
    main()
