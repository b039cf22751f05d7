"""Reads the submission document that a phone hands in, and reports its mistakes."""

import hmac
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

from psm_course.authoring.problems import shorten

FORMAT = "psm-submission/1"
LARGEST = 1024 * 1024
_TEXTS = ("participant", "id", "quiz")
_LONGEST_TEXT = 200
# Quotation marks that messengers and keyboards put in the place of ".
CURLY = "“”„‟"
# What WhatsApp Web shows, and copies, in the place of the rest of a long message.
_FOLDED = re.compile(rb"(Baca selengkapnya|Read more)\s*$")
_TEXT_OR_NULL = (str, type(None))
_OPTIONAL_TEXTS = ("digest", "started_at", "finished_at", "mac")


class Submission(NamedTuple):
    """All answers of one sitting as handed in; `document` is the whole JSON object as received."""

    quiz: str
    participant: str
    id: str
    responses: Mapping[str, Any]
    attempt: int
    document: Mapping[str, Any]


def canonical(document: Mapping[str, Any]) -> bytes:
    """Write a document in one fixed form: keys sorted, no spaces.

    Documents with the same content then have the same bytes, whatever spaces, line breaks and order
    of keys they were written with.

    Raises:
        NotASubmission: the document is nested deeper than 254 levels; our pages never write that.
    """
    try:
        return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        raise NotASubmission("jawaban ini bersarang terlalu dalam") from None


def card_mac(key: bytes, document: Mapping[str, Any]) -> str:
    """Compute the `mac` of a document: HMAC-SHA256 in hex, over the document without `mac`.

    `key` is the key of a card (`domain.card.mac_key`). The phone computes the `mac` in the same
    way.
    """
    return hmac.digest(key, without_mac(document), "sha256").hex()


def without_mac(document: Mapping[str, Any]) -> bytes:
    """Return a document in canonical form without its `mac`.

    Two submissions with the same fields but different `mac` (signed with two cards) give the same
    bytes.
    """
    return canonical({name: value for name, value in document.items() if name != "mac"})


class NotASubmission(Exception):
    """Error: the text is no submission. Its message is a sentence for the person who sent it."""


def read_submission(line: bytes, quiz: str | None = None) -> Submission:
    """Read one JSON document.

    Args:
        line: the document as bytes, at most 1 MiB.
        quiz: the id of the only quiz that is accepted; None: every quiz is accepted.

    Raises:
        NotASubmission: the line is too large, is no complete JSON, or no submission for this quiz.
    """
    if len(line) > LARGEST:
        raise NotASubmission("jawaban ini lebih besar dari 1 MB")
    try:
        document = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        if _FOLDED.search(line):
            raise NotASubmission(
                "pesannya terpotong di Baca selengkapnya; buka dulu seluruh pesannya, lalu salin"
                " lagi"
            ) from None
        if any(mark.encode() in line for mark in CURLY):
            raise NotASubmission(
                'tanda kutipnya sudah diubah oleh aplikasi pesan (“ ” menggantikan "); minta'
                " sebagai berkas"
            ) from None
        raise NotASubmission(
            f"ini bukan JSON yang utuh (baris {error.lineno}, kolom {error.colno})"
        ) from None
    return check_submission(document, quiz)


def _check_texts(document: Mapping[str, Any]) -> None:
    for name in _TEXTS:
        value = document.get(name)
        if not isinstance(value, str) or not value.strip():
            raise NotASubmission(f'"{name}" harus ada dan berupa teks')
        if len(value) > _LONGEST_TEXT:
            raise NotASubmission(f'"{name}" lebih panjang dari {_LONGEST_TEXT} huruf')
        if "\0" in value:
            raise NotASubmission(f'"{name}" berisi tanda yang tidak sah')
    for name in _OPTIONAL_TEXTS:
        if not isinstance(document.get(name, ""), _TEXT_OR_NULL):
            raise NotASubmission(f'"{name}" harus berupa teks')


def check_submission(document: Any, quiz: str | None = None) -> Submission:
    """Turn parsed JSON into a submission.

    Args:
        document: the parsed JSON.
        quiz: the id of the only quiz that is accepted; None: every quiz is accepted.

    Raises:
        NotASubmission: a field is missing or wrong, or the submission is for another quiz.
    """
    if not isinstance(document, dict):
        raise NotASubmission("ini bukan dokumen jawaban: harus berupa objek JSON")
    if document.get("format") != FORMAT:
        raise NotASubmission(f'"format" harus "{FORMAT}"')
    _check_texts(document)
    responses, attempt = document.get("responses"), document.get("attempt", 1)
    if not isinstance(responses, dict):
        raise NotASubmission('"responses" harus berisi jawaban per butir')
    if type(attempt) is not int or not 1 <= attempt <= 10_000:
        raise NotASubmission('"attempt" harus bilangan bulat mulai dari 1')
    if quiz is not None and document["quiz"] != quiz:
        raise NotASubmission(
            f'jawaban ini untuk kuis "{shorten(document["quiz"])}", bukan "{quiz}"'
        )
    return Submission(
        document["quiz"], document["participant"], document["id"], responses, attempt, document
    )
