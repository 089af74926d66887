"""With Airflow and all that it is built on at DEBUG, nothing that nights leave behind holds a secret."""

import json
import re
from collections.abc import Iterator

import pytest

from tests.security.estate import KEPT_FOR_THE_OWNER, Estate, opened_estate
from tests.security.nights import DAGS, Nights, run_nights
from tests.security.places import files, tables
from tests.security.searching import Place, search

pytestmark = [pytest.mark.timeout(1800), pytest.mark.xdist_group("airflow")]

AT_DEBUG = """
import logging.config

class AtDebug(logging.config.dictConfigClass):
    def configure(self):
        super().configure()
        for name in ("sqlalchemy.engine", "sqlalchemy.pool", "httpx", "httpcore", "requests", "urllib3"):
            logging.getLogger(name).setLevel(logging.DEBUG)

logging.config.dictConfigClass = AtDebug
"""
"""What whoever looks for a fault adds: Airflow holds some of these at WARN, whatever its settings say."""
SIGNED_TOKEN = re.compile(rb"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}")
"""What Airflow's components and tasks show each other: a token with its signature."""


@pytest.fixture(scope="module")
def estate(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Make an installation that logs all it can."""
    added = tmp_path_factory.mktemp("added")
    (added / "sitecustomize.py").write_text(AT_DEBUG, encoding="utf-8")
    logging = {"AIRFLOW__LOGGING__LOGGING_LEVEL": "DEBUG", "PYTHONPATH": str(added)}
    with opened_estate(postgres_url, tmp_path_factory.mktemp("estate"), logging) as made:
        yield made


@pytest.fixture(scope="module")
def nights(estate: Estate) -> Nights:
    return run_nights(estate, estate.folder)


@pytest.fixture(scope="module")
def left(estate: Estate, nights: Nights) -> list[Place]:
    """Return every file that the nights left behind, but those that keep the installation's own secrets."""
    assert nights.tasks
    return list(files(estate.folder, but=KEPT_FOR_THE_OWNER))


@pytest.mark.parametrize("dag_id", DAGS)
def test_every_part_logs_at_debug(left: list[Place], dag_id: str) -> None:
    of_tasks = b"".join(
        place.content for place in left if f"dag_id={dag_id}" in place.name and "task_id=load" in place.name
    )
    of_components = {place.name: place.content for place in left if place.name.startswith("file logs/")}

    for logger in (b"urllib3.connectionpool", b"sqlalchemy.engine.Engine", b"airflow.sdk"):
        assert b'"logger":"' + logger in of_tasks
    for name in ("scheduler", "dag-processor", "api-server"):
        assert b"[debug " in of_components[f"file logs/{name}.log"]
    assert b"SELECT" in of_components["file logs/scheduler.log"]


def test_no_file_holds_a_secret(estate: Estate, left: list[Place]) -> None:
    assert search(estate.safe, left) == []


def test_no_file_holds_what_airflow_keeps_secret_itself(estate: Estate, left: list[Place]) -> None:
    kept = json.loads((estate.folder / "credentials.json").read_text(encoding="utf-8"))
    own = {name: secret for name, secret in kept.items() if isinstance(secret, str)}

    assert {"fernet_key", "jwt_secret", "api_secret_key", "admin_password"} <= own.keys()
    assert [(name, place.name) for name in own for place in left if own[name].encode() in place.content] == []


def test_no_file_holds_a_token_of_a_component_or_task(left: list[Place]) -> None:
    found = {place.name: SIGNED_TOKEN.findall(place.content) for place in left}

    assert {name: tokens for name, tokens in found.items() if tokens} == {}


def test_no_table_holds_a_secret(estate: Estate, left: list[Place]) -> None:
    assert left
    places = [*tables(estate.store_url, "store"), *tables(estate.metadata_url, "Airflow")]

    assert search(estate.safe, places) == []
