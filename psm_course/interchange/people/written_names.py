"""Checks that a typed name can be printed in the register and on a certificate."""

import unicodedata

from psm_course.authoring.problems import shorten

LONGEST_NAME = 100
# Invisible marks of direction and width around a text that was copied from WhatsApp or the web.
# They are removed at both ends of a name, and refused inside it.
_MARKS = "\u200b\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069\ufeff "


def as_written(text: str) -> str:
    """Return a name with single spaces, and with accents joined to their letters (Unicode NFC).

    Two names that look equal then have equal bytes.
    """
    return unicodedata.normalize("NFC", " ".join(text.split())).strip(_MARKS)


def trouble_with(name: str, remedy: str = "tulis nama orangnya") -> str | None:
    """Describe a problem with a name and what to do, as half an Indonesian sentence.

    None if the name can be printed.

    Args:
        name: the name.
        remedy: the advice if the name is empty or no name at all.
    """
    if not name:
        return f"nama masih kosong; {remedy}"
    strange = next(
        (letter for letter in name[: LONGEST_NAME + 1] if not _is_printable(letter)), None
    )
    if len(name) > LONGEST_NAME:
        return f"nama lebih panjang dari {LONGEST_NAME} huruf; periksa isinya"
    if strange is not None:
        return _unprintable(strange)
    if not any(letter.isalpha() for letter in name):
        return f'"{shorten(name)}" bukan nama; {remedy}'
    return None


def _unprintable(letter: str) -> str:
    code = f"U+{ord(letter):04X}"
    if unicodedata.category(letter) in {"Cf", "Cc"}:
        return (
            f"nama memuat tanda yang tidak terlihat ({code}); kosongkan, lalu ketik ulang nama itu"
        )
    return (
        f"nama memuat huruf yang tidak dapat dicetak ({code}); ketik ulang nama itu dengan huruf"
        " Latin"
    )


def _is_printable(letter: str) -> bool:
    """True for characters a name may have: ASCII, Latin letters with accents, typographic quotes.

    The font of the certificate does not have the rarest Latin letters; this function allows them
    too.
    """
    return (
        letter in "’‘“”–"
        or (letter.isascii() and letter.isprintable())
        or unicodedata.name(letter, "").startswith("LATIN")
    )
