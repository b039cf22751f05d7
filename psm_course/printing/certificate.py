"""Prints the certificate: takes the frozen content of a completion record, returns a PDF.

It has a front and a back, A4 landscape. The content, frozen when the record is issued:

- `number`, `participant`, `name`, `kelurahan`: text; `number` is the number of the certificate,
  `participant` the participant number.
- `course`, `organiser`, `cohort`, `place`, `signatory_title`, `signatory_name`: text; an empty name
  leaves a line to write on.
- `hours`, `minutes_per_hour`: int; the JP of the whole course, and the minutes of one JP.
- `starts_on`, `issued_on`: ISO dates.
- `score`: exact decimal as text, or None.
- `sessions`: list of `{"title", "hours"}`.
- `kind`: `passed` (the default) or `attended`.
- `ends_on`: ISO date; without it the front says "mulai".
- `letterhead`: lines of text; without them the letterhead shows the organiser.
- `show_score`: True if the score is printed; the default is True.
- `tte_note`: True if the office signs its certificates with BSrE's electronic certificate; then a
  sentence says so. The default is False.

The last five were added later. Older contents do not have them, and can still be printed.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from psm_course.printing.qr import qr_svg, short_address
from psm_course.printing.typesetting import Template

Content = Mapping[str, Any]
CREDENTIAL_NAME, PROOF_NAME = "credential.json", "bukti-catatan.json"
_SIGNED = "Kredensial bertanda tangan (Open Badges 3.0)"
_PROOF = "Bukti bahwa sertifikat ini tercatat dalam buku terbuka penerbit"
BATCH = 125  # a file takes 2 MB of memory for each certificate while it is made
# Where the office's certified signature goes, on the first page: left, bottom, width and height in
# points from the lower left corner.
SIGNATURE_PLACE = (540, 86, 222, 64)


class CertificatePrinter:
    """Prints certificates one after another. Use one printer for many: making it is slow."""

    def __init__(self, logo: bytes | None = None) -> None:
        """Prepare a printer; `logo`, the bytes of a PNG or SVG, is printed in the letterhead.

        Raises Refused if the logo cannot be printed.
        """
        self._logo = logo
        self._template = Template("certificate", logo)

    def render(
        self,
        content: Content,
        qr: str | None = None,
        credential: bytes | None = None,
        proof: bytes | None = None,
    ) -> bytes:
        """Return the PDF (PDF/A-3a and PDF/UA-1) that the office keeps and gives to one person.

        The same arguments always give the same bytes.

        Args:
            content: the record's frozen facts.
            qr: the link in the QR code; None: no QR code.
            credential: the signed JSON (UTF-8), attached unchanged as `credential.json`.
            proof: the proof that the record is in the open log, attached as another file.

        Raises:
            Unprintable: the text has a letter that our font does not have.
        """
        title = f"Sertifikat {content['course']} - {content['name']}"
        return self._print(
            self._template,
            title,
            [(content, qr)],
            [(CREDENTIAL_NAME, credential, _SIGNED), (PROOF_NAME, proof, _PROOF)],
        )

    def render_batch(self, certificates: Iterable[tuple[Content, str | None]]) -> Iterator[bytes]:
        """Yield PDF files to print on paper, each with up to `BATCH` certificates.

        One file for all would need 2 MB of memory for each certificate (decision 0020). Each file
        is made by a process of its own, whose memory is free again when it ends. These files are
        only for printing: the files that the office keeps and gives to people come from `render`.

        Args:
            certificates: pairs of a content and the link in its QR code; None: no QR code.

        Raises:
            Unprintable: the text has a letter that our font does not have.
        """
        waiting = iter(certificates)
        while pages := list(islice(waiting, BATCH)):
            first = pages[0][0]
            yield self._print(
                Template("certificate", self._logo),
                f"Sertifikat {first['course']} - {first['cohort']}",
                pages,
                [],
            )

    @staticmethod
    def _print(
        template: Template,
        title: str,
        certificates: list[tuple[Content, str | None]],
        files: list[tuple[str, bytes | None, str]],
    ) -> bytes:
        first = certificates[0][0]
        pages = [{"content": content, **_code(qr)} for content, qr in certificates]
        attached = [
            {"name": name, "text": content.decode(), "says": says}
            for name, content, says in files
            if content is not None
        ]
        return template.print(
            {
                "title": title,
                "author": first["organiser"],
                "certificates": pages,
                "attached": attached,
            },
            # Not today: a certificate that is printed again must have the same bytes.
            date.fromisoformat(first["issued_on"]),
        )


def _code(qr: str | None) -> dict[str, str | None]:
    return {"qr": qr_svg(qr), "address": short_address(qr)} if qr else {"qr": None, "address": None}
