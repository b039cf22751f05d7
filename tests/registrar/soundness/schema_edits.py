"""Every way in which somebody may change a register's tables, triggers and indexes themselves.

What stands in the tables is changed by `edits`.
"""

from __future__ import annotations

from tests.registrar.soundness.edits import edit

_REFUSES_NOTHING = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"

SCHEMA_EDITS = (
    edit(
        "a trigger missing",
        "DROP TRIGGER outcome_no_update",
        said="Pelindung outcome_no_update tidak ada lagi",
        only="sqlite",
    ),
    edit(
        "a trigger that refuses nothing",
        "DROP TRIGGER outcome_no_update",
        "CREATE TRIGGER outcome_no_update BEFORE UPDATE ON outcome BEGIN SELECT 1; END",
        said="Pelindung outcome_no_update tidak seperti yang dibuat program",
        only="sqlite",
    ),
    edit(
        "a trigger that helps",
        "CREATE TRIGGER pembantu AFTER INSERT ON outcome BEGIN SELECT 1; END",
        said="Pelindung pembantu bukan bagian register",
        only="sqlite",
    ),
    edit(
        "a table made loosely",
        "CREATE TABLE baru AS SELECT * FROM number_skip",
        "DROP TABLE number_skip",
        "ALTER TABLE baru RENAME TO number_skip",
        said="Tabel number_skip tidak seperti yang dibuat program",
        only="sqlite",
    ),
    edit(
        "statistics that slow it down",
        "UPDATE sqlite_stat1 SET stat = '1 1 1' WHERE idx = 'ix_attempt_number'",
        said="Statistik ix_attempt_number tidak seperti",
        only="sqlite",
    ),
    edit(
        "a trigger missing",
        "DROP TRIGGER outcome_no_update ON outcome",
        said="Pelindung outcome_no_update tidak ada lagi",
        only="postgresql",
    ),
    edit(
        "a trigger that refuses nothing",
        f"CREATE FUNCTION diam() {_REFUSES_NOTHING}",
        "DROP TRIGGER outcome_no_update ON outcome",
        "CREATE TRIGGER outcome_no_update BEFORE UPDATE ON outcome"
        " FOR EACH ROW EXECUTE FUNCTION diam()",
        said="Pelindung outcome_no_update tidak seperti yang dibuat program",
        only="postgresql",
    ),
    edit(
        "a trigger's function that refuses nothing",
        f"CREATE OR REPLACE FUNCTION refuse_change() {_REFUSES_NOTHING}",
        said="Fungsi refuse_change tidak seperti yang dibuat program",
        only="postgresql",
    ),
    edit(
        "a trigger switched off",
        "ALTER TABLE outcome DISABLE TRIGGER outcome_no_update",
        said="Pelindung outcome_no_update tidak seperti yang dibuat program",
        only="postgresql",
    ),
    edit(
        "foreign keys switched off",
        "ALTER TABLE attempt DISABLE TRIGGER ALL",
        said="Tabel attempt tidak seperti yang dibuat program",
        only="postgresql",
    ),
    edit(
        "a rule that throws away",
        "CREATE RULE hilang AS ON INSERT TO record_event DO INSTEAD NOTHING",
        said="Aturan hilang bukan bagian register",
        only="postgresql",
    ),
    edit(
        "an index dropped",
        "DROP INDEX ix_outcome_attempt",
        said="Indeks ix_outcome_attempt tidak ada lagi",
    ),
    edit(
        "an index that is not unique any more",
        "DROP INDEX ix_attempt_number",
        "CREATE INDEX ix_attempt_number ON attempt (office, number, quiz, bound, sequence)",
        said="Indeks ix_attempt_number tidak seperti yang dibuat program",
    ),
    edit(
        "a view laid over",
        "CREATE VIEW nilai AS SELECT * FROM outcome",
        said="Tampilan nilai bukan bagian register",
    ),
)
