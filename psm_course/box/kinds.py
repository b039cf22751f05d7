"""The functions that read files from outside, by kind. They run in the box, a limited process.

The functions take the bytes of a file and yield plain values. They are loaded only in that process.
A function raises a PsmError with a sentence for the person who sent the file; any other exception
means that the file is broken.
"""

from typing import NamedTuple

from psm_course.box.limits import MOST_OUTPUT


class Kind(NamedTuple):
    """A function that reads one kind of file, written as `module:function`.

    `most` is the largest size in bytes, as JSON, of all values that the function may yield for one
    file.
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
