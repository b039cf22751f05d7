"""Finds the files of a built site that must be searched again: those not known to be clean.

A file is clean if an earlier search found nothing in it.
"""

import hashlib
from pathlib import Path

from psm_course.site import kept


class Searched:
    """One kind of search over the files of a site, which skips files that were found clean before.

    The digests of clean files are kept in the folder `work`, under `name`. `rules` are all texts
    that the search looks for or allows. If the rules or the program change, all files of `site` are
    searched again.
    """

    def __init__(self, work: Path, name: str, site: Path, *rules: str) -> None:
        self._work, self._name = work, f"clean-{name}"
        self._rules = kept.digest_of_parts((rule, b"") for rule in (kept.program_digest(), *rules))
        noted = kept.noted(work, self._name)
        self._clean: dict[str, str] = noted["clean"] if noted.get("rules") == self._rules else {}
        self._now = {
            path: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(site.rglob("*"))
            if path.is_file()
        }
        self._names = {path: path.relative_to(site).as_posix() for path in self._now}

    def to_search(self) -> list[Path]:
        """The files to search, sorted by path."""
        return [
            path
            for path, digest in self._now.items()
            if self._clean.get(self._names[path]) != digest
        ]

    def note_clean(self) -> None:
        """Remember all files of the site as clean. Call this if the search found nothing."""
        clean = {self._names[path]: digest for path, digest in self._now.items()}
        kept.note(
            self._work,
            self._name,
            {"rules": self._rules, "clean": clean, "searched": len(self.to_search())},
        )
