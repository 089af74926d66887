from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from local import postgres
from local.components import kill, running
from local.postgres import EmbeddedPostgres


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    # Longer than the 107 characters that the path of a Unix socket may have.
    state = tmp_path_factory.mktemp("a-state-folder-with-a-long-name" * 4)
    embedded = EmbeddedPostgres(state=state, password="s3cret/with:signs@", settings=postgres.FORGETFUL)
    embedded.start()
    yield embedded
    embedded.stop()
    postgres.forget(state)


def test_database_is_made_once_and_found_again_after_a_restart(server: EmbeddedPostgres) -> None:
    with sa.create_engine(server.ensure_database("kept")).begin() as connection:
        connection.execute(sa.text("CREATE TABLE kept (amount numeric)"))

    server.stop()
    server.start()

    with sa.create_engine(server.ensure_database("kept")).connect() as connection:
        assert sa.inspect(connection).has_table("kept")


def test_starting_a_running_server_changes_nothing(server: EmbeddedPostgres) -> None:
    before = server.url("postgres")

    server.start()

    assert server.url("postgres") == before


def test_killed_server_comes_back_on_its_port_with_what_was_committed(tmp_path: Path) -> None:
    durable = EmbeddedPostgres(state=tmp_path, password="keeps what it said")
    durable.start()
    before = durable.ensure_database("kept")
    with sa.create_engine(before, poolclass=sa.NullPool).begin() as connection:
        connection.execute(sa.text("CREATE TABLE kept (amount numeric)"))

    kill(next(component for component in running(tmp_path) if component.name == postgres.NAME))
    durable.start()

    assert durable.url("kept") == before
    with sa.create_engine(before, poolclass=sa.NullPool).connect() as connection:
        assert sa.inspect(connection).has_table("kept")
    durable.stop()
    postgres.forget(tmp_path)


def test_wrong_password_is_not_let_in(server: EmbeddedPostgres) -> None:
    stranger = EmbeddedPostgres(state=server.state, password="guessed")

    assert postgres.reachable(server.url("postgres"))
    assert not postgres.reachable(stranger.url("postgres"))


def test_copied_database_holds_what_its_template_held(server: EmbeddedPostgres) -> None:
    with sa.create_engine(server.ensure_database("original"), poolclass=sa.NullPool).begin() as connection:
        connection.execute(sa.text("CREATE TABLE kept (amount numeric)"))

    postgres.create_database(server.url("postgres"), "copied", template="original")

    with sa.create_engine(server.url("copied"), poolclass=sa.NullPool).connect() as connection:
        assert sa.inspect(connection).has_table("kept")


def test_forgotten_cluster_leaves_no_file(tmp_path: Path) -> None:
    embedded = EmbeddedPostgres(state=tmp_path, password="short lived", settings=postgres.FORGETFUL)
    embedded.start()
    cluster = (tmp_path / "postgres").resolve()
    embedded.stop()

    postgres.forget(tmp_path)

    assert not cluster.exists()
    assert not (tmp_path / "postgres").is_symlink()
