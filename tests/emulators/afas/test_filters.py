"""Filters: operators, separators, JSON, dates."""

import json
from urllib.parse import quote

import pytest

from tests.emulators.afas_client import AfasClient, Body, emulator_of, sale, text_of

TRANSACTIONS = "Profit_Transactions"


def accounts(client: AfasClient, fields: str, operators: str, values: str) -> list[str]:
    rows = client.rows(
        "Profit_Accounts",
        filterfieldids=fields,
        operatortypes=operators,
        filtervalues=values,
        orderbyfieldids="Account",
    )
    return [row["Account"] for row in rows]


def condition(field: str, value: str) -> Body:
    return {"@FieldId": field, "@OperatorType": "1", "#text": value}


@pytest.mark.parametrize(
    ("field", "operator", "value", "found"),
    [
        ("Account", "1", "8110", ["8110"]),
        ("Account", "2", "8320", ["8320", "8330"]),
        ("Account", "3", "0200", ["0100", "0200"]),
        ("Account", "4", "8320", ["8330"]),
        ("Account", "5", "0200", ["0100"]),
        ("Description", "6", "inzameling", ["8110"]),
        ("Description", "6", "%inzameling%", ["8110"]),
        ("Description", "10", "Omzet proj", ["8080"]),
        ("Description", "13", "wagenpark", ["4510"]),
        ("ToProject", "7", "N", ["4320", "8080"]),
        ("Account", "15", "8300..8320", ["8300", "8310", "8320"]),
        ("Description", "15", "inzameling", ["8110"]),
        ("Blocked", "1", "true", ["8299"]),
        ("Blocked", "1", "1", ["8299"]),
    ],
)
def test_operators_pick_rows(
    client: AfasClient, field: str, operator: str, value: str, found: list[str]
) -> None:
    assert accounts(client, field, operator, value) == found


@pytest.mark.parametrize(("operator", "opposite"), [("6", "11"), ("10", "12"), ("13", "14"), ("8", "9")])
def test_opposite_operators_share_the_rows_out(client: AfasClient, operator: str, opposite: str) -> None:
    fields = ("VatCode", "1") if operator == "8" else ("Description", "Omzet")

    picked = accounts(client, fields[0], operator, fields[1])
    left = accounts(client, fields[0], opposite, fields[1])

    assert picked or left
    assert sorted(picked + left) == accounts(client, "Account", "9", "")


def test_comma_is_and_and_semicolon_is_or(client: AfasClient) -> None:
    both = accounts(client, "Type,Sort", "1,1", "3,G")
    either = accounts(client, "Account;Account", "1;1", "8110;8120")

    assert both == ["8300", "8310", "8320", "8330"]
    assert either == ["8110", "8120"]


def test_what_mixed_separators_mean_is_a_switch(client: AfasClient) -> None:
    asked = ("Sort,Type;Account", "1,1;1", "G,3;1000")

    first = accounts(client, *asked)
    client.switch(mixed_separators="and_of_ors")
    second = accounts(client, *asked)
    client.switch(mixed_separators="refused")
    third = client.get(
        "Profit_Accounts", filterfieldids=asked[0], operatortypes=asked[1], filtervalues=asked[2]
    )

    assert first == ["1000", "8300", "8310", "8320", "8330"]
    assert second == ["8300", "8310", "8320", "8330"]
    assert "onverwachte" in text_of(third)


def test_json_filters_are_an_or_of_ands(client: AfasClient) -> None:
    filters = {
        "Filters": {
            "Filter": [
                {"@FilterId": "A", "Field": [condition("Sort", "G"), condition("Type", "3")]},
                {"@FilterId": "B", "Field": condition("Account", "1000")},
            ]
        }
    }

    rows = client.rows("Profit_Accounts", filterjson=json.dumps(filters), orderbyfieldids="-Account")

    assert [row["Account"] for row in rows] == ["8330", "8320", "8310", "8300", "1000"]


