"""Finds the parts of a file or text that a person hands in for a check.

The input is a PDF or picture with a credential, a JSON file, or the text of a QR code. This module
does not judge if the input is genuine. Files from outside are read with `boxed`, in a child process
with limits: if a file attacks the libraries for PDF and pictures, only the child process is harmed.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, Protocol, get_args

from psm_course.box.box import NotRead, open_box
from psm_course.credentials.documents import Json, Unreadable, read_document
from psm_course.credentials.formats.attachment import attached_to
from psm_course.credentials.formats.baked import SIGNATURE, baked_in
from psm_course.credentials.formats.token import read_token

Kind = Literal["pdf", "picture", "json", "text"]
_TOO_MUCH = "Berkas ini {}. Minta berkas aslinya, atau periksa lewat kode QR-nya."


class Handed(NamedTuple):
    """The parts of a file or text that was handed in.

    `kind` is the kind of input: a PDF, a picture, a JSON file, or a text (that of a QR code).
    `document` is the signed JSON; it is empty if the input is a text. `text` is the text of the QR
    code; it is empty for any other input. `proof` is the text of the inclusion proof attached to a
    PDF; None if no proof is attached.
    """

    kind: Kind
    document: Json
    text: str = ""
    proof: str | None = None


class TakeApart(Protocol):
    """The type of `take_apart` and `boxed`: a function that finds the parts of a file or text."""

    def __call__(self, raw: bytes, *, is_own: bool = False) -> Handed:
        """Return the parts of `raw`, the content of a file or the text of a QR code.

        `is_own` is True if `raw` is byte for byte a PDF that an office published.
        """


def take_apart(raw: bytes, *, is_own: bool = False) -> Handed:
    """Return the parts of a file or of the text of a QR code; read them in this process.

    Args:
        raw: the content that a person handed in.
        is_own: True if `raw` is byte for byte a PDF that an office published.

    Raises:
        Unreadable: the file is broken or contains nothing to check. The message is for the person
            who handed in the file.
    """
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        credential, proof = attached_to(raw, is_own=is_own)
        return Handed(
            "pdf",
            read_document(credential),
            proof=None if proof is None else proof.decode("utf-8", "surrogateescape"),
        )
    if raw.startswith(SIGNATURE):
        return Handed("picture", read_document(baked_in(raw)))
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}:
        return Handed("json", read_document(raw))
    return Handed("text", {}, raw.decode("utf-8", "replace"))


def boxed(raw: bytes, *, is_own: bool = False) -> Handed:
    """Return the parts of a file or QR text; read them in the box, a child process with limits.

    Args:
        raw: the content that a person handed in.
        is_own: True if `raw` is byte for byte a PDF that an office published.

    Raises:
        Unreadable: the file is broken, contains nothing to check, or needs too much memory or time.
            The message is for the person who handed in the file.
    """
    told = {"is_own": True} if is_own else {}
    try:
        with open_box() as box:
            kind, document, text, proof = box.read_one("handed", raw, **told)
    except NotRead as unread:
        raise Unreadable(
            str(unread) if unread.why == "said" else _TOO_MUCH.format(unread)
        ) from None
    except (TypeError, ValueError):
        kind = document = text = proof = None
    is_known = kind in get_args(Kind) and isinstance(document, dict)
    if not is_known or not isinstance(text, str) or not isinstance(proof, str | None):
        raise Unreadable(_TOO_MUCH.format(NotRead("broken")))
    return Handed(kind, document, text, proof)


def in_the_box(content: bytes, is_own: bool = False) -> Iterator[Any]:
    """Find the parts of a file or of a QR code's text; this function runs in the box.

    Yields one list, with the four values of a `Handed`: kind, document, text and proof.

    If the input is the text of a QR code, its token is read here too, and the result is thrown
    away. So if a harmful token makes the CBOR library crash, only the box is harmed.
    """
    handed = take_apart(content, is_own=is_own)
    if handed.kind == "text":
        read_token(handed.text)
    yield list(handed)
