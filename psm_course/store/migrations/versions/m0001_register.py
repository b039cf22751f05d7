"""The register of the second edition, from nothing."""

from alembic import op

from psm_course.store.migrations.protection import protect
from psm_course.store.schema import APPEND_ONLY, NEVER_CHANGED, metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
    for table in APPEND_ONLY:
        protect(table)
    for table in NEVER_CHANGED:
        protect(table, "UPDATE")
