"""Write answers, and dates of asking, into the text of the review ledger.

Comments and all other text stay as they are.
"""

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from psm_course.authoring.yaml_edit import end_of_block, inserted, quoted, reads_as
from psm_course.authoring.yaml_source import Source, read_text
from psm_course.content.review import REVIEW_FILE, Answer
from psm_course.errors import Refused


def with_answers(text: str, answers: Mapping[str, Answer]) -> str:
    """Add answers (by entry id) to the text of the ledger; return the new text.

    Raises:
        Refused: an entry is written in a way that the program cannot add to.
    """
    return _with_keys(
        text, {name: ("answer", _written(answer)) for name, answer in answers.items()}
    )


def with_asked(text: str, asked: Mapping[str, date]) -> str:
    """Add the dates of asking (by entry id) to the text of the ledger; return the new text.

    Raises:
        Refused: an entry is written in a way that the program cannot add to.
    """
    return _with_keys(text, {name: ("asked_on", on.isoformat()) for name, on in asked.items()})


def _written(answer: Answer) -> dict[str, str]:
    written = {"on": answer.on.isoformat(), "by": answer.by, "verdict": str(answer.verdict)}
    return written | ({"text": answer.text} if answer.text else {})


def _with_keys(text: str, new: Mapping[str, tuple[str, Any]]) -> str:
    """Add a key and its value at the end of some entries; return the new text of the ledger.

    `new` has the key and the value by entry id. Refused if the new text, read again, would not be
    the old ledger with these keys added.
    """
    source = read_text(text, Source(REVIEW_FILE.as_posix()))
    expected: Any = copy.deepcopy(source.tree)
    lines = text.split("\n")
    # From the end: added lines then move no entry that is still to come.
    for index in reversed(range(len(expected["entries"]))):
        entry = expected["entries"][index]
        if entry["id"] not in new:
            continue
        key, value = new[entry["id"]]
        entry[key] = value
        line, column = source.positions["entries", index]
        added = (
            [f"{key}: {value}"]
            if isinstance(value, str)
            else [f"{key}:", *(f"  {name}: {quoted(said)}" for name, said in value.items())]
        )
        lines = inserted(lines, end_of_block(lines, line, column - 1), column - 1, added)
    changed = "\n".join(lines)
    if not reads_as(changed, REVIEW_FILE.as_posix(), expected):
        raise Refused(
            f"{REVIEW_FILE.as_posix()} ditulis dengan cara yang tidak dapat dilengkapi sendiri."
            " Tidak ada yang dicatat; isi dengan tangan."
        )
    return changed
