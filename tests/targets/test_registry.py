import json
from importlib import import_module
from pathlib import Path
from typing import Any

import airflow
import jsonschema
import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.provider_info import get_provider_info
from finance_hooks.targets.base import Target
from finance_hooks.targets.registry import TARGETS, find_target, find_target_of

SCHEMA = Path(airflow.__file__).with_name("provider_info.schema.json")


def connection_types() -> list[dict[str, Any]]:
    listed = get_provider_info()["connection-types"]
    assert isinstance(listed, list)
    return listed


def test_provider_has_the_shape_that_airflow_demands() -> None:
    # Airflow: one invalid key makes every process die at import.
    jsonschema.validate(get_provider_info(), json.loads(SCHEMA.read_text(encoding="utf-8")))
    json.dumps(get_provider_info())


@pytest.mark.parametrize("declared", connection_types(), ids=lambda declared: declared["connection-type"])
def test_connection_type_is_that_of_the_hook_it_names(declared: dict[str, Any]) -> None:
    module, _, name = declared["hook-class-name"].rpartition(".")
    hook = getattr(import_module(module), name)

    assert hook.conn_type == declared["connection-type"]
    assert hook.hook_name == declared["hook-name"]


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_target_is_registered_under_its_own_slug_and_makes_its_own_hook(target: Target) -> None:
    slug = target.settings.slug

    hook = target.make_hook(f"{slug}_default")

    assert find_target(slug) is target
    assert hook.settings is target.settings
    assert hook.test_connection() == (False, f"There is no connection {slug}_default.")
    assert target.connection_type["connection-type"] == f"finance_{slug}"
    assert {"administration", "journal", "entry_number", "reference"} <= set(target.labels)


def test_unknown_target_is_named_with_those_there_are() -> None:
    with pytest.raises(ConfigurationError, match="no target 'sap'; there are exactonline"):
        find_target("sap")


@pytest.mark.parametrize(
    ("connection_type", "slug"),
    [
        ("finance_exactonline", "exactonline"),
        ("finance_twinfield", "twinfield"),
        ("finance_afas", "afas"),
        ("finance_accountview", "accountview"),
    ],
)
def test_type_of_a_connection_tells_its_package(connection_type: str, slug: str) -> None:
    assert find_target_of(connection_type).settings.slug == slug


@pytest.mark.parametrize("connection_type", ["finance_qubz", "http", "", None])
def test_connection_of_another_type_belongs_to_no_package(connection_type: str | None) -> None:
    with pytest.raises(
        ConfigurationError, match=f"type {connection_type!r} belong to no bookkeeping package"
    ):
        find_target_of(connection_type)
