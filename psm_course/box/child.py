"""The child process that reads files from outside, called the box: one file per request.

A request is a line of JSON (`kind`, `size`, `told`), followed by the file's bytes. The answer is a
sequence of frames. A frame is a letter, the length of its JSON in four bytes, and the JSON. A frame
`v` has one value of the file. The last frame, `e`, tells why the reading ended, for example with
the sentence of a refusal. The process ends when its parent is gone, even in the middle of a file.
"""

import json
import os
import signal
import struct
import sys
import threading
from importlib import import_module
from queue import SimpleQueue
from typing import Any

from psm_course.box.kinds import KINDS
from psm_course.box.limits import has_grown, limit_memory, limit_time
from psm_course.errors import PsmError

Request = tuple[str, dict[str, Any], bytes]
_STACK = 256 * 1024  # bytes for the thread that only listens


def _frame(letter: bytes, value: object) -> bytes:
    written = json.dumps(value, separators=(",", ":")).encode()
    return letter + struct.pack(">I", len(written)) + written


# Made beforehand: then there may be no memory left for it.
_NO_MEMORY = _frame(b"e", {"why": "memory", "stays": False})


def main() -> None:
    """Read one file after another as the main program asks, until that program has ended."""
    limit_memory()
    # Ctrl+C is for the program that asks, which then closes the box.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.stack_size(_STACK)
    requests = SimpleQueue[Request]()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    stays = True
    while stays:
        kind, told, content = requests.get()
        limit_time()
        stays = _answer(kind, told, content)
        del content


def _listen(requests: SimpleQueue[Request]) -> None:
    """Put the requests from standard input into the queue; runs in its own thread.

    When standard input ends, the parent is gone. Then this function ends the process, even while a
    file is being read.
    """
    try:
        while head := sys.stdin.buffer.readline():
            asked = json.loads(head)
            content = sys.stdin.buffer.read(asked["size"])
            if len(content) < asked["size"]:
                break
            requests.put((asked["kind"], asked["told"], content))
            del content
    finally:
        os._exit(0)


def _answer(kind: str, told: dict[str, Any], content: bytes) -> bool:
    """Read one file and send its values. True if this process may take another file."""
    try:
        module, _, name = KINDS[kind].reader.partition(":")
        for value in getattr(import_module(module), name)(content, **told):
            _send(_frame(b"v", value))
    except MemoryError:
        _send(_NO_MEMORY)
        return False
    except PsmError as said:
        return _end("said", str(said))
    except Exception:
        # A hostile file can trip a reader in any way, and the next one must not suffer.
        return _end("broken")
    except BaseException:
        # calamine panics with no Exception, and nobody knows in which state that leaves it.
        _end("broken", stays=False)
        return False
    return _end("done")


def _end(why: str, sentence: str = "", *, stays: bool = True) -> bool:
    stays = stays and not has_grown()
    _send(_frame(b"e", {"why": why, "sentence": sentence, "stays": stays}))
    return stays


def _send(frame: bytes) -> None:
    sys.stdout.buffer.write(frame)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
