"""Guesses the right answer of a question from its options alone, with naive Bayes learners.

In this module a learner is a small program, and not a person who takes the course. A learner learns
from right and wrong options of other questions. Each learner looks at one kind of features of an
option: the words, the pairs of words, the function words, or length and place of the option. Such a
kind is called a reader (`READERS` in `questions`).

For each reader there are two learners. One learns from practice quizzes, which are open to
everybody. The other learns from all questions, which are divided into five parts (folds): to guess
the questions of one fold, this learner learns from the other four folds.

A hash of the question's group decides the fold. So a new item changes the fold of no other item,
and variants stay together.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

import mmh3

from psm_course.checking.test_wise.questions import READERS, Question

FOLDS = 5
_PRIOR = 0.5  # added to every count, so that what was seen once does not decide alone
_EXACT = 9  # digits by which scores are compared: sums in another order are no other guess


class Learner(NamedTuple):
    """Names a learner: a small program that guesses answers after it saw other questions.

    A learner here is not a person. `reader` is the kind of features that the program looks at, a
    key of `READERS`. `learnt_from` is "latihan" (practice) or "soal lain" (all other questions).
    """

    reader: str
    learnt_from: str


class Guess(NamedTuple):
    """The options that look most like the right answer.

    `best` are the places of these options, from 0. `share` is the probability to be right if one of
    them is picked at random.
    """

    best: tuple[int, ...]
    share: float


@dataclass
class SignCounts:
    """Counts of signs (features of an option).

    `keys` counts in how many right options each sign occurs, `wrong` in how many wrong options.
    `of_keys` and `of_wrong` are the numbers of all right and of all wrong options.
    """

    keys: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    of_keys: int = 0
    of_wrong: int = 0

    def add(self, question: Question, reader: str) -> None:
        """Count the signs of one question, as this reader (a key of `READERS`) sees its options."""
        for place, signs in enumerate(question.signs(reader)):
            (self.keys if place == question.key else self.wrong).update(signs)
        self.of_keys += 1
        self.of_wrong += len(question.texts) - 1

    def weight(self, sign: str, held_out: "SignCounts") -> float:
        """Return the evidence (log odds) that an option with this sign is right.

        The result is 0 for a sign that was never seen. `held_out` are the counts of questions that
        are left out of the computation.
        """
        key, wrong = self.keys[sign] - held_out.keys[sign], self.wrong[sign] - held_out.wrong[sign]
        if not key and not wrong:
            return 0.0
        of_keys, of_wrong = self.of_keys - held_out.of_keys, self.of_wrong - held_out.of_wrong
        return log((key + _PRIOR) / (of_keys + 2 * _PRIOR)) - log(
            (wrong + _PRIOR) / (of_wrong + 2 * _PRIOR)
        )


_NOTHING = SignCounts()


class Guesses:
    """The guesses of all learners (programs, not persons) at a set of questions."""

    def __init__(self, practised: Sequence[Question], asked: Sequence[Question]) -> None:
        self._sources: dict[Learner, tuple[SignCounts, Sequence[SignCounts]]] = {}
        for reader in READERS:
            everything, folds = _counted([*practised, *asked], reader)
            if practised:
                # Practice is never what is asked, so nothing of it has to be held out.
                self._sources[Learner(reader, "latihan")] = (
                    _counted(practised, reader)[0],
                    [_NOTHING] * FOLDS,
                )
            self._sources[Learner(reader, "soal lain")] = everything, folds
        self._weights: dict[tuple[Learner, int], dict[str, float]] = {}
        self._made = {
            (learner, question.quiz, question.item.id): self._guess(learner, question)
            for learner in self._sources
            for question in asked
        }

    def of(self, learner: Learner, question: Question) -> Guess:
        """Return the guess that a learner (a program) makes at a question."""
        return self._made[learner, question.quiz, question.item.id]

    def best(self, questions: Sequence[Question]) -> tuple[Learner, float]:
        """Return the learner (a program) that guesses best, and its share of right guesses.

        All learners guess the answers of `questions`. The result is the learner with most right
        guesses, and the share (0 to 1) of `questions` that this learner guesses right.
        """
        shares = {
            learner: sum(self.of(learner, each).share for each in questions) / len(questions)
            for learner in self._sources
        }
        best = max(shares, key=shares.__getitem__)
        return best, shares[best]

    def telling(self, learner: Learner, question: Question, most: int = 4) -> list[str]:
        """Return the signs by which a learner (a program) recognises the right option.

        The option is the right option of `question`. A sign is a feature of an option, for example
        a word. The sign with the largest weight comes first. Only signs with a weight above 0 are
        returned, at most `most` signs. The list is empty if no sign has a weight above 0.
        """
        seen, folds = self._sources[learner]
        held_out = folds[_fold(question)]
        weights = {
            sign: seen.weight(sign, held_out)
            for sign in sorted(question.signs(learner.reader)[question.key])
        }
        return [
            sign
            for sign in sorted(weights, key=weights.__getitem__, reverse=True)[:most]
            if weights[sign] > 0
        ]

    def _guess(self, learner: Learner, question: Question) -> Guess:
        weights = self._weights_of(learner, question)
        scores = [
            round(sum(weights[sign] for sign in sorted(signs)), _EXACT)
            for signs in question.signs(learner.reader)
        ]
        highest = max(scores)
        best = tuple(place for place, score in enumerate(scores) if score == highest)
        return Guess(best, 1 / len(best) if question.key in best else 0.0)

    def _weights_of(self, learner: Learner, question: Question) -> dict[str, float]:
        """Return the weight of each sign of a question for this learner (a program), by sign.

        All questions of a fold have the same weights, because a learner that learns from all
        questions leaves the whole fold out. So weights are cached by learner and fold. The result
        may also have signs that occur only in other questions of the fold.
        """
        seen, folds = self._sources[learner]
        fold = _fold(question)
        known = self._weights.setdefault((learner, fold), {})
        for sign in frozenset().union(*question.signs(learner.reader)).difference(known):
            known[sign] = seen.weight(sign, folds[fold])
        return known


def _fold(question: Question) -> int:
    return mmh3.hash(question.group, signed=False) % FOLDS


def _counted(questions: Iterable[Question], reader: str) -> tuple[SignCounts, list[SignCounts]]:
    """Return the counts of signs over all questions, and those over the questions of each fold."""
    everything, folds = SignCounts(), [SignCounts() for _ in range(FOLDS)]
    for question in questions:
        everything.add(question, reader)
        folds[_fold(question)].add(question, reader)
    return everything, folds
