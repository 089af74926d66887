"""The two packages nothing is booked in yet: their connections can be kept, and say so when tested."""

import json
from importlib import import_module

import pytest

from finance_hooks.provider_info import connection_types
from finance_hooks.targets.registry import TARGETS
from finance_hooks.targets.unfinished import UnfinishedHook

UNFINISHED = [
    declared
    for declared in connection_types()
    if declared["connection-type"] in {"finance_afas", "finance_accountview"}
]


@pytest.fixture(params=UNFINISHED, ids=lambda declared: declared["connection-type"])
def hook_class(request: pytest.FixtureRequest) -> type[UnfinishedHook]:
    module, _, name = request.param["hook-class-name"].rpartition(".")
    found: type[UnfinishedHook] = getattr(import_module(module), name)
    return found


def test_registry_does_not_offer_an_unfinished_package() -> None:
    kinds = {target.connection_type["connection-type"] for target in TARGETS.values()}

    assert not kinds & {declared["connection-type"] for declared in UNFINISHED}


def test_connection_that_is_not_there_is_said_to_be_missing(hook_class: type[UnfinishedHook]) -> None:
    assert hook_class("nowhere").test_connection() == (False, "There is no connection nowhere.")


def test_empty_required_fields_are_named(
    hook_class: type[UnfinishedHook], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_BOOKS", json.dumps({"conn_type": hook_class.conn_type}))

    works, said = hook_class("books").test_connection()

    assert not works
    assert "still empty: Environment" in said


def test_full_connection_is_not_called_working(
    hook_class: type[UnfinishedHook], monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = dict.fromkeys(hook_class.connection_type["conn-fields"], "filled in")
    fields = {"conn_type": hook_class.conn_type, "password": "a-secret", "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_BOOKS", json.dumps(fields))

    works, said = hook_class("books").test_connection()

    assert not works
    assert f"does not book into {hook_class.hook_name} yet" in said
    assert "every required field is filled in" in said
