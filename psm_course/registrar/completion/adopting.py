"""Adopt a course: from then on the office works with that version (decision 0052).

Later changes in the course folder have no effect until the course is adopted again.
"""

from dataclasses import dataclass
from datetime import datetime

from psm_course.authoring.problems import did_you_mean
from psm_course.content.adopted import differences, digest_of
from psm_course.content.course import Course
from psm_course.domain.register import Reason
from psm_course.errors import Refused
from psm_course.registrar.reasons import make_reason, reason_about
from psm_course.store import audit
from psm_course.store.completion.versions import (
    CourseVersion,
    add_version,
    newest_titles,
    newest_version,
    newest_versions,
    site_digests,
)
from psm_course.store.engine import Connection, Store

NOTHING_YET = (
    "Kantor ini belum mengadopsi kursus. Jalankan dulu di folder kursusnya: psm course adopt"
)
_FIRST = "kursus diadopsi pertama kali"


@dataclass(frozen=True)
class CourseComparison:
    """A course compared with its version that was adopted last.

    `digest` is the digest of the course; `before` is the adopted version, None if no version is
    adopted yet. `differences` are sentences.
    """

    course: Course
    digest: str
    before: CourseVersion | None
    differences: tuple[str, ...]

    @property
    def is_adopted(self) -> bool:
        """True if this version is adopted already."""
        return self.before is not None and self.before.digest == self.digest


def compare_course(store: Store, course: Course) -> CourseComparison:
    """Compare a course with its version that was adopted last. Changes nothing."""
    with store.reading() as tx:
        return _compare(tx, course)


def adopt_course(
    store: Store, course: Course, reason: str, actor: str, now: datetime
) -> CourseComparison:
    """Adopt a course for cohorts that are opened from now on; earlier cohorts keep their version.

    Returns the differences from the version before.

    Raises:
        Refused: this version is adopted already, or the reason is missing (needed from the second
            version on).
    """
    with store.transaction() as tx:
        compared = _compare(tx, course)
        if compared.is_adopted:
            raise Refused(
                f"Kursus {course.file.id} versi ini sudah diadopsi. Tidak ada yang diubah."
            )
        why = reason_about(tx, reason) if compared.before or reason else make_reason(_FIRST, (), ())
        _adopt(tx, course, why, actor, now, compared.before)
    return compared


def _compare(tx: Connection, course: Course) -> CourseComparison:
    before = newest_version(tx, course.file.id)
    changed = tuple(differences(before.course, course)) if before else ()
    return CourseComparison(course, digest_of(course), before, changed)


# ---- which course --------------------------------------------------------------------------------


def find_course(store: Store) -> Course | None:
    """Find the course version that was adopted most recently; None if no course is adopted."""
    with store.reading() as tx:
        newest = newest_version(tx)
        return newest.course if newest else None


def get_course(store: Store, wanted: str = "") -> Course:
    """The newest adopted version of the course with the id `wanted`.

    If `wanted` is empty and only one course is adopted, returns the newest version of that course.

    Raises:
        Refused: no course is adopted, or no course with this id; or `wanted` is empty and several
            courses are adopted.
    """
    with store.reading() as tx:
        return get_version(tx, one_course(tx, wanted)).course


def get_version(tx: Connection, course_id: str) -> CourseVersion:
    """The newest adopted version of the course with this id; if the id is empty, of any course.

    Raises:
        Refused: no version is adopted.
    """
    version = newest_version(tx, course_id)
    if version is None:
        raise Refused(NOTHING_YET)
    return version


def find_courses(store: Store) -> tuple[Course, ...]:
    """The newest version of every adopted course. The course that was adopted last comes first."""
    with store.reading() as tx:
        return tuple(version.course for version in newest_versions(tx))


def course_titles(store: Store) -> dict[str, str]:
    """The title of every adopted course by its id."""
    with store.reading() as tx:
        return newest_titles(tx)


