"""Whatever goes wrong at night, and with all logs at DEBUG, no secret gets anywhere but where it is for."""

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.estate import KEPT_FOR_THE_OWNER, Estate, opened_estate
from tests.security.nights import DAGS, Nights, run_nights
from tests.security.places import calls, files, tables
from tests.security.searching import Find, Place, search

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
    """Make an installation whose every secret is known, and which logs all it can."""
    added = tmp_path_factory.mktemp("added")
    (added / "sitecustomize.py").write_text(AT_DEBUG, encoding="utf-8")
    logging = {"AIRFLOW__LOGGING__LOGGING_LEVEL": "DEBUG", "PYTHONPATH": str(added)}
    with opened_estate(postgres_url, tmp_path_factory.mktemp("estate"), logging) as made:
        yield made


@pytest.fixture(scope="module")
def nights(estate: Estate) -> Nights:
    """Let it go through its nights."""
    return run_nights(estate, estate.folder)


@pytest.fixture(scope="module")
def left(estate: Estate, nights: Nights) -> list[Place]:
    """Return every file that the nights left behind, but those that keep the installation's own secrets."""
    assert nights.tasks
    return list(files(estate.folder, but=KEPT_FOR_THE_OWNER))


def found_in(estate: Estate, places: list[Place]) -> list[Find]:
    """Search places that hold something."""
    assert sum(len(place.content) for place in places) > 1000
    return search(estate.safe, places)


def test_nights_went_as_they_were_meant_to(estate: Estate, nights: Nights) -> None:
    good, troubled, sourceless = (nights.tasks[name] for name in ("good", "troubled", "sourceless"))
    kinds = [name.partition(" ")[0] for name in estate.safe.by_name]

    reported = {f"sync_{report['sync_id']}" for report in nights.reports["good"]}
    assert reported == set(DAGS)
    assert all(report["booked"] > 0 and report["parked"] > 0 for report in nights.reports["good"])
    assert {state for (_, task), state in good.items() if task != "conclude"} == {"success"}
    assert (troubled["sync_exact_be", "load"], troubled["sync_twinfield_nl", "load"]) == (
        "success",
        "up_for_retry",
    )
    assert {troubled[dag, "preflight"] for dag in ("sync_exact_nl", "sync_afas_nl")} == {"failed"}
    assert troubled["sync_accountview_nl", "preflight"] == "up_for_retry"
    assert sourceless["sync_exact_nl", "extract"] == "failed"
    assert all(kinds.count(system) >= 2 for system in ("exactonline", "twinfield", "accountview", "afas"))


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


def test_no_file_that_a_night_leaves_behind_holds_a_secret(estate: Estate, left: list[Place]) -> None:
    names = [place.name for place in left]

    assert all(any(f"dag_id={dag_id}" in name for name in names) for dag_id in DAGS)
    assert {"file lineage/events.jsonl", "file logs/scheduler.log"} <= set(names)
    assert found_in(estate, left) == []


def test_no_file_holds_what_airflow_keeps_secret_itself(estate: Estate, left: list[Place]) -> None:
    kept = json.loads((estate.folder / "credentials.json").read_text(encoding="utf-8"))
    own = {name: secret for name, secret in kept.items() if isinstance(secret, str)}

    assert {"fernet_key", "jwt_secret", "api_secret_key", "admin_password"} <= own.keys()
    assert [(name, place.name) for name in own for place in left if own[name].encode() in place.content] == []


def test_no_file_holds_a_token_of_a_component_or_task(left: list[Place]) -> None:
    found = {place.name: SIGNED_TOKEN.findall(place.content) for place in left}

    assert {name: tokens for name, tokens in found.items() if tokens} == {}


def test_files_with_the_installation_s_own_secrets_are_its_user_s_only(
    estate: Estate, nights: Nights
) -> None:
    assert nights.tasks
    for name in KEPT_FOR_THE_OWNER:
        assert stat.S_IMODE((estate.folder / name).stat().st_mode) == 0o600


def test_no_table_of_the_store_holds_a_secret_in_clear(estate: Estate, nights: Nights) -> None:
    places = list(tables(estate.store_url, "store"))
    by_name = {place.name: place.content for place in places}

    assert nights.tasks
    assert len(by_name["store, table token"].splitlines()) == 4
    assert b"You sent POST /api/v1/7654321" in by_name["store, table posting"]
    assert found_in(estate, places) == []


def test_no_table_of_airflow_holds_a_secret(estate: Estate, nights: Nights) -> None:
    places = list(tables(estate.metadata_url, "Airflow"))
    by_name = {place.name: place.content for place in places}

    assert nights.tasks
    assert by_name["Airflow, table connection"] == b""
    assert all(by_name[f"Airflow, table {name}"] for name in ("xcom", "asset_event", "log", "task_instance"))
    assert found_in(estate, places) == []


def test_no_address_that_was_called_holds_a_secret(estate: Estate, nights: Nights) -> None:
    assert nights.tasks
    for system, emulator in estate.emulators.items():
        # Twinfield has a token checked by an address that names it, and by no other way.
        asked = [call for call in emulator.calls.since(None) if "accesstokenvalidation" in str(call["path"])]
        assert bool(asked) == (system == "twinfield")

    assert found_in(estate, list(calls(estate.emulators, but="accesstokenvalidation"))) == []


def test_no_command_line_holds_a_secret(estate: Estate, nights: Nights) -> None:
    assert nights.tasks
    assert any("airflow" in line and "scheduler" in line for line in estate.commands_seen)
    assert found_in(estate, [Place.of("command line", line) for line in estate.commands_seen]) == []


def test_no_report_and_nothing_a_person_is_shown_while_consenting_holds_a_secret(
    estate: Estate, nights: Nights
) -> None:
    reports = [Place.of(f"reports of the {name} night", repr(rows)) for name, rows in nights.reports.items()]

    assert len(estate.said) == 4
    assert found_in(estate, [*reports, *estate.said]) == []


def test_a_secret_that_is_planted_in_any_of_these_places_is_found(
    estate: Estate, nights: Nights, tmp_path: Path
) -> None:
    assert nights.tasks
    secret = estate.safe.by_name["afas_nl password"]
    log = tmp_path / "logs" / "load.log"
    log.parent.mkdir()
    log.write_text(f"INFO login with {secret}\n", encoding="utf-8")
    (call,) = calls({"afas": estate.emulators["afas"]})

    found = search(
        estate.safe,
        [
            *files(tmp_path),
            Place(call.name, call.content + secret.encode()),
            Place.of("command", f"x -p{secret}"),
        ],
    )

    assert {find.secret for find in found} == {"afas_nl password"}
    assert {find.place for find in found} == {"file logs/load.log", "calls to afas", "command"}
