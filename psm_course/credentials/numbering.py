"""Record numbers by the office's own pattern."""

from datetime import datetime

from psm_course.errors import Refused

_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def record_number(pattern: str, sequence: int, at: datetime) -> str:
    """A number such as `800.2/0007/PSM-DASAR/XI/2026`. Refused when the pattern cannot give a different number each time."""
    tried = ((sequence, at.year), (sequence + 1, at.year), (sequence, at.year + 1))
    try:
        numbers = [pattern.format(seq=seq, roman_month=_ROMAN_MONTHS[at.month - 1], month=at.month, year=year) for seq, year in tried]
    except (KeyError, IndexError, ValueError, AttributeError, TypeError):
        raise Refused(f'Pola nomor "{pattern}" tidak dapat dipakai. Contoh: 800.2/{{seq:04}}/PSM-DASAR/{{roman_month}}/{{year}}.') from None
    if len(set(numbers)) < 3:
        raise Refused(f'Pola nomor "{pattern}" harus memuat {{seq}} dan {{year}}, supaya tidak ada nomor yang sama.')
    return numbers[0]
