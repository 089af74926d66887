"""On a real Airflow the first parked document arrives as e-mail before its run has ended, and once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.fixtures.mailbox import Mailbox
from tests.scheduler.hands import clear, fault
from tests.scheduler.scene import AMSTERDAM, DAG_ID, Scene
from tests.scheduler.stage import DONE_BY

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]

READS_OF_THE_LEDGER = {"method": "GET", "path": "/api/v1/*/TransactionLines*"}
VARIABLE = "finance_alerts"


@pytest.fixture
def mailbox(scene: Scene) -> Iterator[Mailbox]:
    with Mailbox() as mailbox:
        mail = json.loads(mailbox.connection())
        connection = {
            "connection_id": "smtp_default",
            "conn_type": "smtp",
            "host": mail["host"],
            "port": mail["port"],
            "extra": json.dumps(mail["extra"]),
        }
        channels = json.dumps([{"to": "boekhouding@example.org"}])
        scene.call("POST", "/connections", json=connection)
        scene.call("POST", "/variables", json={"key": VARIABLE, "value": channels})
        yield mailbox
        for path in ("/connections/smtp_default", f"/variables/{VARIABLE}"):
            api = scene.system.api
            api._session.delete(f"{api.base_url}/api/v2{path}", timeout=30).raise_for_status()


DEADLINES = """
SELECT d.deadline_time, d.missed, c.state FROM dag_run r
JOIN deadline d ON d.dagrun_id = r.id JOIN callback c ON c.id = d.callback_id
WHERE r.dag_id = :dag_id AND r.run_type = :run_type
"""


def deadlines(scene: Scene, run_type: str) -> list[tuple[str, bool, str]]:
    """Return the deadlines of runs as Airflow keeps them: the time of day, and what came of it."""
    engine = sa.create_engine(scene.system.databases.airflow_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        asked = {"dag_id": DAG_ID, "run_type": run_type}
        rows = connection.execute(sa.text(DEADLINES), asked).all()
    return [(f"{row.deadline_time.astimezone(AMSTERDAM):%H:%M}", row.missed, str(row.state)) for row in rows]


@contextmanager
def without_journals(scene: Scene) -> Iterator[None]:
    """Take the journals out of the mapping tables for a while, so that every new document parks."""
    file = scene.mappings / "exactonline" / "journals.csv"
    rows = file.read_text(encoding="utf-8")
    file.write_text(rows.splitlines(keepends=True)[0], encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(rows, encoding="utf-8")


def test_first_parked_document_is_told_before_the_run_ends_and_nothing_is_told_twice(
    scene: Scene, mailbox: Mailbox
) -> None:
    scene.issue(datetime.now(AMSTERDAM).date() - timedelta(days=10))
    with without_journals(scene), fault(scene, **READS_OF_THE_LEDGER, effect="slow", delay_s=15, times=1):
        run_id = scene.trigger()
        scene.wait(lambda: bool(mailbox.mails), "the message of the run")
        state_when_told = scene.run(run_id)["state"]
        parked = scene.stored("SELECT count(*) FROM posting WHERE state = 'parked'")[0][0]
        ended = scene.ended(run_id)["state"]
        clear(scene, run_id, "load", downstream=True)
    told = list(mailbox.subjects())
    scene.ended(scene.trigger())

    assert state_when_told == "running"
    assert ended == "failed"
    # Nobody was told yet of those that the demo's first night had parked.
    assert told == [f"[Finance] exact_nl: actie nodig (Geparkeerd {parked})"]
    assert f"{scene.system.api.base_url}/finance/runbook#parked" in mailbox.newest()
    assert scene.stored("SELECT state, attempts FROM delivery ORDER BY message_id LIMIT 1") == [("sent", 1)]
    assert mailbox.subjects() == [*told, f"[Finance] exact_nl: nog open (Geparkeerd {parked - 2})"]
    assert "Opgelost sinds het vorige bericht: 2." in mailbox.newest()


def test_airflow_itself_knows_the_deadline_of_the_night_and_runs_by_hand_have_none(scene: Scene) -> None:
    scene.wait(
        lambda: deadlines(scene, "scheduled") == [(DONE_BY, True, "success")],
        "the callback of the deadline that last night's run has missed",
    )

    scene.ended(scene.trigger())

    assert deadlines(scene, "manual") == []
