"""The speed of a sitting: finds sittings in which nobody can have read the questions."""

from collections.abc import Collection
from datetime import timedelta

from psm_course.authoring.texts import texts_in
from psm_course.content.quiz import Quiz

# A practised reader takes four words a second; nobody understands ten.
WORDS_A_SECOND = 10


class Pace:
    """Knows the number of words in each item of a quiz, and finds sittings that are too fast."""

    def __init__(self, quiz: Quiz) -> None:
        self.words = {
            item.id: sum([len(text.split()) for text in texts_in(item.public(with_answer=False))])
            for item in quiz.items
        }

    def is_too_fast(self, answered: Collection[str], took: timedelta) -> bool:
        """True if nobody could read the answered items in the time that the sitting took.

        `answered` are the ids of those items.
        """
        return (
            sum([self.words.get(item, 0) for item in answered])
            > took.total_seconds() * WORDS_A_SECOND
        )
