"""A process that gives every file of a folder to whoever reads such files,
one after the other, with one box for all.

For each it prints a line of JSON: what was said to the person who sent it, and the most memory this
process had meanwhile (kB). The last line is the most memory that any process in the box had. Run as
a module: the folder, and the seconds a file may take.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from psm_course.box import box
from psm_course.credentials.verification.handed import boxed
from psm_course.credentials.verification.published import Published
from psm_course.credentials.verification.verification import verify
from psm_course.errors import Refused
from psm_course.grading.submission import NotASubmission, read_submission
from psm_course.interchange.answer_files import answers_in
from psm_course.interchange.people.roster import read_roster
from psm_course.interchange.sheets.sheets import SheetFile
from psm_course.registrar.log.checkpoints import search_checkpoints
from psm_course.settings import Settings
from tests.builders import REGION


def said_of(path: Path) -> str:
    """By the folder a file lies in: the road by which it would come."""
    road, name, content = path.parent.name, path.name, path.read_bytes()
    if road == "sheets":
        try:
            read = read_roster(REGION, SheetFile(name, content))
        except Refused as refused:
            return str(refused)
        return "; ".join(
            str(each) for each in (*read.problems[:3], *read.questions[:3], *read.notes[:3])
        )
    if road == "answers":
        said = list(_said_of_answers(name, content))
        return "; ".join([*said[:1], *said[1:][-1:]]) or "Tidak ada jawaban di berkas ini."
    if road == "handed":
        return verify(content, Published(()), datetime(2026, 11, 29, tzinfo=UTC), boxed).reason
    return "; ".join(
        search_checkpoints(Settings().rehearsal(path.parent / "kantor"), [path]).troubles
    )


def _said_of_answers(name: str, content: bytes) -> Iterator[str]:
    for answers in answers_in(name, content):
        yield from answers.troubles
        for place, document in answers.documents:
            try:
                read_submission(document)
            except NotASubmission as refused:
                yield f"{place}: {refused}"


def most_memory() -> int:
    """Of this process since it was last asked, in kB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def main() -> None:
    folder, box.LONGEST = Path(sys.argv[1]), int(sys.argv[2])
    with box.open_box():
        for path in sorted(each for each in folder.glob("*/*") if each.is_file()):
            most_memory()
            said = said_of(path)
            print(json.dumps([f"{path.parent.name}/{path.name}", said, most_memory()]), flush=True)
    print(json.dumps(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))


if __name__ == "__main__":
    main()
