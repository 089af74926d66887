"""Bring the schema of the store up to date."""

import io
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from finance_hooks.store.engine import CONNECT_TIMEOUT_S

MIGRATIONS = Path(__file__).with_name("migrations")
ADVISORY_LOCK = 7_119_502_218
"""Any number, as long as nothing else on the database uses it."""


def upgrade(url: str) -> None:
    """Apply the migrations a store still lacks, all or none; processes that start at once take turns."""
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"connect_timeout": CONNECT_TIMEOUT_S})
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ADVISORY_LOCK)))
        command.upgrade(alembic_config(connection), "head")


def is_current(engine: sa.Engine) -> bool:
    """Say whether a store has every migration."""
    with engine.begin() as connection:
        heads = ScriptDirectory.from_config(alembic_config(connection)).get_heads()
        return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def alembic_config(connection: sa.Connection) -> Config:
    """Configure Alembic for one connection without a file of settings and without output."""
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
