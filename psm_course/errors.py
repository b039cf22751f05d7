"""Our exceptions, by what the person at the keyboard can do. Messages are Indonesian sentences."""

import errno

FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}  # no room left; Windows has no quota of that name
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
    """The reason of a failed file operation, in Indonesian: `penyimpanan penuh`."""
    return _CAUSES.get(error.errno or 0, f"kode {error.errno}")


class PsmError(Exception):
    """Anything we raise on purpose; `str()` of it is a sentence fit for a person."""

    def _render_traceback_(self) -> list[str]:
        """Notebook protocol: on the projector the sentence alone, without the program's lines."""
        return [str(self)]


class Refused(PsmError):
    """The request cannot be done as asked; the sentence says why and what to do (exit code 2)."""


class ContentFaulty(PsmError):
    """The course content has problems that stop the work (exit code 1)."""


class StoreError(PsmError):
    """The register could not be read or written (exit code 3)."""
