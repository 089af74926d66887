"""Copy a whole store out and in again, and empty it."""

from io import StringIO
from typing import Any

import sqlalchemy as sa

LEFT_OUT = frozenset({"alembic_version", "posting_move"})
TOKENS = "token"
"""Kept apart, since an old token may need a new consent: it goes back only where the script says so."""

Copy = dict[str, str]
"""The rows of every table, as PostgreSQL copies them."""


def copy_store(engine: sa.Engine) -> Copy:
    """Return the rows of every table."""
    kept = {}
    with engine.connect() as connection:
        for table in _tables(connection):
            rows = StringIO()
            _cursor(connection).copy_expert(f'COPY "{table}" TO STDOUT', rows)
            kept[table] = rows.getvalue()
    return kept


def restore_store(engine: sa.Engine, kept: Copy, *, tokens: bool = False) -> None:
    """Put rows that were kept in the place of those there are; tokens too, or only what is not tokens."""
    with engine.connect() as connection, connection.begin():
        # Neither guards nor keys are asked about what stood there before.
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        wanted = [table for table in _tables(connection) if tokens or table != TOKENS]
        names = ", ".join(f'"{table}"' for table in wanted)
        connection.execute(sa.text(f"TRUNCATE {names}"))
        for table in wanted:
            rows = kept[table]
            _cursor(connection).copy_expert(f'COPY "{table}" FROM STDIN', StringIO(rows))


def empty_store(engine: sa.Engine) -> None:
    """Leave nothing of an earlier script, and count from one again."""
    with engine.begin() as connection:
        names = ", ".join(f'"{table}"' for table in _tables(connection))
        connection.execute(sa.text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


def _tables(connection: sa.Connection) -> list[str]:
    found = connection.execute(
        sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    ).scalars()
    return [name for name in found if name not in LEFT_OUT]


def _cursor(connection: sa.Connection) -> Any:  # noqa: ANN401 - the driver's own
    return connection.connection.cursor()
