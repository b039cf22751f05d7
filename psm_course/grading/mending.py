"""Repairs a hand-in that a messenger (such as WhatsApp) damaged.

Lines may be broken, quotation marks may be curly, and the text may be cut into two messages with
other people's messages between them. Our pages write a hand-in without spaces, line breaks or
letters beyond ASCII (`site/scripts/test/roads.js`). So if a hand-in has any of these, the messenger
added it, and it can be removed with certainty. A document that has spaces of its own is not
repaired.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from psm_course.grading.submission import CURLY

BEGINNING = '{"format"'
_BEGINS = re.compile(rf'\{{\s*["{CURLY}]format["{CURLY}]')
# A sitting is some kilobytes, with what others wrote between its pieces. These keep a broken
# megabyte from being read again for every line.
_LARGEST, _MOST_LINES, _LONGEST_OPENING = 64 * 1024, 400, 400
# Marks of direction that exported chats are full of, and characters of no width.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_STRAIGHT = str.maketrans(dict.fromkeys(CURLY, '"'))
# `[28/11 10.02] Siti: ` as copied, `28/11/26 10.02 - Siti: ` as exported. No quotation mark: that
# would be a list of the document's own.
_SENDER = re.compile(
    rf"""\s*(?:\[[^]["{CURLY}{{}}\n]*\d[^]["{CURLY}{{}}\n]*\]\s*"""
    rf"""|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}},?\s[^-"{CURLY}{{}}\n]*-\s)"""
    rf"""(?P<sender>[^:"{CURLY}{{}}\n]{{1,80}}):"""
)
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Mended:
    """A repaired document, and the positions of its pieces in the damaged text.

    A messenger may break a document into several lines; the part of the document in one line is a
    piece. `pieces` has the start and end position of each piece, in the order of the text. Lines
    without a piece, such as other people's messages, are left out.
    """

    document: str
    pieces: tuple[tuple[int, int], ...]


def mend(text: str, start: int) -> Mended | None:
    """Repair the document that begins at position `start` of the text.

    None if the pieces of the document cannot be put together with certainty.
    """
    if not _BEGINS.match(text, start):
        return None
    opening = max(start - _LONGEST_OPENING, 0)
    sender = speaking = _sender_of(text, max(text.rfind("\n", opening, start) + 1, opening), start)[
        0
    ]
    written = ""
    pieces: list[tuple[int, int]] = []
    for number, (line, end) in enumerate(_lines(text, start)):
        said_by, begin = _sender_of(text, line, end) if number else ("", start)
        speaking = said_by or speaking
        sender = sender or said_by
        if speaking != sender:
            continue
        if _BEGINS.search(text, begin if number else begin + 1, end):
            return None  # the next of the same person's: this one was broken off
        piece = _UNSEEN.sub("", text[begin:end]).translate(_STRAIGHT).strip()
        whole = _whole(written + piece)
        if whole:
            length = _length_in(text[begin:end], len(whole) - len(written))
            return Mended(whole, (*pieces, (begin, begin + length)))
        if not re.search(r"\s", piece):
            written += piece
            pieces.append((begin, end))
        elif not number:
            return None
        # Else: words of the sender's between two pieces.
    return None


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of the line at `start`, and of each line after it.

    The function ends after 400 lines or 64 KiB, because no document is longer.
    """
    furthest = min(start + _LARGEST, len(text))
    for _ in range(_MOST_LINES):
        end = text.find("\n", start, furthest)
        yield start, furthest if end < 0 else end
        if end < 0:
            return
        start = end + 1


def _sender_of(text: str, begin: int, end: int) -> tuple[str, int]:
    """Return the sender's name at the start of a line, and the position of the text after the name.

    Example: the sender of `[28/11 10.02] Siti: …` is `Siti`. The line is `text` from position
    `begin` to `end`. If the line names no sender, the name is empty and the position is `begin`.
    """
    line = _UNSEEN.sub(" ", text[begin:end])  # as long as before
    found = _SENDER.match(line)
    return (found["sender"].strip(), begin + found.end()) if found else ("", begin)


def _whole(written: str) -> str:
    """Return the complete document at the beginning of a text; empty if it is not complete yet.

    The result is also empty if the document has a space or a letter beyond ASCII, which our pages
    never write.
    """
    whole = written[: whole_until(written, 0)] if "}" in written else ""
    return whole if whole.isascii() and not re.search(r"\s", whole) else ""


def whole_until(text: str, start: int) -> int:
    """Return the end position of the JSON object at `start`; 0 if the object is broken."""
    try:
        return _DECODER.raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return 0


def _length_in(piece: str, wanted: int) -> int:
    """Return how many characters of the damaged text `piece` give `wanted` repaired characters.

    Repairing removes characters that the messenger added: spaces at the start, and invisible
    characters. So the result is usually `wanted` or larger; it is never more than the length of
    `piece`.
    """
    begun = 0
    for at, letter in enumerate(piece, 1):
        begun += bool(begun or not letter.isspace()) and not _UNSEEN.match(letter)
        if begun == wanted:
            return at
    return len(piece)
