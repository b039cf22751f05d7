"""Makes PDFs with Typst: a template and its data become an archival, accessible PDF.

No other module calls Typst. Typst runs in a process of its own (`press`), because it keeps memory
from each document for the next, 440 MB after 500 certificates, and frees the memory only when the
process ends (decision 0141).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import weakref
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import IO, Any, cast

from psm_course.errors import Refused

_PRESS = "psm_course.printing.press"
# PDF/UA refuses a document without a title, and a picture without `alt`.
_LOGO_ALONE = (
    '#set document(title: "Logo")\n#image(bytes(json(bytes(sys.inputs.logo))), alt: "Logo", width:'
    " 1cm)"
)


class Unprintable(Refused):
    """Our font does not have a letter of the text to print; `letter` and the message name it."""

    def __init__(self, letter: str) -> None:
        super().__init__(f'Huruf "{letter}" tidak dapat dicetak; tulis dengan huruf Latin.')
        self.letter = letter


class Untypeset(Exception):
    """A mistake in one of our templates; the message is the compiler's."""


class Template:
    """Prints documents of one kind with Typst.

    Making a template is slow: use one for many documents. Use a template in one thread only.
    """

    def __init__(self, name: str, logo: bytes | None = None) -> None:
        """Choose the template `name`, a file in `templates/` without its ending.

        `logo` is a PNG or SVG file. Raises Refused if the logo is neither of these, or broken.
        """
        self._name = name
        # Typst takes texts only: the file's bytes as a list of numbers.
        self._inputs = {"logo": json.dumps(list(logo), separators=(",", ":")) if logo else ""}
        self._process: subprocess.Popen[bytes] | None = None
        if logo:
            self._try_logo()

    def print(self, facts: Mapping[str, Any], day: date) -> bytes:
        """Return a document as a PDF/A-3a and PDF/UA-1 file.

        Its date is `day`, so that the same facts give the same bytes.

        Raises:
            Unprintable: the text has a letter that our font does not have.
            Untypeset: our template has a mistake.
            Refused: the printing process stopped.
        """
        return self._ordered(
            self._source(facts), int(datetime.combine(day, time(), UTC).timestamp())
        )

    def _source(self, facts: Mapping[str, Any]) -> str:
        """Return Typst source that calls the template. The facts are one quoted text, never markup.

        Within quotes Typst interprets only quotes and backslashes. The facts are not passed as
        `sys.inputs`, because Typst would then lose its cache with each document.
        """
        written = (
            json.dumps(facts, ensure_ascii=False, default=str)
            .replace("\\", "\\\\")
            .replace('"', '\\"')
        )
        return f'#import "{self._name}.typ": printed\n#printed(json(bytes("{written}")))'

    def _try_logo(self) -> None:
        """Print only the logo, so that a broken logo is refused before the first document.

        Raises:
            Refused: the logo cannot be printed.
        """
        try:
            self._ordered(_LOGO_ALONE, 0)
        except (Untypeset, Unprintable):
            raise Refused(
                "Logo tidak dapat dicetak. Pakai berkas PNG atau SVG yang utuh; ubah huruf di dalam"
                " SVG menjadi bentuk."
            ) from None

    def _ordered(self, source: str, dated: int) -> bytes:
        orders, done = self._pipes()
        try:
            _send(orders, {"source": source, "dated": dated})
            answer = json.loads(done.readline())
        except (OSError, ValueError):
            self._process = None  # the next order starts another process
            raise Refused(
                "Program pencetak berhenti di tengah pekerjaan; belum ada yang dicetak. Ulangi."
            ) from None
        if "length" in answer:
            return done.read(answer["length"])
        # Typst names the letter only in the sentence of its error.
        unknown = re.search(r'the text `"(.+?)"` could not be displayed', answer["trouble"])
        if unknown is None:
            raise Untypeset(answer["trouble"])
        raise Unprintable(unknown.group(1))

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """Return the pipes to and from the printing process; start it if it is not running."""
        if self._process is None:
            # -P: the folder we run in may hold a module named like one that is needed.
            command = [sys.executable, "-P", "-m", _PRESS]
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            # The process ends with the template, even if nobody closes it.
            weakref.finalize(self, _end, self._process)
            _send(cast("IO[bytes]", self._process.stdin), self._inputs)
        return cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)


def _send(orders: IO[bytes], what: Mapping[str, object]) -> None:
    orders.write(json.dumps(what).encode() + b"\n")
    orders.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process at once, because nobody waits for its output any more."""
    process.kill()
    process.communicate()
