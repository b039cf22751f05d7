"""The list of common words and the treatment of affixes."""

from __future__ import annotations

import pytest

from psm_course.checking.pages import common_words
from psm_course.checking.pages.common_words import is_common


@pytest.mark.parametrize(
    "word",
    [
        "anak",
        "Anak",
        "anak-anak",
        "rumahnya",
        "bukumu",
        "datanglah",
        "menulis",  # tulis
        "menyingkatnya",  # singkat
        "dipersalahkannya",  # salah
        "pemukul",  # pukul
        "mengirimkan",  # kirim
        "penjualan",
        "dibacakan",
        "berjalan",
        "terbuka",
        "kebaikan",
        "sekampung",
        "memperbaiki",
        "bermain-main",
    ],
)
def test_common(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize(
    "word",
    [
        "optimalisasi",
        "akuntabel",
        "sinergitas",
        "antarpemangku",
        "disfungsi",
        "komprehensif",
        "xyz",
    ],
)
def test_uncommon(word: str) -> None:
    assert not is_common(word)


def test_both_halves_of_a_pair_must_be_common() -> None:
    assert not is_common("anak-optimalisasi")


def test_the_list_is_small_and_says_where_it_is_from() -> None:
    text = common_words._LIST.read_text(encoding="utf-8")
    words = common_words.common_words()

    assert "CC BY-SA 4.0" in text
    assert "wordfreq==3.1.1" in text
    assert 4000 < len(words) < 5000
    assert all(word.isalpha() and word == word.lower() for word in words)
