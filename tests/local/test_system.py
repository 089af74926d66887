import os
import signal
import subprocess
from pathlib import Path

import sqlalchemy as sa

from local import postgres
from local.components import own_program
from local.postgres import EmbeddedPostgres
from local.system import server_of

DIES_ALONE = """
import os, sys, time, sqlalchemy as sa
connection = sa.create_engine(sys.argv[1]).connect()
connection.execute(sa.text("SELECT pg_advisory_xact_lock(1)"))
if os.fork() == 0:
    print(os.getpid(), flush=True)
    time.sleep(600)
time.sleep(600)
"""


def test_server_ends_transactions_that_nobody_goes_on_with(tmp_path: Path) -> None:
    server = server_of(tmp_path)
    server.start()
    engine = sa.create_engine(server.url("postgres"), poolclass=sa.NullPool)

    with engine.connect() as connection:
        ends_after = connection.scalar(sa.text("SHOW idle_in_transaction_session_timeout"))
    server.stop()
    postgres.forget(tmp_path)

    assert ends_after == "2min"


def test_locks_of_a_dead_program_are_given_back_though_its_child_holds_the_connection(tmp_path: Path) -> None:
    setting = "idle_in_transaction_session_timeout=1s"
    server = EmbeddedPostgres(state=tmp_path, password="ends what is left", settings=(setting,))
    server.start()
    url = server.url("postgres")
    command = [own_program("x")[0], "-c", DIES_ALONE, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as dies:
        assert dies.stdout is not None
        child = int(dies.stdout.readline())
        dies.kill()
        dies.wait()

        with sa.create_engine(url, poolclass=sa.NullPool).begin() as connection:
            connection.execute(sa.text("SET LOCAL lock_timeout = '60s'"))
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(1)"))
        os.kill(child, signal.SIGKILL)
    server.stop()
    postgres.forget(tmp_path)
