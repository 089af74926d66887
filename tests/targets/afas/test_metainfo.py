from typing import Any

import pytest

from finance_hooks.targets.afas.metainfo import (
    SENT,
    describe_expiry,
    environment_faults,
    environment_of,
    missing_connectors,
    missing_fields,
)

LISTED: dict[str, Any] = {
    "updateConnectors": [{"id": "FiEntries"}],
    "getConnectors": [{"id": "Profit_Journals"}],
    "info": {"envid": "T12345AA", "tokenExpiry": "0"},
}


def described(element: str) -> dict[str, Any]:
    return {"name": element, "fields": [{"fieldId": name} for name in SENT[element]], "objects": []}


@pytest.mark.parametrize(
    ("code", "environment", "fits"),
    [
        ("O12345AA", "production", True),
        ("O12345AA", "test", False),
        ("T12345AA", "test", True),
        ("A12345AA", "production", False),
        ("", "production", True),
    ],
)
def test_environment_that_is_not_what_the_connection_says_is_noticed(
    code: str, environment: str, fits: bool
) -> None:
    assert (list(environment_faults({"info": {"envid": code}}, environment)) == []) is fits


def test_environment_is_named_by_its_code() -> None:
    assert environment_of(LISTED) == "T12345AA"
    assert environment_of({}) == "unknown"


def test_connectors_that_are_there_in_any_case_are_not_missed() -> None:
    assert list(missing_connectors(LISTED, ["profit_journals"], "fientries")) == []


def test_every_missing_connector_is_named_by_the_list_it_belongs_to() -> None:
    assert list(missing_connectors({}, ["Profit_Journals", "Profit_Debtor"], "FiEntries")) == [
        "add to the app connector's getConnectors: Profit_Journals, Profit_Debtor",
        "add to the app connector's updateConnectors: FiEntries",
    ]


def test_update_connector_with_all_our_fields_is_complete() -> None:
    lines = described("FiEntries") | {"objects": [described("FiDimEntries")]}

    assert missing_fields(described("FiEntryPar") | {"objects": [lines]}) == []


def test_field_that_the_update_connector_lacks_is_named_with_its_element() -> None:
    lines = described("FiEntries") | {"objects": None}

    found = missing_fields(described("FiEntryPar") | {"objects": [lines], "fields": None})

    assert found == [
        *(f"the update connector lacks FiEntryPar.{name}" for name in ("JoCo", "Peri", "UnId", "Year")),
        *(f"the update connector lacks FiDimEntries.{name}" for name in ("AmCr", "AmDe", "DiC1", "DiC2")),
    ]


@pytest.mark.parametrize(
    ("expiry", "said"), [("0", ""), (None, ""), ("2027-02-15", " The token ends on 2027-02-15.")]
)
def test_end_of_a_token_is_said_where_it_has_one(expiry: str | None, said: str) -> None:
    assert describe_expiry({"info": {"tokenExpiry": expiry}}) == said
