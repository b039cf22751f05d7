"""Writing files that are never seen half written, and that only our own account may read."""

import os
import secrets
from pathlib import Path


def private(path: str, flags: int) -> int:
    """An opener for `open(…, opener=private)`: mode 0600, and on Windows no change of line ends."""
    return os.open(path, flags, 0o600)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there. It is on disk when this returns."""
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
