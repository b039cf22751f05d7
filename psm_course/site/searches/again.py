"""Which files of a built site have to be searched: those that were not found clean before, as they are now and by the same rules."""

import hashlib
from pathlib import Path

from psm_course.site import kept


class Searched:
    """One kind of search through a site; what it found clean is kept in the work folder, by the digest of each file.

    `rules`: all that the search looks for, and every text that it allows. Another version of the program is another rule.
    """

    def __init__(self, work: Path, name: str, site: Path, *rules: str) -> None:
        self._work, self._name = work, f"clean-{name}"
        self._rules = kept.digest_of_parts((rule, b"") for rule in (kept.program_digest(), *rules))
        noted = kept.noted(work, self._name)
        self._clean: dict[str, str] = noted["clean"] if noted.get("rules") == self._rules else {}
        self._now = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(site.rglob("*")) if path.is_file()}
        self._names = {path: path.relative_to(site).as_posix() for path in self._now}

    def to_search(self) -> list[Path]:
        """The files to look through, in the order of their names."""
        return [path for path, digest in self._now.items() if self._clean.get(self._names[path]) != digest]

    def note_clean(self) -> None:
        """Nothing was found in any of them."""
        clean = {self._names[path]: digest for path, digest in self._now.items()}
        kept.note(self._work, self._name, {"rules": self._rules, "clean": clean, "searched": len(self.to_search())})
