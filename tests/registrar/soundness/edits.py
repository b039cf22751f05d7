# ruff: noqa: S608 - the statements are constants
"""Every way in which somebody with the file, or the server, in hand may falsify a register: what it
is called, the statements, and what `psm db check` has to say of it. The triggers are taken away
before and put back after, so that nobody sees them missing.

A statement may name a person by `{FAILED}` and the like: the numbers of `office`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """`said`: words of one sentence of the check. `only`: the database in which it can be done."""

    name: str
    statements: tuple[str, ...]
    said: str
    only: str = ""


def edit(name: str, *statements: str, said: str, only: str = "") -> Edit:
    return Edit(name, statements, said, only)


def added(table: str, values: str) -> str:
    """A statement that inserts one row; its `office` is that of the register."""
    return f"INSERT INTO {table} SELECT office, {values} FROM office_code"


_FINAL_TEST = "FROM attempt WHERE number = '{FAILED}' AND quiz = 'tes-akhir'"
_ATTEMPT = f"(SELECT id {_FINAL_TEST})"
_SUBMISSION = f"(SELECT submission {_FINAL_TEST})"
_RECORD = "(SELECT max(number) FROM record WHERE participant = '{HOLDS}')"
_NOW = "'2026-11-24 02:00:00.000000'"

EDITS = (
    # ---- answers and what they earned
    edit(
        "an outcome raised",
        f"UPDATE outcome SET points = '4', passed = true WHERE attempt = {_ATTEMPT}",
        said="Nilai {FAILED} tidak cocok",
    ),
    edit(
        "an outcome lowered",
        "UPDATE outcome SET points = '1', passed = false WHERE attempt = "
        + _ATTEMPT.replace("FAILED", "HOLDS"),
        said="Nilai {HOLDS} tidak cocok dengan catatan",
    ),
    edit(
        "a critical error emptied",
        "UPDATE outcome SET critical = '[]', passed = true WHERE critical <> '[]'",
        said="Nilai {DANGEROUS} tidak cocok",
    ),
    edit(
        "an outcome inserted",
        "INSERT INTO outcome SELECT office, 900, attempt, graded_at, '4', maximum, true, critical,"
        f" items, scoring, void FROM outcome WHERE attempt = {_ATTEMPT}",
        said="Nilai {FAILED} tidak ada di catatan mana pun",
    ),
    edit(
        "an outcome deleted",
        f"DELETE FROM outcome WHERE attempt = {_ATTEMPT}",
        said="tidak ada lagi; dihapus",
    ),
    edit(
        "an outcome that counts again",
        "UPDATE outcome SET void = false WHERE void",
        "UPDATE outcome SET void = true WHERE id = 1",
        said="Nilai D26-001 tidak cocok",
    ),
    edit(
        "answers changed",
        """UPDATE submission SET document = replace(document, '"satu": "b"', '"satu": "a"')"""
        f" WHERE id = {_SUBMISSION}",
        said="Jawaban {FAILED} tidak cocok",
    ),
    edit(
        "answers replaced",
        "UPDATE submission SET document ="
        " (SELECT document FROM submission WHERE id = '{HOLDS}/tes-akhir/1')"
        f" WHERE id = {_SUBMISSION}",
        said="Jawaban {FAILED} tidak cocok",
    ),
    edit(
        "a submission deleted alone",
        f"DELETE FROM submission WHERE id = {_SUBMISSION}",
        said="Percobaan 10 menunjuk ke submission",
    ),
    edit(
        "an attempt deleted alone",
        f"DELETE FROM attempt WHERE id = {_ATTEMPT}",
        said="Jawaban {FAILED}/tes-akhir/1 dari {FAILED} dihitung, tetapi percobaannya tidak ada",
    ),
    edit(
        "an enrolment deleted alone",
        "DELETE FROM enrolment WHERE number = '{FAILED}'",
        said="Peserta {FAILED} di catatan",
    ),
    edit(
        "a record deleted alone",
        f"DELETE FROM record WHERE number = {_RECORD}",
        said="Sertifikat 800.2/0003/PSM-DASAR/XI/2026 di catatan",
    ),
    edit(
        "submission, attempt and outcome deleted together",
        f"DELETE FROM outcome WHERE attempt = {_ATTEMPT}",
        "DELETE FROM attempt WHERE submission = '{FAILED}/tes-akhir/1'",
        "DELETE FROM submission WHERE id = '{FAILED}/tes-akhir/1'",
        said="Jawaban {FAILED}/tes-akhir/1 di catatan",
    ),
    edit(
        "an attempt given to another person",
        f"UPDATE attempt SET number = '{{HELD}}', sequence = 2 WHERE id = {_ATTEMPT}",
        said="Percobaan {HELD} tidak cocok",
    ),
    edit(
        "an attempt made the first one",
        "UPDATE attempt SET sequence = 5 WHERE number = '{HELD}'",
        said="tidak berurutan dari 1",
    ),
    edit(
        "an answer received in time after all",
        f"UPDATE submission SET received_at = {_NOW} WHERE participant = '{{FAILED}}'",
        "UPDATE submission SET received_at = '2026-11-24 01:59:59.000000'"
        " WHERE participant = '{FAILED}'",
        said="Jawaban {FAILED} tidak cocok",
    ),
    edit(
        "a held answer that counts",
        "UPDATE submission SET held = NULL WHERE id = 'tanpa kartu tiga'",
        said="Jawaban tanpa kartu tiga dari {HELD} dihitung",
    ),
    edit(
        "a held answer accepted",
        added("decision", f"900, 'tanpa kartu tiga', 'accepted', 'x', 'x', {_NOW}"),
        said="Keputusan {HELD} tidak ada di catatan mana pun",
    ),
    edit(
        "a disposition inserted",
        added("disposition", f"900, 'bimtek', 'tes-akhir', 'satu', 'full', 'x', 'x', {_NOW}"),
        said="Putusan butir satu tidak ada di catatan mana pun",
    ),
    # ---- presence, cards, people
    edit(
        "a presence changed",
        "UPDATE attendance_mark SET presence = 'excused' WHERE number = '{FAILED}'",
        said="Kehadiran {FAILED} tidak cocok",
    ),
    edit(
        "a presence deleted",
        "DELETE FROM attendance_mark WHERE number = '{FAILED}'",
        said="Kehadiran",
    ),
    edit(
        "a presence inserted",
        added(
            "attendance_mark",
            f"900, '{{FAILED}}', 'anak', 'present', {_NOW}, 'petugas', 'desk', NULL",
        ),
        said="Kehadiran {FAILED} tidak ada di catatan mana pun",
    ),
    edit(
        "an observation raised",
        "UPDATE observation SET level = 4",
        said="Pengamatan {FAILED} tidak cocok",
    ),
    edit(
        "a card",
        "UPDATE enrolment SET card_serial = 2 WHERE number = '{HELD}'",
        said="Peserta {HELD} tidak cocok",
    ),
    edit(
        "a card secret", "UPDATE card_secret SET digest = 'x'", said="Rahasia kartu 1 tidak cocok"
    ),
    edit(
        "a name",
        "UPDATE enrolment SET name = 'Orang Lain' WHERE number = '{HELD}'",
        said="Peserta {HELD} tidak cocok",
    ),
    edit(
        "a telephone",
        "UPDATE enrolment SET phone = '0812' WHERE number = '{HELD}'",
        said="Peserta {HELD} tidak cocok",
    ),
    edit(
        "whose enrolment it is",
        "UPDATE enrolment SET person = 1 WHERE number = '{HELD}'",
        said="Peserta {HELD} tidak cocok",
    ),
    edit(
        "somebody who left expected again",
        "UPDATE enrolment SET left_as = NULL, left_to = NULL WHERE number = '{MERGED}'",
        said="Peserta {MERGED} tidak cocok",
    ),
    edit(
        "an erased name put back",
        "UPDATE enrolment SET name = 'Tono Hartono' WHERE number = '{ERASED}'",
        said="sudah dihapus datanya, tetapi namanya ada lagi",
    ),
    edit(
        "a word to search by",
        added("name_word", "'tono', '{ERASED}'"),
        said="Peserta {ERASED} dicari dengan kata yang bukan namanya",
    ),
    edit(
        "who counts as certified",
        "UPDATE person SET certified = true WHERE id = 6",
        said="Orang 6 tidak dihitung seperti",
    ),
    edit(
        "a cohort's closing",
        f"UPDATE cohort SET closes_at = {_NOW} WHERE id = 'D26'",
        said="Angkatan D26 tidak cocok",
    ),
    edit(
        "a session's day",
        "UPDATE cohort_session SET held_on = '2026-11-20'"
        " WHERE cohort = 'D26' AND session = 'buka'",
        said="Jadwal sesi D26 buka tidak cocok",
    ),
    # ---- certificates
    edit(
        "a record's person",
        f"UPDATE record SET participant = '{{FAILED}}' WHERE number = {_RECORD}",
        said="isinya tidak cocok dengan register (participant)",
    ),
    edit(
        "the name in a frozen document",
        "UPDATE record_document SET content = replace(content, 'Dewi Lestari', 'Orang Lain')",
        said="kredensialnya tidak sama dengan isi yang dibekukan",
    ),
    edit(
        "a credential taken from another",
        "UPDATE record_document SET credential ="
        " (SELECT credential FROM record_document d WHERE d.id = 2) WHERE id = 3",
        said="kredensialnya tidak sama",
    ),
    edit(
        "a token taken from another",
        "UPDATE record_document SET jwt ="
        " (SELECT jwt FROM record_document d WHERE d.id = 2) WHERE id = 3",
        said="tokennya tidak sama",
    ),
    edit(
        "two places in the status list exchanged",
        "UPDATE record SET status_index = 90 WHERE status_index = 2",
        said="Sertifikat 800.2/0003/PSM-DASAR/XI/2026 tidak cocok",
    ),
    edit(
        "a revocation taken away",
        "DELETE FROM record_event WHERE event = 'revoked'",
        said="Terbitan perbaikan.json tidak cocok dengan register",
    ),
    edit(
        "another replacement",
        "UPDATE record_event SET by = '800.2/0003/PSM-DASAR/XI/2026' WHERE event = 'superseded'",
        said="Riwayat sertifikat 800.2/0001/PSM-DASAR/XI/2026 tidak cocok",
    ),
    edit("skipped numbers", "DELETE FROM number_skip", said="Nomor yang dilewati 1 di catatan"),
    edit(
        "the status list",
        "UPDATE publication SET document = (SELECT p.document FROM publication p"
        " WHERE p.path = 'status/0-revocation.json' ORDER BY p.id LIMIT 1)"
        " WHERE path = 'status/0-revocation.json'",
        said="Terbitan status/0-revocation.json tidak cocok dengan register",
    ),
    edit(
        "a list of corrections deleted",
        "DELETE FROM publication WHERE path = 'perbaikan.json'",
        said="Terbitan",
    ),
    # ---- rules and accounts
    edit(
        "an override inserted",
        added('"override"', f"900, '{{HELD}}', 'hadir', true, 'x', 'x', {_NOW}"),
        said="Kata petugas {HELD} tidak ada di catatan mana pun",
    ),
    edit(
        "rules from 80 to 10",
        """UPDATE course_version SET content = replace(content, '"share":"80"', '"share":"10"')""",
        said="Versi kursus 1 tidak cocok",
    ),
    edit(
        "older rules adopted again",
        added("adoption", f"900, 'D26', 1, NULL, 'x', 'x', {_NOW}"),
        said="Aturan angkatan D26 tidak ada di catatan mana pun",
    ),
    edit(
        "a role",
        "UPDATE account SET role = 'petugas' WHERE name = 'budi'",
        said="Akun budi tidak cocok",
    ),
    edit(
        "a password",
        "UPDATE account SET password = 'x' WHERE name = 'rini'",
        said="Akun rini tidak cocok",
    ),
    edit(
        "an account",
        added("account", "'maling', 'petugas', 'x', true"),
        said="Akun maling tidak ada di catatan mana pun",
    ),
    edit(
        "a right",
        added("account_cohort", "'budi', 'D27'"),
        said="Hak akun budi D27 tidak ada di catatan mana pun",
    ),
    # ---- the log
    edit(
        "a log row edited",
        "UPDATE audit_event SET actor = 'lain' WHERE id = 5",
        said="Catatan 5 tidak cocok dengan sidiknya",
    ),
    edit(
        "a log row dated earlier",
        "UPDATE audit_event SET at = '2020-01-01 00:00:00.000000' WHERE id = 5",
        said="jam laptop mundur",
    ),
    edit(
        "a log row deleted", "DELETE FROM audit_event WHERE id = 5", said="Catatan 5 tidak ada lagi"
    ),
    edit(
        "a log row's salt",
        "UPDATE audit_event SET salt ="
        " (SELECT e.salt FROM audit_event e WHERE e.id = 6) WHERE id = 5",
        said="Catatan 5 tidak cocok dengan sidiknya",
    ),
    edit(
        "a line made to fit a row",
        "UPDATE log_entry SET digest ="
        " (SELECT l.digest FROM log_entry l WHERE l.event = 6 LIMIT 1) WHERE event = 5",
        said="Catatan 5 tidak cocok dengan sidiknya",
    ),
    edit(
        "a line deleted",
        "DELETE FROM log_entry WHERE event = 5",
        said="Catatan 5 tidak cocok dengan sidiknya",
    ),
    edit(
        "the name of the log",
        "UPDATE log_epoch SET origin = 'lain/log/1'",
        said="Log 1 tidak cocok dengan catatan 1",
    ),
    edit(
        "a node inserted",
        "INSERT INTO log_node SELECT office, 1, 3, 7, salt FROM audit_event WHERE id = 5",
        said="Simpul 1/3/7 dari pohon log tidak cocok",
    ),
)
