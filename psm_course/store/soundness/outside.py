"""Checks the tables that the log does not cover (decision 0072), as far as their rows allow.

These tables are quarantine, sign-ins and failed sign-ins.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection

from psm_course.grading.submission import NotASubmission, canonical, check_submission
from psm_course.store.schema import metadata, quarantine, sign_in, sign_in_failure
from psm_course.store.soundness.naming import CALLED, key_in, row_called
from psm_course.store.soundness.problem import Problem
from psm_course.store.soundness.stored import Unread, read_or_not, stored_rows


def outside_problems(tx: Connection) -> Iterator[Problem]:
    """Yield problems with the rows of quarantine, sign-ins and failed sign-ins.

    It is a problem if a value is not as our programs write it, if the digest of a document is
    wrong, if a row does not fit its document, or if a table cannot be read. In a SQLite file, rows
    of an unknown office are a problem too, in all tables.
    """
    for table in (quarantine, sign_in, sign_in_failure):
        try:
            for part in stored_rows(tx, table):
                for values, is_as_written in part:
                    if not is_as_written or (table is quarantine and not _is_what_it_says(values)):
                        who = row_called(key_in(table.name, values))
                        yield Problem(
                            table.name,
                            who,
                            f"{CALLED[table.name]} {who} rusak, atau diubah di luar program.",
                        )
        except Unread as unread:
            yield Problem(
                table.name,
                "",
                f"Tabel {table.name} tidak terbaca seluruhnya: {unread}. Pakai cadangan terakhir.",
            )
    yield from _of_no_office(tx)


def _is_what_it_says(row: Mapping[str, Any]) -> bool:
    """True if the digest of a quarantined document is right, and its row fits the document.

    Some columns of the row are copied from the document; their values must be the same.
    """
    try:
        document = orjson.loads(row["document"])
        submission = check_submission(document)
        digest = hashlib.sha256(canonical(document)).hexdigest()
    except (ValueError, TypeError, NotASubmission):
        return False
    says = (digest, submission.id, submission.participant, submission.quiz)
    return says == (row["digest"], row["submission"], row["participant"], row["quiz"])


def _of_no_office(tx: Connection) -> Iterator[Problem]:
    """Yield problems of a SQLite file: rows of an office that is not in the register.

    A server refuses such rows by its foreign keys; in a file, somebody may have switched off the
    foreign keys.
    """
    for table in metadata.sorted_tables if tx.dialect.name == "sqlite" else ():
        if "office" not in table.c:
            continue
        query = (
            f'SELECT DISTINCT office FROM "{table.name}"'  # noqa: S608 - the names are ours
            " WHERE office NOT IN (SELECT code FROM office) OR office IS NULL"
        )
        try:
            with read_or_not():
                strange = tx.exec_driver_sql(query).scalars().all()
        except Unread:  # said of the table itself already
            continue
        for code in strange:
            yield Problem(
                table.name,
                str(code),
                f"Tabel {table.name} berisi baris kantor {code}, yang tidak ada di register ini.",
            )
