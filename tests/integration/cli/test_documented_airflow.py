"""What the handbook tells people to type to Airflow itself is done by an Airflow that has read our DAGs."""

import json
import os
import subprocess
from collections.abc import Mapping

import pytest
import sqlalchemy as sa

from local.components import own_program
from local.paths import PROJECT
from tests.handbook.executed import AIRFLOW, place_of_command
from tests.handbook.written_commands import written_commands

pytestmark = pytest.mark.timeout(600)

TIMEOUT_S = 540
FIRST = (("db", "migrate"), ("version",))
TYPED = sorted(
    {command.words[1:] for command in written_commands() if place_of_command(command.words) == [AIRFLOW]}
    - set(FIRST)
)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Name an Airflow of its own, with nothing running and an empty database."""
    home = tmp_path_factory.mktemp("airflow")
    return {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")} | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "PYTHONPATH": os.pathsep.join([str(PROJECT / "plugins"), str(PROJECT)]),
    }


@pytest.fixture(scope="module")
def typed(environment: Mapping[str, str]) -> sa.Engine:
    """Type every command, a new Airflow's own ones first; return Airflow's database."""
    commands = [*FIRST, ("dags", "reserialize"), *(("dags", "unpause", dag) for dag in dags()), *TYPED]
    ran = subprocess.run(
        own_program("tests.integration.cli.typing_airflow"),
        cwd=PROJECT,
        env=environment,
        input=json.dumps(commands),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return sa.create_engine(environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"], poolclass=sa.NullPool)


def dags() -> set[str]:
    return {words[2] for words in TYPED if words[:2] == ("dags", "trigger")}


def confs(engine: sa.Engine, run_type: str) -> list[tuple[str, object]]:
    chosen = sa.text("SELECT dag_id, conf FROM dag_run WHERE run_type = :run_type")
    with engine.begin() as connection:
        rows = connection.execute(chosen, {"run_type": run_type}).all()
    return [(row.dag_id, json.loads(row.conf) if row.conf else {}) for row in rows]


def test_every_trigger_makes_the_run_it_asks_for(typed: sa.Engine) -> None:
    asked = [
        (words[2], json.loads(words[-1]) if "--conf" in words else {})
        for words in TYPED
        if "trigger" in words
    ]

    assert len(asked) > 4
    assert sorted(map(json.dumps, confs(typed, "manual"))) == sorted(map(json.dumps, asked))


def test_backfill_makes_a_run_for_each_day_of_the_month_that_is_asked(typed: sa.Engine) -> None:
    with typed.begin() as connection:
        made = connection.execute(sa.text("SELECT max_active_runs FROM backfill")).scalars().all()
        days = connection.execute(
            sa.text("SELECT count(DISTINCT logical_date) FROM backfill_dag_run")
        ).scalar_one()

    assert made == [1]
    assert days == 31


def test_airflow_says_its_version(environment: Mapping[str, str]) -> None:
    said = subprocess.run(
        own_program("airflow", "version"),
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=True,
    ).stdout

    assert said.strip().startswith("3.")
