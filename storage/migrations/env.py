"""Alembic enters here, with the connection that `storage.migrate` has opened."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,  # a migration that is killed has not happened
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