def test_a_filter_may_come_url_encoded(client: AfasClient) -> None:
    filters = quote(
        json.dumps({"Filters": {"Filter": {"@FilterId": "A", "Field": condition("Account", "1000")}}})
    )

    answer = client.call(f"connectors/Profit_Accounts?filterjson={filters}")

    assert [row["Account"] for row in answer.json()["rows"]] == ["1000"]


@pytest.mark.parametrize(
    "asked",
    [
        {"filterfieldids": "Account", "operatortypes": "1,1", "filtervalues": "1"},
        {"filterfieldids": "Account,Type", "operatortypes": "1,1", "filtervalues": "1"},
        {"filterfieldids": "Account", "operatortypes": "16", "filtervalues": "1"},
        {"filterfieldids": "Account"},
        {"filterjson": "{"},
        {"skip": 2, "take": -1},
        {"skip": -2, "take": -2},
    ],
)
def test_parameters_that_do_not_fit_are_an_unexpected_error(client: AfasClient, asked: Body) -> None:
    answer = client.get("Profit_Accounts", **asked)

    assert text_of(answer) == "Er is een onverwachte fout opgetreden."
    assert answer.json()["errorNumber"] == -2147180999


def test_unknown_fields_are_named_in_filter_and_order(client: AfasClient) -> None:
    filtered = client.get("Profit_Accounts", filterfieldids="AcNr", operatortypes="1", filtervalues="1")
    ordered = client.get("Profit_Accounts", orderbyfieldids="Account,-AcNr")

    assert text_of(filtered) == text_of(ordered) == "Connector-veld 'AcNr' niet gevonden"


def test_texts_and_numbers_do_not_mix_with_words(client: AfasClient) -> None:
    answer = client.get(TRANSACTIONS, filterfieldids="EntryNo", operatortypes="1", filtervalues="x")
    # Without rows there is nothing to compare.
    assert answer.status_code == 200

    client.post(sale())
    answer = client.get(TRANSACTIONS, filterfieldids="EntryNo", operatortypes="1", filtervalues="x")

    assert text_of(answer) == "Type mismatch"


def test_dates_are_asked_without_a_z_and_come_with_one(client: AfasClient) -> None:
    client.post(sale())

    def rows(value: str) -> Body:
        answer = client.get(TRANSACTIONS, filterfieldids="EntryDate", operatortypes="1", filtervalues=value)
        body: Body = answer.json()
        return body

    assert [len(rows(value)["rows"]) for value in ("2026-10-31", "2026-10-31T00:00:00", "2026-10-30")] == [
        3,
        3,
        0,
    ]
    assert rows("2026-10-31")["rows"][0]["EntryDate"] == "2026-10-31T00:00:00Z"
    assert rows("2026-10-31T00:00:00Z")["externalMessage"] == "Type mismatch"
    client.switch(zulu_filters="taken")
    assert len(rows("2026-10-31T00:00:00Z")["rows"]) == 3


def test_hidden_fractions_make_equal_times_differ() -> None:
    emulator = emulator_of()
    emulator.clock.advance(0.25)
    client = AfasClient(emulator)
    client.post(sale())
    shown = client.rows(TRANSACTIONS)[0]["Modified"].removesuffix("Z")

    counts = [
        len(client.rows(TRANSACTIONS, filterfieldids="Modified", operatortypes=operator, filtervalues=shown))
        for operator in ("1", "4", "2")
    ]

    assert counts == [0, 3, 3]


def test_texts_are_compared_without_regard_to_case_unless_switched(client: AfasClient) -> None:
    def found() -> int:
        return len(accounts(client, "Description", "1", "OMZET INZAMELING "))

    first = found()
    client.switch(text_case="sensitive")

    assert (first, found()) == (1, 0)


def test_a_percent_sign_may_be_text(client: AfasClient) -> None:
    client.switch(percent_wildcards="literal")

    assert accounts(client, "Description", "6", "%inzameling%") == []
