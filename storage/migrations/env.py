"""Alembic enters here, with the connection that `storage.migrate` has opened."""

from alembic import context

from storage.tables import metadata

# What only its migration knows.
OF_ONE_ENGINE = (
    "instrument_index",
    "ix_instrument_marks",
    "ix_instrument_sample",
    "call_index",
    "ix_grant_call_marks",
)


def is_ours(name: str | None, *_: object) -> bool:
    return not (name or "").startswith(OF_ONE_ENGINE)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,  # a migration that is killed has not happened
    compare_type=True,
    include_name=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
