"""What a person may hand in, taken apart: the credential in a PDF or a picture, a JSON file, the text of a QR. Nothing is judged here.

A file from outside is taken apart in the box (`boxed`), which is where the libraries for PDF and pictures meet it.
"""

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple, get_args

from psm_course.box.box import NotRead, open_box
from psm_course.credentials.documents import Json, Unreadable, read_document
from psm_course.credentials.formats.attachment import attached_to
from psm_course.credentials.formats.baked import SIGNATURE, baked_in
from psm_course.credentials.formats.token import read_token

Kind = Literal["pdf", "picture", "json", "text"]
_TOO_MUCH = "Berkas ini {}. Minta berkas aslinya, atau periksa lewat kode QR-nya."


class Handed(NamedTuple):
    """`document`: the signed JSON; `text`: that of a QR; `proof`: what a PDF has beside its credential, if it has."""

    kind: Kind
    document: Json
    text: str = ""
    proof: str | None = None


TakeApart = Callable[[bytes], Handed]


def take_apart(raw: bytes) -> Handed:
    """Read in this process. Unreadable with the sentence for whoever handed it in."""
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        credential, proof = attached_to(raw)
        return Handed("pdf", read_document(credential), proof=None if proof is None else proof.decode("utf-8", "surrogateescape"))
    if raw.startswith(SIGNATURE):
        return Handed("picture", read_document(baked_in(raw)))
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}:
        return Handed("json", read_document(raw))
    return Handed("text", {}, raw.decode("utf-8", "replace"))


def boxed(raw: bytes) -> Handed:
    """The same, read in the box. Unreadable also for what asks for too much there."""
    try:
        with open_box() as box:
            kind, document, text, proof = box.read_one("handed", raw)
    except NotRead as unread:
        raise Unreadable(str(unread) if unread.why == "said" else _TOO_MUCH.format(unread)) from None
    except (TypeError, ValueError):
        kind = document = text = proof = None
    is_known = kind in get_args(Kind) and isinstance(document, dict)
    if not is_known or not isinstance(text, str) or not isinstance(proof, str | None):
        raise Unreadable(_TOO_MUCH.format(NotRead("broken")))
    return Handed(kind, document, text, proof)


def in_the_box(content: bytes) -> Iterator[Any]:
    """As `take_apart`. A text is read as a code here too, so that it is known to do no harm where it is judged."""
    handed = take_apart(content)
    if handed.kind == "text":
        read_token(handed.text)
    yield list(handed)
