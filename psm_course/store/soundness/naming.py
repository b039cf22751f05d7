"""Gives a row a name that people know, such as the number of its person or certificate."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from psm_course.store.rows import ours
from psm_course.store.schema import attempt, metadata, submission

# What a row of a table is, at the beginning of a sentence.
CALLED = {
    "account": "Akun",
    "account_cohort": "Hak akun",
    "adoption": "Aturan angkatan",
    "attempt": "Percobaan",
    "attendance_mark": "Kehadiran",
    "card_secret": "Rahasia kartu",
    "cohort": "Angkatan",
    "cohort_session": "Jadwal sesi",
    "course_version": "Versi kursus",
    "decision": "Keputusan",
    "disposition": "Putusan butir",
    "enrolment": "Peserta",
    "number_skip": "Nomor yang dilewati",
    "observation": "Pengamatan",
    "office": "Kantor",
    "outcome": "Nilai",
    "override": "Kata petugas",
    "person": "Orang",
    "position_skip": "Tempat yang dilewati",
    "publication": "Terbitan",
    "quarantine": "Karantina",
    "record": "Sertifikat",
    "record_document": "Isi sertifikat",
    "record_event": "Riwayat sertifikat",
    "sign_in": "Tanda masuk",
    "sign_in_failure": "Salah sandi",
    "submission": "Jawaban",
    "log_epoch": "Log",
    "name_word": "Kata nama",
}
# The column that people know a row by, where that is not its key.
_KNOWN_BY = {
    "attempt": "number",
    "adoption": "cohort",
    "attendance_mark": "number",
    "decision": "submission",
    "disposition": "item",
    "observation": "number",
    "override": "number",
    "publication": "path",
    "record_document": "record",
    "record_event": "record",
    "submission": "participant",
}


def row_called(key: Sequence[object]) -> str:
    """Return the values of a row's primary key as one text, with spaces between them."""
    return " ".join(map(str, key))


def name_of(tx: Connection, table: str, values: Mapping[str, Any]) -> str:
    """Return the name by which people know a row.

    For example `D26-063` for an outcome: the participant number of the attempt.
    """
    if table == "outcome":
        number = tx.execute(
            ours(tx, select(attempt.c.number).where(attempt.c.id == values["attempt"]))
        ).scalar()
        # A falsified row may refer to an attempt that does not exist.
        return str(number or values["id"])
    if table == "decision":
        number = tx.execute(
            ours(
                tx, select(submission.c.participant).where(submission.c.id == values["submission"])
            )
        ).scalar()
        return str(number or values["submission"])
    known_by = _KNOWN_BY.get(table)
    return str(values[known_by]) if known_by else row_called(key_in(table, values))


def key_in(table: str, values: Mapping[str, Any]) -> list[Any]:
    """Return the values of a row's primary key, without the column `office`.

    `values` has the values of the row by column name.
    """
    return [
        values[column.name]
        for column in metadata.tables[table].primary_key
        if column.name != "office"
    ]


def read_key(written: str) -> list[Any]:
    """Read the primary key in a line of the log, as a list of values.

    If the text is not a JSON list, the result is a list with the text itself.
    """
    try:
        key = json.loads(written)
    except ValueError:
        return [written]
    return key if isinstance(key, list) else [written]
