"""Checks which help numbers a module puts at the top of its pages.

These help numbers are named under `help_first` in the front matter of the module's `index.md`.
"""

from collections.abc import Collection, Iterator

from psm_course.authoring.problems import Finding, suggest
from psm_course.content.course import ModuleFolder

_LEAST, _MOST = 2, 3  # more do not stand on one line of a phone


def help_first_findings(module: ModuleFolder, known: Collection[str]) -> Iterator[Finding]:
    """Report mistakes in a module's `help_first`.

    These are numbers that do not exist or are named twice, and too few or too many numbers.

    Args:
        module: the module.
        known: ids in `bantuan.yml`; empty if that file cannot be read.
    """
    named = module.file.help_first
    if named and not _LEAST <= len(named) <= _MOST:
        yield Finding(
            ("help_first",),
            f"ada {len(named)} nomor di baris atas halaman",
            "pilih dua atau tiga nomor",
        )
    for index, name in enumerate(named):
        if known and name not in known:
            yield Finding(
                ("help_first", index),
                f'nomor bantuan "{name}" tidak ada',
                suggest(name, known, "tulis id nomor yang ada di modules/bantuan.yml"),
            )
        elif name in named[:index]:
            yield Finding(
                ("help_first", index),
                f'nomor bantuan "{name}" tertulis dua kali',
                "hapus salah satunya",
            )
