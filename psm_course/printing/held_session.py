"""A session as a cohort holds it, in words: when, where, and who speaks."""

from datetime import datetime, timedelta

from psm_course.domain.register import HeldSession
from psm_course.local_time import day


def held_in_words(held: HeldSession, minutes: int, with_day: bool = True) -> str:
    """`24 November 2026, 08.30–10.45, Aula Lantai 2, pemateri dr. Contoh (Dinas Kesehatan)`; only what is said.

    Args:
        held: as the cohort holds it.
        minutes: how long it takes where the cohort set nothing, in minutes.
        with_day: False where the sheet says the day.
    """
    parts = [day(held.held_on) if with_day else "", _hours(held, minutes), held.room, _speaker(held)]
    return ", ".join(part for part in parts if part)


def _hours(held: HeldSession, minutes: int) -> str:
    if not held.start:
        return ""
    begins = datetime.strptime(held.start, "%H.%M")
    return f"{begins:%H.%M}–{begins + timedelta(minutes=held.minutes or minutes):%H.%M}"


def _speaker(held: HeldSession) -> str:
    if held.speaker and held.institution:
        return f"pemateri {held.speaker} ({held.institution})"
    return f"pemateri {held.speaker or f'dari {held.institution}'}" if held.speaker or held.institution else ""
