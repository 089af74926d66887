from pathlib import Path

import sqlalchemy as sa

from local import postgres
from local.system import server_of


def test_transaction_that_a_dead_scheduler_leaves_open_ends(tmp_path: Path) -> None:
    server = server_of(tmp_path)
    server.start()
    engine = sa.create_engine(server.url("postgres"), poolclass=sa.NullPool)

    with engine.connect() as connection:
        ends_after = connection.scalar(sa.text("SHOW idle_in_transaction_session_timeout"))
    server.stop()
    postgres.forget(tmp_path)

    assert ends_after == "2min"
