"""Write files that nobody sees half written and that only the account of this program may read."""

import os
import secrets
from pathlib import Path


def private(path: str, flags: int) -> int:
    """Open a file that only its owner may read (mode 0600); return the file descriptor.

    Use it as `open(…, opener=private)`; `open` then gives `path` and `flags`. Line ends are not
    changed.
    """
    return os.open(path, flags, 0o600)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file completely or not at all; the file is on disk when the function returns.

    The content goes into a temporary file in the same folder, which then replaces `path`.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Two programs may write the same file at once.
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with open(half, "wb", opener=private) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
