"""Makes signals stop the program in good order: open work is rolled back, the register closed.

Ctrl+C does this already, because Python turns it into a KeyboardInterrupt. Without this module, the
other signals would end the program at once.
"""

import gc
import signal
import sys
import time
from types import FrameType

# SIGHUP: the terminal was closed. SIGBREAK: the same on Windows, and Ctrl+Break.
_OTHERS = ("SIGTERM", "SIGHUP", "SIGBREAK")
# Windows says of a window: it is closed, its owner signs out, the machine is switched off.
_ENDS = (2, 5, 6)
_PATIENCE = 4.5  # seconds; Windows itself ends the program after five


class Stopped(BaseException):
    """The program was told to stop, by the signal `number`. Only `main` catches it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def stop_when_told() -> None:
    """Let SIGTERM, SIGHUP and SIGBREAK raise `Stopped` in the main thread from now on.

    Signals that are already ignored, for example because of `nohup`, are still ignored.
    """
    for name in _OTHERS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)
    if sys.platform == "win32":
        _hear_the_window()


def _stop(number: int, _: FrameType | None) -> None:
    for name in _OTHERS:
        if hasattr(signal, name):
            # Told twice, it still closes what is open.
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise Stopped(number)


def window_says(kind: int) -> bool:
    """Stop the program in good order if the console window ends; `kind` is the event's number.

    Windows calls this function in a thread of its own, and ends the program when the function
    returns. So the function waits, at most 4.5 seconds, until the main thread has ended the
    program. Returns True then; returns False at once for an event that ends nothing.
    """
    if kind not in _ENDS:
        return False
    signal.raise_signal(getattr(signal, "SIGBREAK", signal.SIGTERM))
    # The main thread closes what is open, and ends the program, and with it this thread.
    time.sleep(_PATIENCE)
    return True


if sys.platform == "win32":
    import ctypes

    # Kept: Windows has but its address.
    _HEARD = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(window_says)

    def _hear_the_window() -> None:
        ctypes.windll.kernel32.SetConsoleCtrlHandler(_HEARD, 1)


def leave(stopped: Stopped) -> None:
    """End the program by the signal itself, so that the sender sees that the signal ended it.

    The traceback is deleted first. If a connection was being opened when the signal came, only the
    frames in the traceback still refer to it; deleting them closes the connection. Does not return.
    """
    stopped.with_traceback(None)
    stopped.__context__ = None
    gc.collect()
    signal.signal(stopped.number, signal.SIG_DFL)
    signal.raise_signal(stopped.number)
    sys.exit(128 + stopped.number)  # where the signal is held back
