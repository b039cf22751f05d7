"""Told to stop, by whatever signal: what is under way is undone, the register closed whole, and then the program ends as it was told.

Ctrl+C needs nothing: Python turns it into a KeyboardInterrupt. The others would end the program where it stands.
"""

import gc
import signal
import sys
import time
from types import FrameType

# SIGHUP: the terminal was closed. SIGBREAK: the same on Windows, and Ctrl+Break.
_OTHERS = ("SIGTERM", "SIGHUP", "SIGBREAK")
_ENDS = (2, 5, 6)  # what Windows says of a window: it is closed, its owner signs out, the machine is switched off
_PATIENCE = 4.5  # seconds; Windows itself ends the program after five


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
    if sys.platform == "win32":
        _hear_the_window()


def _stop(number: int, _: FrameType | None) -> None:
    for name in _OTHERS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # told twice, it still closes what is open
    raise Stopped(number)


def window_says(kind: int) -> bool:
    """What Windows calls, in a thread of its own, when something happens to our window. As soon as this returns the program is ended."""
    if kind not in _ENDS:
        return False
    signal.raise_signal(getattr(signal, "SIGBREAK", signal.SIGTERM))
    time.sleep(_PATIENCE)  # the main thread closes what is open, and ends the program, and with it this
    return True


if sys.platform == "win32":
    import ctypes

    _HEARD = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(window_says)  # kept: Windows has but its address

    def _hear_the_window() -> None:
        ctypes.windll.kernel32.SetConsoleCtrlHandler(_HEARD, 1)


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
