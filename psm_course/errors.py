"""The classes of errors raised on purpose; their messages are Indonesian sentences.

The class tells what the user has to do: change the request (`Refused`), correct the course
(`ContentFaulty`), or repair the register or the disk (`StoreError`).
"""

import errno
import re

# No room left; Windows has no quota of that name.
FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_CAUSES = dict.fromkeys(FULL, "penyimpanan penuh") | {
    errno.EACCES: "tidak ada izin",
    errno.EPERM: "tidak ada izin",
    errno.EROFS: "tempatnya hanya dapat dibaca",
    errno.EEXIST: "sudah ada berkas bernama sama",
    errno.ENOTDIR: "sudah ada berkas bernama sama",
    errno.ENOENT: "tidak ditemukan",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
}


def cause(error: OSError) -> str:
    """Return the operating system's reason for an error, in Indonesian."""
    number = error.errno
    if number is None and (first := re.search(r"\[Errno (\d+)\]", str(error))):
        number = int(first[1])  # `shutil.copytree` gathers several errors, as texts
    return _CAUSES.get(number or 0, f"kode {number}")


_NOT_HERE = " Pakai akun pemilik tempat itu, atau tempat lain, misalnya folder rumah Anda."
_NEXT_STEPS = dict.fromkeys(FULL, " Kosongkan tempat, lalu ulangi.") | dict.fromkeys(
    (errno.EACCES, errno.EPERM, errno.EROFS), _NOT_HERE
)


def next_step(error: OSError) -> str:
    """Return a sentence that tells the user what to do about an error; empty if none is known.

    The sentence begins with a space, so callers can append it to a sentence that names the cause.
    """
    return _NEXT_STEPS.get(error.errno or 0, "")


class PsmError(Exception):
    """Base of all errors raised on purpose; `str()` is a sentence for a person."""

    def _render_traceback_(self) -> list[str]:
        """Return the lines that IPython shows for this error: only its sentence, no traceback."""
        return [str(self)]


class Refused(PsmError):
    """The request cannot be done as asked; the message says why and what to do (exit code 2)."""


class ContentFaulty(PsmError):
    """The course content has problems that stop the work (exit code 1)."""


class StoreError(PsmError):
    """The register could not be read or written (exit code 3)."""
