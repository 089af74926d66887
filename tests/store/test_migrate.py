"""The schema the migrations make is the schema the code speaks to."""

import logging
import secrets
import subprocess
import sys
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from finance_hooks.store import migrate
from finance_hooks.store.metadata import complete_metadata
from local.postgres import create_database, drop_database

TOGETHER = 3


@pytest.fixture
def empty_url(postgres_url: str) -> Iterator[str]:
    name = f"finance_test_empty_{secrets.token_hex(6)}"
    create_database(postgres_url, name)
    yield sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    drop_database(postgres_url, name)


def test_migrations_and_tables_agree(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, complete_metadata())

    assert differences == []


def test_constraints_have_the_names_of_the_convention(engine: sa.Engine) -> None:
    found = sa.inspect(engine)
    tables = complete_metadata().sorted_tables

    named = {table.name: found.get_pk_constraint(table.name)["name"] for table in tables if table.primary_key}

    assert named == {table.name: f"pk_{table.name}" for table in tables if table.primary_key}


def test_processes_that_start_at_once_migrate_once(empty_url: str) -> None:
    command = [
        sys.executable,
        "-c",
        "import sys; from finance_hooks.store import migrate; migrate.upgrade(sys.argv[1])",
        empty_url,
    ]
    running = [subprocess.Popen(command, stdout=-1, stderr=-1) for _ in range(TOGETHER)]
    ended = [(process.communicate(timeout=60), process.returncode) for process in running]

    assert ended == [((b"", b""), 0)] * TOGETHER


def test_migrating_leaves_the_logging_of_the_process_alone(empty_url: str) -> None:
    def logging_now() -> tuple[object, ...]:
        root = logging.getLogger()
        return root.level, tuple(root.handlers), logging.getLogger("alembic").level

    before = logging_now()

    migrate.upgrade(empty_url)

    assert logging_now() == before
