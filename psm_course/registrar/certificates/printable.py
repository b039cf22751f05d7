"""What is said before a number is given: a record that could not be printed would waste it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from psm_course.authoring.texts import texts_in
from psm_course.credentials.formats.badge import PERSONAL
from psm_course.credentials.verification.verification import FACT_NAMES
from psm_course.errors import Refused
from psm_course.printing.letters import missing_letter
from psm_course.registrar.certificates.printing import printer_of
from psm_course.settings import Settings


def refuse_unprintable(contents: Sequence[Mapping[str, Any]], settings: Settings) -> None:
    """Refused for a logo that cannot be printed, and for letters that the typeface lacks, naming the fact and whose it is."""
    if not contents:
        return
    printer_of(settings)
    if missing_letter(texts_in(contents)) is None:
        return
    lines = dict.fromkeys(line for content in contents for line in _troubles(content))
    remedy = "Tulis dengan huruf Latin, di daftar peserta (psm roster import), modules/course.yml, atau psm.toml."
    raise Refused("\n".join([f"Belum ada yang diterbitkan: ada huruf yang tidak dapat dicetak. {remedy}", *lines]))


def _troubles(content: Mapping[str, Any]) -> Iterator[str]:
    for fact, value in content.items():
        letter = missing_letter(texts_in(value))
        if letter is not None:
            whose = f"{content['participant']}: " if fact in PERSONAL else ""
            yield f'  {whose}huruf "{letter}" di {FACT_NAMES.get(fact, _OWN.get(fact, fact))}'


_OWN = {"name": "nama", "kelurahan": "kelurahan", "participant": "nomor peserta"}
