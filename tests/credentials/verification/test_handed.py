"""What a person hands in is taken apart: here, and in the box, whose answers are believed only
where they are of our form.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

import psm_course
from psm_course.box.box import NotRead, open_box
from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.attachment import PROOF_NAME
from psm_course.credentials.verification.handed import Handed, boxed, in_the_box, take_apart
from tests.credentials.signed import a_badge, an_address, as_bytes
from tests.credentials.tampered_pdf import a_pdf, genuine_pdf
from tests.credentials.tampered_png import baked

BADGE = a_badge()
PROOF = b'{"format":"psm-inclusion/1"}'
FORMS = {
    "json": (as_bytes(BADGE), Handed("json", BADGE)),
    "json-with-a-mark-before": (b"\xef\xbb\xbf \n" + as_bytes(BADGE), Handed("json", BADGE)),
    "pdf": (genuine_pdf(), Handed("pdf", BADGE)),
    "pdf-after-blanks": (b" \n" + genuine_pdf(), Handed("pdf", BADGE)),
    "pdf-with-a-proof": (
        a_pdf({PROOF_NAME: PROOF, "credential.json": as_bytes(BADGE)}),
        Handed("pdf", BADGE, proof=PROOF.decode()),
    ),
    "pdf-with-a-broken-proof": (
        a_pdf({PROOF_NAME: b"\xff", "credential.json": as_bytes(BADGE)}),
        Handed("pdf", BADGE, proof="\udcff"),
    ),
    "picture": (baked(BADGE), Handed("picture", BADGE)),
    "text": (an_address().encode(), Handed("text", {}, an_address())),
}


@pytest.mark.parametrize("form", [*FORMS])
def test_every_form_is_taken_apart_alike_in_the_box_and_outside(form: str) -> None:
    raw, parts = FORMS[form]

    assert take_apart(raw) == parts
    assert boxed(raw) == parts


def test_a_pdf_begins_within_the_first_1024_bytes() -> None:
    assert take_apart(b" " * 1020 + b"%PDF-").kind == "text"
    with pytest.raises(Unreadable):
        take_apart(b" " * 1019 + b"%PDF-")


def test_a_list_is_read_as_json_and_refused_as_such() -> None:
    with pytest.raises(Unreadable) as here:
        take_apart(b"[1]")
    with pytest.raises(Unreadable) as there:
        boxed(b"[1]")

    assert str(here.value) == str(there.value) == Contains("JSON ini bukan sertifikat")


def test_a_text_that_is_no_code_is_refused_in_the_box_and_judged_outside() -> None:
    assert take_apart(b"halo \xff") == Handed("text", {}, "halo \ufffd")
    with pytest.raises(Unreadable, match="bukan kode QR"):
        boxed(b"halo")
    with pytest.raises(Unreadable):  # that it was the box, not the reader after it
        list(in_the_box(b"halo"))


OTHER_FORMS: list[Any] = [
    None,
    7,
    [],
    ["text", {}, ""],
    ["text", {}, "", None, None],
    ["word", {}, "", None],
    [7, {}, "", None],
    ["json", [], "", None],
    ["json", None, "", None],
    ["json", {}, None, None],
    ["json", {}, "", 7],
    ["json", {}, "", {}],
]


def test_only_an_answer_of_our_form_is_taken_from_a_box_that_a_file_took_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process in the box answers with whatever the file says."""
    (tmp_path / "sitecustomize.py").write_text(
        "import json\n"
        "from psm_course.credentials.verification import handed\n"
        "handed.in_the_box = lambda content: iter([json.loads(content)])\n",
        encoding="utf-8",
    )
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(tmp_path), str(Path(psm_course.__file__).parents[1])])
    )
    with ThreadPoolExecutor(1) as thread:  # in a thread of its own there is a box of its own
        found = thread.submit(
            answers_of_the_box, [*OTHER_FORMS, ["pdf", {"a": 1}, "", "bukti"]]
        ).result()

    broken = Contains(f" {NotRead('broken')}. ", "berkas aslinya")
    assert found == [*[broken] * len(OTHER_FORMS), Handed("pdf", {"a": 1}, "", "bukti")]


def answers_of_the_box(said: list[Any]) -> list[Handed | str]:
    found: list[Handed | str] = []
    with open_box():
        for each in said:
            try:
                found.append(boxed(json.dumps(each).encode()))
            except Unreadable as unread:
                found.append(str(unread))
    return found
