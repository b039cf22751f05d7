"""Adopting a course: from then on the office works on that version, whatever becomes of the folder it was read from (decision 0052)."""

from dataclasses import dataclass
from datetime import datetime

from psm_course.authoring.problems import did_you_mean
from psm_course.content.adopted import differences, digest_of, site_digest
from psm_course.content.course import Course
from psm_course.errors import Refused
from psm_course.registrar.reasons import make_reason, reason_about
from psm_course.store import audit
from psm_course.store.completion.versions import (
    CourseVersion,
    add_version,
    newest_titles,
    newest_version,
    newest_versions,
    shown_by_versions,
)
from psm_course.store.engine import Connection, Store

NOTHING_YET = "Kantor ini belum mengadopsi kursus. Jalankan dulu di folder kursusnya: psm course adopt"
_FIRST = "kursus diadopsi pertama kali"


@dataclass(frozen=True)
class CourseComparison:
    """A course beside the version of it that was adopted last (None: the first), and what it says otherwise, in sentences."""

    course: Course
    digest: str
    before: CourseVersion | None
    differences: tuple[str, ...]

    @property
    def is_adopted(self) -> bool:
        """Adopting it would change nothing."""
        return self.before is not None and self.before.digest == self.digest


def compare_course(store: Store, course: Course) -> CourseComparison:
    """What adopting this course would change. Changes nothing."""
    with store.reading() as tx:
        return _compare(tx, course)


def adopt_course(store: Store, course: Course, reason: str, actor: str, now: datetime) -> CourseComparison:
    """Adopt a course, for cohorts opened from then on; those opened before keep what they adopted.

    Refused when it is adopted already, and from the second version on without a reason.
    """
    with store.transaction() as tx:
        compared = _compare(tx, course)
        if compared.is_adopted:
            raise Refused(f"Kursus {course.file.id} versi ini sudah diadopsi. Tidak ada yang diubah.")
        why = reason_about(tx, reason) if compared.before or reason else make_reason(_FIRST, (), ())
        version = add_version(tx, course, why, actor, now)
        _note(tx, version, actor, now, before=compared.before.name if compared.before else None)
    return compared


def _compare(tx: Connection, course: Course) -> CourseComparison:
    before = newest_version(tx, course.file.id)
    changed = tuple(differences(before.course, course)) if before else ()
    return CourseComparison(course, digest_of(course), before, changed)


def _note(tx: Connection, version: CourseVersion, actor: str, now: datetime, before: str | None) -> None:
    audit.note(tx, actor, "course adopted", version.course.file.id, now, before=before, version=version.name)


# ---- which course ------------------------------------------------------------------------------------------------------------


def find_course(store: Store) -> Course | None:
    """The version that the office adopted last, of whichever course; None while it adopted none."""
    with store.reading() as tx:
        newest = newest_version(tx)
        return newest.course if newest else None


def get_course(store: Store, wanted: str = "") -> Course:
    """The newest version of the course named, or of the only one there is. Refused as `version_for`."""
    with store.reading() as tx:
        version = newest_version(tx, one_course(tx, wanted))
        if version is None:
            raise Refused(NOTHING_YET)
        return version.course


def find_courses(store: Store) -> tuple[Course, ...]:
    """The newest version of every adopted course, the one adopted last before the others."""
    with store.reading() as tx:
        return tuple(version.course for version in newest_versions(tx))


def course_titles(store: Store) -> dict[str, str]:
    """The title of every adopted course by its id."""
    with store.reading() as tx:
        return newest_titles(tx)


def first_use(store: Store, course: Course, actor: str, now: datetime) -> bool:
    """Adopt a course of which no version was adopted yet, so that a new office needs no step of its own. Says whether it did."""
    with store.transaction() as tx:
        if newest_version(tx, course.file.id) is not None:
            return False
        _adopt_first(tx, course, actor, now)
        return True


def version_for(tx: Connection, wanted: Course | str, actor: str, now: datetime) -> CourseVersion:
    """The version that a new cohort adopts.

    Args:
        tx: the transaction that opens the cohort.
        wanted: a course's id; or a course, which is adopted where no version of it was; empty: the only one there is.
        actor, now: of the first adoption.

    Raises:
        Refused: no course is adopted, none of that id, or several where none is named.
    """
    if isinstance(wanted, Course):
        return newest_version(tx, wanted.file.id) or _adopt_first(tx, wanted, actor, now)
    version = newest_version(tx, one_course(tx, wanted))
    if version is None:
        raise Refused(NOTHING_YET)
    return version


def one_course(tx: Connection, wanted: str = "") -> str:
    """The id of a course: the one named, or the only one there is; empty while none is adopted. Refused as `version_for`."""
    titles = newest_titles(tx)
    if wanted in titles or not (wanted or titles):
        return wanted
    listed = ", ".join(f"{name} ({title})" for name, title in titles.items())
    if wanted:
        guess = did_you_mean(wanted, titles)
        hint = f' Maksud Anda "{guess}"?' if guess else ""
        raise Refused(f'Kursus "{wanted[:64]}" belum diadopsi kantor ini.{hint} Yang ada: {listed or "belum ada"}.')
    if len(titles) > 1:
        raise Refused(f"Kantor ini punya {len(titles)} kursus; sebutkan yang mana: {listed}.")
    return next(iter(titles))


def _adopt_first(tx: Connection, course: Course, actor: str, now: datetime) -> CourseVersion:
    version = add_version(tx, course, make_reason(_FIRST, (), ()), actor, now)
    _note(tx, version, actor, now, before=None)
    return version


# ---- the site beside what is adopted -------------------------------------------------------------------------------------------


def sentence_about_site(store: Store, said: tuple[str, str] | None) -> str:
    """What is to be done about a site, by what it says of itself: its course and what it shows.

    Empty where it is of the version adopted last, where it says nothing, and before the office has adopted anything.
    """
    if said is None:
        return ""
    course_id, shown = said
    with store.reading() as tx:
        adopted = [(name, site) for name, site in shown_by_versions(tx) if name == course_id]
        known = newest_titles(tx)
    if not known or (adopted and adopted[0][1] == shown):
        return ""
    if not adopted:
        return f"Situs ini dari kursus {course_id}, yang belum diadopsi kantor. Adopsi dengan: psm course adopt"
    if (course_id, shown) in adopted:
        return "Situs ini dari versi kursus yang diadopsi sebelumnya; jawabannya tetap dihitung. Susun yang baru dengan: psm build"
    return (
        "Situs ini dari isi kursus yang belum diadopsi kantor, jadi jawaban tes yang berubah akan ditahan. "
        "Lihat bedanya dengan: psm course adopt --dry-run"
    )


def sentence_on_course(store: Store, course: Course) -> str:
    """The same about the site that a course gives."""
    return sentence_about_site(store, (course.file.id, site_digest(course)))
