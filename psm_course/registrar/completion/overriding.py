"""Decisions about one person: an officer's override of a requirement, a trainer's observation."""

from datetime import datetime

from psm_course.errors import Refused
from psm_course.registrar.archive import refuse_archived
from psm_course.registrar.reasons import reason_about
from psm_course.store import audit
from psm_course.store.attendance import observations
from psm_course.store.completion import overrides
from psm_course.store.completion.versions import Adoption, find_adoption
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, people


def override(
    store: Store,
    number: str,
    requirement: str,
    met: bool | None,
    reason: str,
    actor: str,
    now: datetime,
) -> None:
    """Override one requirement of a person.

    `met` True: the requirement counts as met. False: it counts as not met. None: an earlier
    override is taken back, so that the rules decide again.

    Raises:
        Refused: the reason is missing, the person or requirement does not exist, there is nothing
            to take back, the cohort adopted no rules or is archived.
    """
    with store.transaction() as tx:
        cohort_id, adoption = _adoption_for(tx, number)
        why = reason_about(tx, reason, [number])
        known = [asked.id for asked in adoption.rules.completion]
        if requirement not in known:
            raise Refused(
                f'Syarat "{requirement}" tidak ada di angkatan {cohort_id}. Yang ada:'
                f" {', '.join(known)}."
            )
        # A row that takes back nothing would only confuse the history.
        if met is None and requirement not in overrides.overrides_of_cohort(
            tx, cohort_id, number
        ).get(number, {}):
            raise Refused(
                f'Tidak ada ketetapan petugas untuk syarat "{requirement}" pada {number}. Tidak ada'
                " yang dicabut."
            )
        overrides.add_override(tx, number, requirement, met, why, actor, now)
        audit.note(
            tx, actor, "requirement overridden", number, now, requirement=requirement, met=met
        )


def observe(
    store: Store, number: str, criterion: str, level: int, actor: str, now: datetime
) -> None:
    """Record the level that a trainer saw in one person, for one criterion of the adopted rubric.

    `level` counts from 1.

    Raises:
        Refused: the person, criterion or level does not exist, the cohort adopted no rules or is
            archived.
    """
    with store.transaction() as tx:
        cohort_id, adoption = _adoption_for(tx, number)
        known = {each.id: each for each in adoption.rules.rubric}
        if criterion not in known:
            listed = ", ".join(known) or "rubriknya belum ada"
            raise Refused(
                f'Kriteria "{criterion}" tidak ada di angkatan {cohort_id}. Yang ada: {listed}.'
            )
        levels = len(known[criterion].levels)
        if not 1 <= level <= levels:
            raise Refused(f"Tingkat {level} tidak ada. Tulis 1 sampai {levels}.")
        observations.add_observation(tx, number, criterion, level, actor, now)
        audit.note(tx, actor, "observed", number, now, criterion=criterion, level=level)


def _adoption_for(tx: Connection, number: str) -> tuple[str, Adoption]:
    """The id of a person's cohort, and the course version that the cohort adopted.

    Refused if nobody has the number, the cohort is archived, or it adopted nothing.
    """
    enrolment = people.find_enrolment(tx, number)
    if enrolment is None:
        raise Refused(
            f'Nomor peserta "{number}" tidak ada di register. Periksa nomornya di kartu peserta.'
        )
    refuse_archived(cohorts.get_cohort(tx, enrolment.cohort))
    adoption = find_adoption(tx, enrolment.cohort)
    if adoption is None:
        raise Refused(
            f"Angkatan {enrolment.cohort} belum menetapkan syarat. Jalankan dulu: psm rules"
            f" {enrolment.cohort} --apply --reason …"
        )
    return enrolment.cohort, adoption
