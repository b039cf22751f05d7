"""Turns PyYAML's English errors into Indonesian sentences: the usual cause, and what to do."""

import yaml

_TOO_FAR = "indented too far"

# Matched in order, by a part of PyYAML's message: what an author is told, and what to do.
_CAUSES = (
    ("'\\t'", "ada tab di depan baris", "ganti setiap tab dengan spasi"),
    (
        "mapping values are not allowed",
        "ada titik dua di tengah teks",
        'beri tanda kutip pada seluruh teksnya: "…"',
    ),
    (
        _TOO_FAR,
        "ada titik dua di tengah teks, atau baris ini menjorok terlalu dalam",
        "beri tanda kutip pada teksnya, atau samakan jumlah spasi di depan baris",
    ),
    (
        "sequence entries are not allowed",
        "tanda - harus berdiri di baris tersendiri",
        "pindahkan ke baris baru, atau beri tanda kutip",
    ),
    (
        "could not find expected ':'",
        "baris ini tidak punya titik dua sesudah kuncinya",
        "tulis sebagai kunci: isi",
    ),
    (
        "found unexpected end of stream",
        "tanda kutip dibuka tetapi tidak ditutup",
        "tutup tanda kutipnya",
    ),
    (
        "expected ',' or",
        "kurung dibuka tetapi isinya tidak terbaca",
        "periksa koma, tanda kutip, dan kurung penutupnya",
    ),
    (
        "<block end>, but found '<scalar>'",
        "ada teks sesudah tanda kutip penutup",
        "beri tanda kutip pada seluruh teksnya",
    ),
    (
        "expected <block end>",
        "baris ini menjorok tidak sama dengan saudaranya",
        "samakan jumlah spasi di depan baris",
    ),
    (
        "expected the node content",
        "ada tanda baca di tempat yang seharusnya berisi teks",
        "beri tanda kutip pada teksnya",
    ),
    (
        "special characters are not allowed",
        "ada karakter kendali yang tidak terlihat",
        "hapus lalu ketik ulang baris ini",
    ),
    ("escape", "ada garis miring terbalik di dalam kutip ganda", "pakai kutip tunggal"),
    (
        "expected alphabetic or numeric character",
        "ada tanda khusus di awal teks",
        "beri tanda kutip pada teksnya",
    ),
    ("cannot start any token", "ada tanda khusus di awal teks", "beri tanda kutip pada teksnya"),
)


def cause_of(problem: str) -> tuple[str, str]:
    """Return a message and a hint for the author, for a problem in PyYAML's words."""
    for part, message, hint in _CAUSES:
        if part in problem:
            return message, hint
    return (
        "YAML tidak terbaca di sini",
        "bandingkan dengan contoh di halaman format kuis, atau beri tanda kutip pada teksnya",
    )


def problem_of(error: yaml.MarkedYAMLError, before: str) -> str:
    """Return PyYAML's message for an error, or a more precise message.

    PyYAML has one message for two mistakes: a second colon on a line, and a line that is indented
    too far. The result tells which of the two it is. `before` is the beginning of the line, up to
    the error.
    """
    problem = error.problem or ""
    is_indented = "mapping values are not allowed" in problem and ":" not in before
    return _TOO_FAR if is_indented else problem


def position_of(error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """Return the line and column of an error, both from 1.

    If a quotation mark is never closed, the result is the place where it opens, not the end of the
    file.
    """
    opened = "unexpected end of stream" in (error.problem or "")
    wanted = error.context_mark if opened else error.problem_mark
    mark = wanted or error.problem_mark or error.context_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
