"""Checks that a page is easy to read: words per sentence, share of uncommon words, reading time.

The limits, and where they come from:

- No sentence over 30 words, and half of a page's sentences no longer than 14. Quotations (block
  quotes) may be longer, because their words come from the law; sources in brackets are not counted.
  Headings and list items without a full stop are phrases, not sentences.
- At most 12 percent uncommon words, by the list and the affix rules of `common_words`. The first
  lessons of this course had 4 to 10 percent, and half of these lessons had less than 6. The lesson
  on the 26 official kinds of PPKS had most. For comparison: plain news had 4 percent, a definition
  of UU 14/2019 had 11, and a paragraph of office prose ("dalam rangka optimalisasi …") had 21. A
  page beyond the limit is as hard to read as a law. Names, abbreviations in capitals and sources
  are not counted, nor are the terms that the page prints in bold because it explains them.
- At most 180 words for each minute of the lesson; sources are not counted.

Cells for trainers are not counted, because trainees do not read them. All problems are warnings: a
page that is hard to read can still be right.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import ceil
from statistics import median

from psm_course.authoring.problems import Finding, Problem, problem_on, shorten
from psm_course.checking.pages.common_words import is_common
from psm_course.checking.prose import Passage, sentences, without_citations, words
from psm_course.content.lessons import SOURCES
from psm_course.content.quiz_files.reading import QuizRead

LONGEST_SENTENCE = 30
MEDIAN_SENTENCE = 14
MOST_UNCOMMON = 0.12
WORDS_A_MINUTE = 180
# Of fewer words no share says anything.
_FEWEST_WORDS = 100
_EXAMPLES = 6


def page_reading(passages: Iterable[Passage], minutes: int | None = None) -> Iterator[Problem]:
    """Warn of long sentences and uncommon words, and of too few minutes for the length of the text.

    Args:
        passages: the text.
        minutes: the minutes that a lesson says it takes; None for a page that names no minutes.
    """
    read = [
        passage for passage in passages if not passage.for_trainers and passage.section != SOURCES
    ]
    if not read:
        return
    for passage in read:
        if passage.kind != "quote":
            for text, message, hint in _long_sentences(passage.text):
                yield passage.problem(text, message, hint, "warning")
    for message, hint in [*_median(read), *_uncommon(read), *_minutes(read, minutes)]:
        yield problem_on(read[0].file, 1, message, hint, "warning")


def quiz_reading(read: QuizRead) -> Iterator[Finding]:
    """Yield warnings about long sentences in the texts of a quiz's items."""
    for index, item in read.readable:
        for part in item.texts():
            for _, message, hint in _long_sentences(part.text):
                yield Finding(("items", index, *part.path), message, hint, "warning")


def _long_sentences(text: str) -> Iterator[tuple[str, str, str]]:
    for sentence in sentences(text):
        if sentence.words > LONGEST_SENTENCE:
            message = (
                f'kalimat "{shorten(sentence.text)}" {sentence.words} kata, lebih dari'
                f" {LONGEST_SENTENCE}"
            )
            yield sentence.text, message, "pecah menjadi dua kalimat atau lebih"


def _median(read: list[Passage]) -> Iterator[tuple[str, str]]:
    lengths = [
        sentence.words
        for passage in read
        if passage.kind == "text"
        for sentence in sentences(passage.text)
        if sentence.closed
    ]
    if lengths and median(lengths) > MEDIAN_SENTENCE:
        yield (
            f"separuh kalimatnya lebih panjang dari {MEDIAN_SENTENCE} kata",
            "pendekkan kalimat-kalimatnya",
        )


def uncommon_words(read: Iterable[Passage]) -> tuple[Counter[str], int]:
    """Return the uncommon words of some passages, and the number of all words that were checked.

    The uncommon words come with the number of times that each occurs.
    """
    texts = [without_citations(passage.text) for passage in read]
    taught = {word.lower() for passage in read for term in passage.bold for word in words(term)}
    names = {
        word
        for text in texts
        for sentence in sentences(text)
        for word in words(sentence.text)[1:]
        if word[0].isupper()
    }
    counted = [
        word
        for text in texts
        for word in words(text)
        if len(word) > 1 and word[0].isalpha() and word not in names and not word.isupper()
    ]
    return Counter(
        word.lower() for word in counted if word.lower() not in taught and not is_common(word)
    ), len(counted)


def _uncommon(read: list[Passage]) -> Iterator[tuple[str, str]]:
    found, counted = uncommon_words(read)
    if counted >= _FEWEST_WORDS and found.total() > MOST_UNCOMMON * counted:
        share = round(100 * found.total() / counted)
        examples = ", ".join(word for word, _ in found.most_common(_EXAMPLES))
        message = f"{share} % katanya tidak umum, lebih dari {round(100 * MOST_UNCOMMON)} %"
        yield message, f"ganti dengan kata sehari-hari, atau jelaskan dan tebalkan: {examples}"


def _minutes(read: list[Passage], minutes: int | None) -> Iterator[tuple[str, str]]:
    count = sum(len(words(passage.text)) for passage in read)
    if minutes and count > minutes * WORDS_A_MINUTE:
        needed = ceil(count / WORDS_A_MINUTE)
        yield (
            f"{count} kata perlu {needed} menit membaca, lebih dari {minutes} menit pelajaran",
            "pendekkan teksnya, atau tambah menitnya",
        )
