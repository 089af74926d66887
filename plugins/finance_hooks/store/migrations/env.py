"""Run migrations on the connection that `finance_hooks.store.migrate` hands over."""

from alembic import context

from finance_hooks.store.metadata import complete_metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=complete_metadata(),
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
