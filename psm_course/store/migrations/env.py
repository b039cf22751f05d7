"""Alembic's entry: uses the connection that `store.engine` passes."""

from alembic import context

from psm_course.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
