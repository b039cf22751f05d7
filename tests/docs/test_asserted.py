"""Tests compare codes and values: a whole sentence is compared in the tests of wording alone."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.docs.asserted import asserted_sentences, files

SENTENCE = "nomor itu tidak ada di sini"
PARTS = "nomor {number} tidak ada di {place}, tulis"
SHORT = "tidak ada di sini"  # four words


def test_no_sentence_is_compared_outside_the_tests_of_wording() -> None:
    found = {
        str(path.relative_to(ROOT)): sentences
        for path in files(ROOT / "tests")
        if (sentences := asserted_sentences(path.read_text(encoding="utf-8")))
    }

    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        f'assert said == "{SENTENCE}"',
        f'assert said in ("", "{SENTENCE}")',
        f'assert said == f"{{number}}: {SENTENCE}"',
        f'assert said == f"{PARTS}"',
        f'with raises(Refused, match="{SENTENCE}"): pass',
        f'expect(page).to_have_text("{SENTENCE}")',
        f'SAID = "{SENTENCE}"\nassert said == SAID',
        f'@parametrize("said", ["{SENTENCE}"])\ndef test(said):\n    assert tell() == said',
        (
            f'@parametrize(("a", "said"), [(1, "{SENTENCE}")])\ndef test(a, said):\n'
            "    assert tell(a) == said"
        ),
        (
            f'@parametrize("a, said", [param(1, "{SENTENCE}", id="x")])\ndef test(a, said):\n'
            "    assert tell(a) == said"
        ),
    ],
)
def test_a_sentence_that_is_compared_is_found(source: str) -> None:
    assert asserted_sentences(source)


@pytest.mark.parametrize(
    "source",
    [
        f'assert said == "{SHORT}"',
        'assert said == "one two three four five"',
        f'said("{SENTENCE}")',
        f'GIVEN = "{SENTENCE}"\nassert said(GIVEN) == GIVEN\nwrite(GIVEN)',
        (
            f'@parametrize("given", ["{SENTENCE}"])\ndef test(given):\n'
            "    write(given)\n    assert read() == given"
        ),
    ],
)
def test_other_words_are_not(source: str) -> None:
    assert asserted_sentences(source) == []
