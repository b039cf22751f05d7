"""Finds options that repeat words of their question.

A person who does not know the answer may choose such an option.

A single item may repeat a word for a good reason. But if too many right answers of a set are found
in this way, the set does not test knowledge.
"""

from collections.abc import Sequence

from psm_course.checking.test_wise.learners import Guess
from psm_course.checking.test_wise.questions import FUNCTION_WORDS, Question, words_in

_SHORTEST = 3  # letters; "RW", "Bu" and "60" tell nothing


def echo(question: Question) -> Guess:
    """Return the option that repeats most words of the question, as a `Guess`.

    If several options repeat equally many words, or no option repeats a word, the guess has several
    options.
    """
    counts = [len(words) for words in _repeated(question)]
    best = tuple(place for place, count in enumerate(counts) if count == max(counts))
    return Guess(best, 1 / len(best) if question.key in best else 0.0)


def echoed(questions: Sequence[Question]) -> float:
    """Return the share (0 to 1) of questions answered right by somebody who knows nothing.

    That person picks the option that repeats most words of the question. If several options repeat
    equally many words, the person picks one of them at random.
    """
    return sum(echo(each).share for each in questions) / len(questions)


def only_in_key(question: Question) -> list[str]:
    """Return the words of the question that the right option repeats and no other option does."""
    repeated = _repeated(question)
    others = {
        word for place, words in enumerate(repeated) if place != question.key for word in words
    }
    return sorted(repeated[question.key] - others)


def _repeated(question: Question) -> list[set[str]]:
    asked = _telling_words(question.item.prompt)
    return [_telling_words(text) & asked for text in question.texts]


def _telling_words(text: str) -> set[str]:
    return {
        word for word in words_in(text) if len(word) >= _SHORTEST and word not in FUNCTION_WORDS
    }
