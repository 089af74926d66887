"""A night on Celery workers, where a Redis answers; where none does, whoever asks for it is told so."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaos.administrations import copy_mappings
from local import celery_workers, postgres
from local.celery_workers import CLAIM, CONCURRENCY, claim_broker, forget, names, redis_answers
from local.components import ComponentError, own_program, running
from local.paths import PROJECT
from local.ports import free_port

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]

DONE = re.compile(r"execute_workload\[[0-9a-f-]+\] succeeded")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    forget(tmp_path)
    postgres.forget(tmp_path)


def sync(state: Path) -> tuple[int, str]:
    """Run one night on two workers; return exit code and what was printed."""
    # What conftest sets for Airflow's own unit tests has no place in a real run.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    # Two administrations at once, and one task at once per worker: both workers are needed.
    mappings = copy_mappings(["exact_nl", "afas_nl"], state / "mappings")
    night = subprocess.run(
        own_program("local", "--executor", "celery", "--workers", "2", "sync"),
        cwd=PROJECT,
        env=environment | {"FINANCE_STATE": str(state), "FINANCE_MAPPINGS": str(mappings), CONCURRENCY: "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return night.returncode, night.stdout + night.stderr


def test_night_is_shared_by_the_workers_and_right_or_refused_for_want_of_a_redis(state: Path) -> None:
    code, said = sync(state)

    if not redis_answers():
        assert code == 1
        assert "No Redis answers" in said
        return
    assert code == 0, said
    report = json.loads((state / "sync-report.json").read_text(encoding="utf-8"))
    assert report["booked"] + report["parked"] == report["documents"] > 0
    assert report["difference"] == "0.00"
    done = [
        len(DONE.findall((state / "logs" / f"{name}.log").read_text(encoding="utf-8"))) for name in names(2)
    ]
    assert min(done) > 0
    assert running(state) == []
    assert not (state / celery_workers.KEPT).exists()


def test_a_redis_that_does_not_answer_is_named_with_the_remedy(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", f"redis://:secret@127.0.0.1:{free_port()}")

    with pytest.raises(ComponentError, match="REDIS_URL=redis://host:6379") as refused:
        claim_broker(state)

    assert not redis_answers()
    assert "secret" not in str(refused.value)


def test_every_system_takes_a_database_of_its_own_and_leaves_it_empty(tmp_path: Path) -> None:
    if not redis_answers():
        with pytest.raises(ComponentError, match="No Redis answers"):
            claim_broker(tmp_path)
        return
    states = [tmp_path / "one", tmp_path / "other"]
    for state in states:
        state.mkdir()

    addresses = [claim_broker(state) for state in states]
    taken = [celery_workers._client(address) for address in addresses]

    assert len(set(addresses)) == 2
    assert [client.keys() for client in taken] == [[CLAIM.encode()]] * 2
    for state in states:
        forget(state)
    assert [client.dbsize() for client in taken] == [0, 0]