def first_use(store: Store, course: Course, actor: str, now: datetime) -> bool:
    """Adopt a course if no version of it was adopted yet; return True if it was adopted now.

    So a new office does not have to adopt its first course by a command.
    """
    with store.transaction() as tx:
        if newest_version(tx, course.file.id) is not None:
            return False
        _adopt(tx, course, make_reason(_FIRST, (), ()), actor, now)
        return True


def version_for(tx: Connection, wanted: Course | str, actor: str, now: datetime) -> CourseVersion:
    """Find the course version that a new cohort adopts.

    Args:
        tx: the transaction that opens the cohort.
        wanted: the id of a course; an empty text means the only course that is adopted. If
            `wanted` is a `Course` of which no version was adopted yet, it is adopted now.
        actor, now: the account that acts and the moment; used if the course is adopted now.

    Raises:
        Refused: no course is adopted, or no course with this id; or `wanted` is empty and several
            courses are adopted.
    """
    if isinstance(wanted, Course):
        first = make_reason(_FIRST, (), ())
        return newest_version(tx, wanted.file.id) or _adopt(tx, wanted, first, actor, now)
    return get_version(tx, one_course(tx, wanted))


def one_course(tx: Connection, wanted: str = "") -> str:
    """Check the course id `wanted`; if it is empty, return the id of the only adopted course.

    Returns an empty text if `wanted` is empty and no course is adopted.

    Raises:
        Refused: the course is not adopted, or several are adopted while `wanted` is empty.
    """
    titles = newest_titles(tx)
    # No course named and none adopted is not yet a mistake: the caller decides.
    if wanted in titles or not (wanted or titles):
        return wanted
    listed = ", ".join(f"{name} ({title})" for name, title in titles.items())
    if wanted:
        guess = did_you_mean(wanted, titles)
        hint = f' Maksud Anda "{guess}"?' if guess else ""
        raise Refused(
            f'Kursus "{wanted[:64]}" belum diadopsi kantor ini.{hint} Yang ada:'
            f" {listed or 'belum ada'}."
        )
    if len(titles) > 1:
        raise Refused(f"Kantor ini punya {len(titles)} kursus; sebutkan yang mana: {listed}.")
    return next(iter(titles))


def _adopt(
    tx: Connection,
    course: Course,
    why: Reason,
    actor: str,
    now: datetime,
    before: CourseVersion | None = None,
) -> CourseVersion:
    version = add_version(tx, course, why, actor, now)
    audit.note(
        tx,
        actor,
        "course adopted",
        course.file.id,
        now,
        before=before.name if before else None,
        version=version.name,
    )
    return version


# ---- the site beside what is adopted -------------------------------------------------------------


def sentence_about_site(store: Store, said: tuple[str, str] | None) -> str:
    """Return advice if the built site was not made from the course version that was adopted last.

    Returns an empty text if the site was made from that version, if the site does not name a
    version, or if no course is adopted.

    Args:
        store: the register.
        said: the course id and the digest that the site names; None if it names no version.
    """
    if said is None:
        return ""
    course_id, shown = said
    with store.reading() as tx:
        adopted = [(name, site) for name, site in site_digests(tx) if name == course_id]
        known = newest_titles(tx)
    if not known or (adopted and adopted[0][1] == shown):
        return ""
    if not adopted:
        return (
            f"Situs ini dari kursus {course_id}, yang belum diadopsi kantor. Adopsi dengan: psm"
            " course adopt"
        )
    if (course_id, shown) in adopted:
        return (
            "Situs ini dari versi kursus yang diadopsi sebelumnya; jawabannya tetap dihitung. Susun"
            " yang baru dengan: psm build"
        )
    return (
        "Situs ini dari isi kursus yang belum diadopsi kantor, jadi jawaban tes yang berubah akan"
        " ditahan. Lihat bedanya dengan: psm course adopt --dry-run"
    )
