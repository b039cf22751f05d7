"""Files that nobody ever sees half written, and that only the account may read which wrote them."""

import os
import secrets
from pathlib import Path


def private(path: str, flags: int) -> int:
    """What `open(…, opener=private)` needs: mode 0600, and on Windows the flag that leaves line ends alone."""
    return os.open(path, flags, 0o600)


def write_whole(path: Path, content: bytes) -> None:
    """Beside the place first, then moved there at once; on disk when this returns."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")  # two programs may write the same file at once
    try:
        with open(half, "wb", opener=private) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
