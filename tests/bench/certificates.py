"""Printing certificates, beside WeasyPrint setting the same facts in the same layout. Times are of
one core: what the processor spent.

`python -m tests.bench.certificates COUNT` prints that many
and says how many seconds and megabytes it took.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from rich.table import Table

from psm_course.credentials.documents import Json
from psm_course.credentials.formats.badge import badge
from psm_course.credentials.formats.baked import bake
from psm_course.credentials.formats.vc_jwt import sign_jwt
from psm_course.credentials.signing.proof import sign, sign_for_wallets
from psm_course.printing.certificate import CertificatePrinter
from psm_course.printing.qr import qr_svg
from tests.bench.memory import peak
from tests.bench.size import Size
from tests.bench.timing import spent
from tests.credentials.signed import KEY, NOW, OFFICE, a_badge, an_address
from tests.needs import PANGO
from tests.printing.builders import LOGO, a_content, a_link

PAGE = Path(__file__).with_name("certificate.html")
CREDENTIAL = b'{"type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "%s"}' % (
    b"x" * 1900
)


def content(number: int) -> dict[str, Any]:
    sessions = [
        {"title": f"Sesi {session}, pokok bahasan dan latihannya", "hours": 2}
        for session in range(1, 9)
    ]
    return a_content(
        name=f"Siti Nurhayati {number}", participant=f"D26-{number:03}", sessions=sessions
    )


def ours(printer: CertificatePrinter, numbers: range) -> None:
    for number in numbers:
        printer.render(content(number), a_link(seed=number), CREDENTIAL)


def theirs(numbers: range) -> None:
    """WeasyPrint: PDF/A-3a with tags and the attachment;
    it has no profile that is archival and PDF/UA at once.
    """
    # It loads Pango, which this measurement alone needs.
    from weasyprint import HTML, Attachment  # noqa: PLC0415

    for number in numbers:
        attached = Attachment(
            string=CREDENTIAL.decode(), name="credential.json", relationship="Data"
        )
        HTML(string=page(number)).write_pdf(pdf_variant="pdf/a-3a", attachments=[attached])


def page(number: int) -> str:
    facts = content(number)
    rows = [
        f"<tr><td>{n}<td>{escape(each['title'])}<td>{each['hours']}"
        for n, each in enumerate(facts["sessions"], 1)
    ]
    written = {name: escape(str(value)) for name, value in facts.items() if name != "sessions"}
    pictures = {"logo": LOGO.decode(), "qr": qr_svg(a_link(seed=number))}
    return PAGE.read_text(encoding="utf-8").format(**written, **pictures, rows="".join(rows))


def one_record(
    printer: CertificatePrinter,
    numbers: range,
    prove: Callable[[Json], Json] = lambda badge: sign_for_wallets(badge, KEY, OFFICE.did, NOW),
) -> None:
    """What is handed out for each record: the signed JSON, the QR and the PDF that holds both."""
    for number in numbers:
        facts = content(number)
        credential = prove(badge(facts, OFFICE, number))
        printer.render(
            facts, an_address(facts), json.dumps(credential, ensure_ascii=False).encode()
        )


def _with_one_proof(credential: Json) -> Json:
    return sign(credential, [KEY], OFFICE.did, NOW)


def other_forms(credentials: list[Json]) -> None:
    """The same records as JSON Web Tokens and as pictures."""
    for credential in credentials:
        sign_jwt(credential, KEY, OFFICE.did)
        bake(json.dumps(credential, ensure_ascii=False), "passed")


def _form_rows(table: Table, printer: CertificatePrinter, size: Size) -> None:
    numbers = range(1, size.in_turn + 1)
    credentials = [a_badge(content(number)) for number in numbers]
    other_forms(credentials[:1])
    two, one, others = 0.0, 0.0, 0.0
    for _ in range(size.runs):  # in turn, so that what else the machine does weighs on each alike
        two += spent(lambda: one_record(printer, numbers))
        one += spent(lambda: one_record(printer, numbers, _with_one_proof))
        others += spent(lambda: other_forms(credentials))
    each = 1000 / size.in_turn / size.runs
    beside = f"{two / one:.2f} × one proof alone, as it was (≤ 1.6 ×)"
    table.add_row(
        "one record: two proofs, JSON, QR, PDF", f"{two * each:.1f} ms", "≤ 20 ms", beside
    )
    table.add_row("   its JSON Web Token and PNG badge", f"{others * each:.1f} ms", "≤ 3 ms", "")


def certificate_rows(table: Table, size: Size) -> None:
    PANGO.require()
    printer = CertificatePrinter(LOGO)
    ours(printer, range(1))
    theirs(range(1))
    mine = (
        min(spent(lambda: ours(printer, range(size.in_turn))) for _ in range(size.runs))
        / size.in_turn
    )
    peer = min(spent(lambda: theirs(range(size.in_turn))) for _ in range(size.runs)) / size.in_turn
    table.add_row(
        "certificate PDF with QR and credential (PDF/A-3a, PDF/UA-1)",
        f"{mine * 1000:.1f} ms",
        "≤ 20 ms",
        f"{peer / mine:.1f} × as fast as WeasyPrint",
    )
    _form_rows(table, printer, size)
    count = size.certificates
    few, many = _alone(count // 10), _alone(count)
    table.add_row(f"{count:,} certificates", f"{many[0]:.1f} s", "≤ 20 s", "")
    grown = f"{many[1] / few[1]:.2f} ×"
    table.add_row(
        f"peak memory, {count // 10:,} then {count:,}",
        f"{few[1]:.0f} then {many[1]:.0f} MB",
        "flat",
        grown,
    )


def _alone(count: int) -> tuple[float, float]:
    """Seconds and megabytes of a process of its own that prints `count` certificates."""
    command = [sys.executable, "-m", "tests.bench.certificates", str(count)]
    took, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(took), float(peak)


if __name__ == "__main__":
    print(spent(lambda: ours(CertificatePrinter(LOGO), range(int(sys.argv[1])))), peak())
