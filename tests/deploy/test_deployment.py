"""What describes a deployment names files, commands and settings that there are, and holds no secret."""

import re
import subprocess
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
import yaml
from airflow.configuration import conf
from airflow.providers.fab.auth_manager.fab_auth_manager import FabAuthManager
from packaging.requirements import Requirement

from finance_hooks.provider_info import secret_fields
from local.airflow_components import COMMANDS
from local.environment import SETTINGS
from tests.house.tree import PROJECT, own_files

DEPLOY = PROJECT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "docker-compose.yml").read_text(encoding="utf-8"))
VALUES = yaml.safe_load((DEPLOY / "values.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
FILES = [path for path in own_files() if path.is_relative_to(DEPLOY)]
SETTING = re.compile(r"\bAIRFLOW__(?P<section>[A-Z0-9_]+?)__(?P<option>[A-Z0-9_]+)\b")
OWN_VARIABLE = re.compile(r"\bFINANCE_[A-Z_]+\b")
FILLED_IN = re.compile(r"\$\{(?P<name>[A-Z_]+)(?P<rest>[^}]*)\}")
IMAGE_TAG = "FINANCE_IMAGE"


def airflow_services() -> dict[str, Any]:
    """Return the services that run our image."""
    return {name: service for name, service in COMPOSE["services"].items() if "build" in service}


def environments() -> dict[str, dict[str, str]]:
    """Return the environment of each service of ours, and of the chart's pods."""
    found = {name: dict(service["environment"]) for name, service in airflow_services().items()}
    return found | {"chart": {each["name"]: each["value"] for each in VALUES["env"]}}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_settings_are_such_as_airflow_knows(path: Path) -> None:
    unknown = [
        found[0]
        for found in SETTING.finditer(path.read_text(encoding="utf-8"))
        if found["option"].lower()
        not in conf.configuration_description.get(found["section"].lower(), {}).get("options", {})
    ]

    assert unknown == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_variables_are_such_as_the_project_knows(path: Path) -> None:
    known = {
        name
        for source in own_files()
        if source.suffix == ".py" and source.is_relative_to(PROJECT / "plugins")
        for name in OWN_VARIABLE.findall(source.read_text(encoding="utf-8"))
    }

    assert set(OWN_VARIABLE.findall(path.read_text(encoding="utf-8"))) - known <= {IMAGE_TAG}


def test_image_holds_folders_and_files_that_there_are_at_the_places_of_astro() -> None:
    copied = [line.split()[2:] for line in DOCKERFILE.splitlines() if line.startswith("COPY")]
    sources = [source for *sources, _ in copied for source in sources]

    assert [source for source in sources if not (PROJECT / source).exists()] == []
    assert {"dags", "plugins", "include", "requirements.txt"} <= set(sources)
    assert [sources for *sources, place in copied if place not in {*sources, "./"}] == []


def test_what_the_image_copies_is_sent_to_whoever_builds_it_and_nothing_else() -> None:
    copied = {
        source for line in DOCKERFILE.splitlines() if line.startswith("COPY") for source in line.split()[2:-1]
    }
    sent = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()

    assert {line[1:] for line in sent if line.startswith("!")} == copied


def test_nothing_in_the_image_runs_as_root() -> None:
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["airflow"]


def test_image_is_of_the_airflow_that_is_tested() -> None:
    locked = re.search(r"^apache-airflow==(\S+)", (PROJECT / "requirements.lock").read_text(), re.MULTILINE)
    image = re.search(r"^FROM apache/airflow:([\d.]+)-python([\d.]+)$", DOCKERFILE, re.MULTILINE)
    assert locked
    assert image

    assert image[1] == locked[1] == VALUES["airflowVersion"]
    assert image[2] in {"3.11", "3.12", "3.13"}


def test_constraints_made_of_the_lock_are_versions_without_hashes(tmp_path: Path) -> None:
    command = re.search(r"sed (.+) requirements\.lock > constraints\.txt", DOCKERFILE)
    assert command

    made = subprocess.run(
        ["bash", "-c", f"sed {command[1]} '{PROJECT}/requirements.lock'"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    lines = [line for line in made.stdout.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    pinned = {Requirement(line).name: Requirement(line) for line in lines}

    assert all(str(requirement.specifier).startswith("==") for requirement in pinned.values())
    assert {"apache-airflow", "apache-airflow-providers-celery", "redis"} <= set(pinned)


def test_components_are_those_that_run_here_and_workers() -> None:
    components = {name: service["command"] for name, service in airflow_services().items()}
    migration = components.pop("migrate")

    assert components == {name: " ".join(COMMANDS[name][:1]) for name in COMMANDS} | {
        "worker": "celery worker"
    }
    assert migration[-1] == VALUES["migrateDatabaseJob"]["args"][-1].replace("/opt/airflow/", "")
    assert migration[-1] == "airflow db migrate && python deploy/migrate_store.py"


def test_files_that_services_mount_are_there() -> None:
    named = set(COMPOSE["volumes"])
    mounted = [
        FILLED_IN.sub(lambda found: found["rest"].removeprefix(":-"), volume).split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", ())
    ]

    assert [path for path in mounted if path not in named and not (DEPLOY / path).exists()] == []


def test_services_wait_for_services_that_there_are() -> None:
    services = COMPOSE["services"]

    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)


@pytest.mark.parametrize("name", sorted(environments()))
def test_every_component_has_the_settings_the_project_depends_on(name: str) -> None:
    environment = environments()[name]

    assert environment["AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL"] == "1"
    assert environment["AIRFLOW__CORE__SENSITIVE_VAR_CONN_NAMES"].split(",") == list(secret_fields())
    for setting in ("AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT", "AIRFLOW__CORE__TEST_CONNECTION"):
        assert environment[setting] == SETTINGS[setting]
    assert {"FINANCE_PLANS", "FINANCE_EXPORTS", "FINANCE_MAPPINGS"} <= set(environment)


def test_no_secret_is_written_down() -> None:
    for name, environment in environments().items():
        for setting, value in environment.items():
            if re.search(r"PASSWORD|SECRET_KEY|FERNET_KEY|JWT_SECRET", setting):
                assert FILLED_IN.fullmatch(value), (name, setting)
    example = (DEPLOY / "environment.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in example if re.match(r".*(KEY|SECRET|PASSWORD)=.", line)] == []


def test_everything_that_is_to_be_filled_in_stands_in_the_example() -> None:
    wanted = {
        found["name"]
        for found in FILLED_IN.finditer((DEPLOY / "docker-compose.yml").read_text(encoding="utf-8"))
        if not found["rest"].startswith(":-")
    }
    example = (DEPLOY / "environment.example").read_text(encoding="utf-8")

    assert wanted == set(re.findall(r"^([A-Z_]+)=$", example, re.MULTILINE))


def test_secrets_that_the_chart_names_are_explained() -> None:
    page = (PROJECT / "docs" / "deployment.md").read_text(encoding="utf-8")
    named = re.findall(r"\bfinance-(?:airflow-[a-z-]+|connections)\b", yaml.safe_dump(VALUES))

    assert {name for name in named if name != "finance-airflow"} <= set(
        re.findall(r"\bfinance-[a-z-]+\b", page)
    )


def test_no_user_is_made_whose_password_everybody_knows() -> None:
    assert VALUES["createUserJob"]["defaultUser"]["enabled"] is False
    assert "_AIRFLOW_WWW_USER_CREATE" not in str(COMPOSE)
    managers = {
        VALUES["config"]["core"]["auth_manager"],
        *(service["environment"]["AIRFLOW__CORE__AUTH_MANAGER"] for service in airflow_services().values()),
    }
    assert [resolve_name(path) for path in managers] == [FabAuthManager]
