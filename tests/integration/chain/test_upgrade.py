"""A store of the first version that held postings is brought up to date with all that is in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from finance_hooks.store.metadata import complete_metadata
from finance_hooks.store.migrate import alembic_config
from tests.integration.chain.chain import Chain

FIRST_WITH_POSTINGS = "0002"
CARRIED = ("token", "document", "document_version", "posting")
COUNT = 6
MORE = 3

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    yield chain
    chain.close()


def test_night_on_a_store_of_the_first_version_books_nothing_twice_and_what_was_pending_once(
    chain: Chain,
) -> None:
    live_until_some_are_booked_parked_and_pending(chain)
    before, booked = chain.states(), chain.times_booked()

    begin_again_with_the_first_version(chain.engine)
    assert chain.states() == before
    for revision in revisions_after_the_first(chain.engine):
        migrate(chain.engine, revision)
    report = chain.night("after the upgrade")

    assert set(before) == {"booked", "parked", "pending"}
    assert report.booked == before["pending"]
    assert report.already_booked == before["booked"]
    assert (report.parked, report.unknown) == (before["parked"], 0)
    assert report.difference == 0
    assert set(chain.times_booked().values()) == {1}
    assert len(chain.bench.books()) == booked.total() + before["pending"]


def test_newest_migration_goes_back_and_forth_without_losing_anything(chain: Chain) -> None:
    live_until_some_are_booked_parked_and_pending(chain)
    before, kept = chain.states(), carried(chain.engine)
    newest = revisions_after_the_first(chain.engine)[-1]

    with chain.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "-1")
    assert chain.states() == before
    migrate(chain.engine, newest)

    assert carried(chain.engine) == kept
    with chain.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, complete_metadata()) == []


def live_until_some_are_booked_parked_and_pending(chain: Chain) -> None:
    """Book documents, of which the package refuses one, and prepare some more."""
    chain.generate(COUNT)
    chain.bench.place(effect="status", status=400, times=1)
    chain.night("first")
    chain.generate(MORE, seed=2)
    chain.prepare("second")


def begin_again_with_the_first_version(engine: sa.Engine) -> None:
    """Make the tables as the first version made them, and put into them the rows that it had columns for."""
    rows = carried(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    migrate(engine, FIRST_WITH_POSTINGS)
    old = sa.MetaData()
    old.reflect(engine)
    with engine.begin() as connection:
        for name in CARRIED:
            insert(connection, old.tables[name], rows[name])


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows without the columns there are not; a posting begins as pending, and then moves."""
    for row in rows:
        had = {name: row[name] for name in row if name in table.columns}
        if table.name != "posting":
            connection.execute(sa.insert(table).values(had))
            continue
        connection.execute(sa.insert(table).values(had | {"state": "pending"}))
        this = table.c.posting_id == had["posting_id"]
        connection.execute(sa.update(table).where(this).values(state=had["state"]))
    for column in (column for column in table.columns if column.identity is not None):
        highest = max(row[column.name] for row in rows)
        connection.execute(
            sa.text(f"ALTER TABLE {table.name} ALTER {column.name} RESTART WITH {highest + 1}")
        )


def carried(engine: sa.Engine) -> Rows:
    """Read the rows that are carried along, by table."""
    tables = sa.MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(sa.select(tables.tables[name])).mappings()]
            for name in CARRIED
        }


def revisions_after_the_first(engine: sa.Engine) -> list[str]:
    """List the migrations after the first version, oldest first."""
    with engine.begin() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
        walked = scripts.walk_revisions(FIRST_WITH_POSTINGS, "head")
        return [script.revision for script in walked][-2::-1]


def migrate(engine: sa.Engine, revision: str) -> None:
    """Apply migrations up to one."""
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), revision)
