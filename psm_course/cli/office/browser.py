"""Opens the desk in the browser of this machine."""

import json
import socket
import time
import webbrowser
from http.client import HTTPConnection, HTTPException
from threading import Thread

_LONGEST_START = 60  # seconds
_LONGEST_ANSWER = 30
_DOOR = "/masuk"


def open_when_there(port: int, scheme: str = "http") -> None:
    """Open the desk (the office's web pages) in the browser as soon as its server answers.

    Returns at once; waits in the background, for at most 60 seconds.

    Args:
        port: TCP port of the server on this machine.
        scheme: `http` or `https`.
    """
    Thread(target=_open_when_there, args=(port, scheme), daemon=True).start()


def open_running(port: int) -> bool:
    """Open the desk that already runs at this port; False if none answers there."""
    asking = HTTPConnection("127.0.0.1", port, timeout=_LONGEST_ANSWER)
    try:
        asking.request("GET", "/api/desk")
        # Another program may answer at this port, and at any length.
        is_desk: bool = json.loads(asking.getresponse().read(100)) == {"desk": True}
    except (OSError, HTTPException, ValueError):
        return False
    finally:
        asking.close()
    if is_desk:
        webbrowser.open(f"http://127.0.0.1:{port}{_DOOR}")
    return is_desk


def _open_when_there(port: int, scheme: str) -> None:
    for _ in range(_LONGEST_START * 10):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                webbrowser.open(f"{scheme}://127.0.0.1:{port}{_DOOR}")
                return
        time.sleep(0.1)
