"""Makes tables refuse to be changed, by triggers, on both databases.

Migrations never change; nor does this file.
"""

from __future__ import annotations

from alembic import op


def protect(table: str, *actions: str) -> None:
    """Refuse these actions (UPDATE, DELETE) on every row of a table.

    The database then says `<table> is append-only`.
    """
    for action in actions or ("UPDATE", "DELETE"):
        name = f"{table}_no_{action.lower()}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT,"
                f" '{table} is append-only'); END"
            )
        else:
            op.execute(_REFUSE)
            op.execute(
                f'CREATE TRIGGER {name} BEFORE {action} ON "{table}" FOR EACH ROW EXECUTE FUNCTION'
                " refuse_change()"
            )


_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""
