"""Let PostgreSQL know of tables that grew a lot, before it chooses how to go about questions on them.

Its own autovacuum looks once a minute; a first night is over by then, with plans for tables of a few rows
(PostgreSQL manual, "Routine Vacuuming", "Updating Planner Statistics").
"""

from collections.abc import Sequence

import sqlalchemy as sa

from finance_hooks.store.documents import document, document_version
from finance_hooks.store.events import event
from finance_hooks.store.postings import posting

GROWN = 0.1
"""The share of its known rows by which a table has to grow; autovacuum's own."""
LEAST = 50
"""Fewer rows than these make no plan slow."""


def documents_grew(engine: sa.Engine, added: int) -> tuple[str, ...]:
    """Have documents counted anew where so many are a lot; return the names of the tables that were."""
    return _look_again(engine, (document, document_version), added)


def postings_grew(engine: sa.Engine, added: int) -> tuple[str, ...]:
    """Have postings counted anew where so many are a lot; return the names of the tables that were."""
    return _look_again(engine, (posting, event), added)


def _look_again(engine: sa.Engine, tables: Sequence[sa.Table], added: int) -> tuple[str, ...]:
    """Nobody waits: where another connection is at it it is left to that one."""
    if added < LEAST:
        return ()
    chosen = sa.text("SELECT relname, reltuples FROM pg_class WHERE oid = ANY(CAST(:names AS regclass[]))")
    with engine.begin() as connection:
        found = connection.execute(chosen, {"names": [table.name for table in tables]})
        grown = tuple(row.relname for row in found if added > GROWN * max(row.reltuples, 0))
        for name in grown:
            connection.exec_driver_sql(f'ANALYZE (SKIP_LOCKED) "{name}"')
    return grown
