"""Incidents that the office should know of at once, such as many wrong passwords.

Each incident is shown as a sentence on the desk's pages and in the terminal.
"""

import time
from collections import Counter
from collections.abc import Callable, Set
from threading import Lock

_MINUTE = 60.0
# Connections in a minute. Fewer are usual: phones that go out of reach leave some behind.
_WORTH_TELLING = 30
_ADDRESSES = 1000  # counted one by one; more count together, for an attacker can invent any number
_PASSWORDS = 15 * _MINUTE  # as long as the sign-in counts them
_CHANGED = 15 * _MINUTE  # a change of the hall's addresses is shown this long
_CHANGES = 3  # at most this many at once
_A_BURST = 5  # wrong passwords; fewer are mistyped on any day
LAPTOP = frozenset({"127.0.0.1", "::1"})


class Incidents:
    """Recent incidents, in memory only. Any thread may use them.

    An event that must be kept for longer belongs in the audit log.
    """

    def __init__(
        self,
        say: Callable[[str], object] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`say` prints one sentence in the terminal; `clock` returns seconds."""
        self._say = say
        self._clock = clock
        self._lock = Lock()
        self._since = clock()
        self._ended: Counter[str] = Counter()  # connections by address, in this minute
        self._before: Counter[str] = Counter()  # and in the minute before
        self._wrong: dict[str, tuple[float, int]] = {}  # address: when last, how often
        self._changes: list[tuple[float, str]] = []
        self._said: Set[object] = frozenset()

    def note_connection(self, address: str) -> None:
        """Count a connection that was ended or refused: it was too slow, or too many were open."""
        with self._lock:
            self._begin_minute()
            self._ended[
                address if address in self._ended or len(self._ended) < _ADDRESSES else ""
            ] += 1

    def note_wrong_passwords(self, address: str, times: int) -> None:
        """Remember that `times` wrong passwords came from `address` in the last 15 minutes."""
        with self._lock:
            now = self._clock()
            self._wrong = {
                each: known for each, known in self._wrong.items() if now - known[0] < _PASSWORDS
            }
            if address in self._wrong or len(self._wrong) < _ADDRESSES:
                self._wrong[address] = (now, times)

    def note_change(self, sentence: str) -> None:
        """Remember a change of this machine's addresses; `sentence` is shown for 15 minutes."""
        with self._lock:
            self._changes = [*self._lately_changed(), (self._clock(), sentence)][-_CHANGES:]

    def lines(self) -> tuple[str, ...]:
        """The sentences about incidents to show now."""
        with self._lock:
            return tuple(self._sentences().values())

    def say_what_is_new(self) -> None:
        """Print the sentences that were not printed yet. Call this function about once a second.

        While many connections are ended, the sentence about these connections is printed each
        minute.
        """
        with self._lock:
            sentences = self._sentences()
            new = [sentence for about, sentence in sentences.items() if about not in self._said]
            self._said = sentences.keys()
        for sentence in new:
            self._say(sentence)

    def _sentences(self) -> dict[object, str]:
        """Return the sentences to show now, each with a key that says which incident it is about.

        `say_what_is_new` prints a sentence only if its key is new. The key of a sentence about
        wrong passwords contains their number. The caller must hold the lock.
        """
        self._begin_minute()
        now = self._clock()
        wrong = {
            address: times
            for address, (at, times) in self._wrong.items()
            if times >= _A_BURST and now - at < _PASSWORDS
        }
        found: dict[object, str] = {
            each: f"{each[1]} kali salah sandi dari {_called(each[0])}." for each in _most(wrong)
        }
        found |= {change: change[1] for change in self._lately_changed()}
        # The minute before counts, too: one that has just begun is nearly empty.
        ended = max(self._before, self._ended, key=Counter.total)
        if ended.total() >= _WORTH_TELLING:
            most = f"terbanyak dari {_called(_most(ended)[0][0])}"
            found[self._since] = (
                f"Dalam semenit {ended.total()} sambungan yang tidak meminta apa-apa diputus,"
                f" {most}."
            )
        return found

    def _lately_changed(self) -> list[tuple[float, str]]:
        return [each for each in self._changes if self._clock() - each[0] < _CHANGED]

    def _begin_minute(self) -> None:
        passed = self._clock() - self._since
        if passed >= _MINUTE:
            self._before = self._ended if passed < 2 * _MINUTE else Counter()
            self._ended, self._since = Counter(), self._clock()


def _most(counted: dict[str, int]) -> list[tuple[str, int]]:
    """Return the three keys with the highest counts, with their counts; the highest first."""
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:3]


def _called(address: str) -> str:
    return "laptop ini" if address in LAPTOP else address or "banyak alamat"
