"""Told to stop, by whatever signal: what is under way is undone, the register closed whole, and then the program ends as it was told.

Ctrl+C needs nothing: Python turns it into a KeyboardInterrupt. The others would end the program where it stands.
"""

import gc
import signal
import sys
from types import FrameType

# SIGHUP: the terminal was closed. SIGBREAK: the same on Windows, as far as Windows waits, and Ctrl+Break.
_OTHERS = ("SIGTERM", "SIGHUP", "SIGBREAK")


class Stopped(BaseException):
    """The program was told to stop. Nothing but `leave` catches it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def stop_when_told() -> None:
    """From now on every such signal raises Stopped in the main thread. What was set to be ignored (`nohup`) stays so."""
    for name in _OTHERS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    for name in _OTHERS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # told twice, it still closes what is open
    raise Stopped(number)


def leave(stopped: Stopped) -> None:
    """End as a program does that knows nothing of signals, so that whoever told it sees that it obeyed.

    A signal that came while a connection was being opened left it to nobody but the frames of the traceback: let go, it closes.
    """
    stopped.with_traceback(None)
    stopped.__context__ = None
    gc.collect()
    signal.signal(stopped.number, signal.SIG_DFL)
    signal.raise_signal(stopped.number)
    sys.exit(128 + stopped.number)  # where the signal is held back
