"""Checks data that is stored only to make searching and statistics fast, by computing it again."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, select

from psm_course.interchange.people.names import name_key, words_to_search
from psm_course.store.people.persons import miscounted_persons
from psm_course.store.rows import ours, same_office
from psm_course.store.schema import enrolment, name_word
from psm_course.store.soundness.problem import Problem
from psm_course.store.soundness.stored import AT_ONCE


def derived_problems(tx: Connection) -> Iterator[Problem]:
    """Yield a problem for each stored value that differs from the value computed again.

    The values are search words of names, name keys (`sitinurhayati`, for finding similar names),
    and the facts of persons that statistics use. It is also a problem if an erased person has a
    name again.
    """
    yield from _name_problems(tx)
    for whose in miscounted_persons(tx):
        yield Problem(
            "person",
            str(whose),
            f"Orang {whose} tidak dihitung seperti pendaftaran dan sertifikatnya. Bandingkan dengan"
            " cadangan.",
        )


def _name_problems(tx: Connection) -> Iterator[Problem]:
    of_it = same_office(name_word, enrolment) & (name_word.c.number == enrolment.c.number)
    told = enrolment.c.number, enrolment.c.name, enrolment.c.name_key, enrolment.c.erased_at
    query = (
        select(*told, name_word.c.word)
        .select_from(enrolment)
        .outerjoin(name_word, of_it)
        .order_by(enrolment.c.number)
    )
    with tx.execute(ours(tx, query).execution_options(yield_per=AT_ONCE)) as rows:
        for (number, name, key, erased_at), of_one in groupby(rows, lambda row: row[:4]):
            words = {word for *_, word in of_one if word is not None}
            if words != (words_to_search(name) if name else frozenset()) or key != (
                name_key(name) if name else ""
            ):
                yield Problem(
                    "name_word",
                    number,
                    f"Peserta {number} dicari dengan kata yang bukan namanya. Bandingkan dengan"
                    " cadangan.",
                )
            if erased_at is not None and name:
                yield Problem(
                    "enrolment",
                    number,
                    f"Peserta {number} sudah dihapus datanya, tetapi namanya ada lagi.",
                )
