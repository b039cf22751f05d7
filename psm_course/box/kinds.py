"""The readers that run in the box, by kind.

They are functions from bytes to plain values, loaded only inside the box. A reader raises a
PsmError with a sentence for the person who sent the file; anything else it raises counts as a
broken file.
"""

from typing import NamedTuple

from psm_course.box.limits import MOST_OUTPUT


class Kind(NamedTuple):
    """A reader, as `module:function`.

    `most`: the most bytes that its values for one file may have as JSON.
    """

    reader: str
    most: int = MOST_OUTPUT


KINDS = {
    "workbook": Kind("psm_course.interchange.sheets.in_the_box:workbook"),
    "delimited": Kind("psm_course.interchange.sheets.in_the_box:delimited"),
    "answers": Kind("psm_course.interchange.answer_files:parts_of", 4 * 64 * 1024 * 1024),
    "handed": Kind("psm_course.credentials.verification.handed:in_the_box"),
    "notes": Kind("psm_course.credentials.verification.notes:in_the_box", 3 * MOST_OUTPUT),
    "signature": Kind("psm_course.credentials.formats.signatures:signer_in"),
    "word": Kind("psm_course.interchange.sheets.in_the_box:word"),
}
