"""Order, skip and take, and how much one answer holds."""

import pytest

from tests.emulators.afas_client import AfasClient, text_of


def test_pages_with_an_order_hold_every_row_once(client: AfasClient) -> None:
    found = []
    for skip in range(0, 400, 50):
        answer = client.get(
            "Profit_periods_per_administration",
            orderbyfieldids="Unit,Year,Period",
            skip=skip,
            take=50,
        ).json()
        assert (answer["skip"], answer["take"]) == (skip, 50)
        found += [(row["Unit"], row["Year"], row["Period"]) for row in answer["rows"]]

    assert found == [
        (unit, year, period) for unit in (1, 2, 4) for year in range(2024, 2028) for period in range(1, 13)
    ]


def test_pages_without_an_order_or_with_a_loose_one_miss_rows(client: AfasClient) -> None:
    def paged(**order: str) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        for skip in range(0, 250, 25):
            answer = client.get("Profit_Allocation_Assigments", skip=skip, take=25, **order).json()
            found |= {(row["Account"] + str(row["Unit"]), row["DimCode"]) for row in answer["rows"]}
        return found

    whole = len(client.rows("Profit_Allocation_Assigments"))

    assert len(paged()) < min(whole, 250)
    assert len(paged(orderbyfieldids="Unit")) < min(whole, 250)
    client.switch(unordered="stable")
    assert len(paged()) == min(whole, 250)


def test_defaults_are_the_first_hundred_and_minus_one_is_everything(client: AfasClient) -> None:
    default = client.get("Profit_Allocation_Assigments").json()

    assert (default["skip"], default["take"], len(default["rows"])) == (0, 100, 100)
    assert len(client.rows("Profit_Allocation_Assigments")) > 100


def test_skip_minus_one_with_a_take_of_its_own_is_everything_the_start_or_an_error(
    client: AfasClient,
) -> None:
    every = client.rows("Profit_Accounts")
    whole = client.get("Profit_Accounts", skip=-1, take=5).json()
    untaken = client.get("Profit_Accounts", skip=-1, take="x").json()
    client.switch(skip_alone="from_start")
    first = client.get("Profit_Accounts", skip=0, take=5, orderbyfieldids="Account").json()
    alone = client.get("Profit_Accounts", skip=-1, take=5, orderbyfieldids="Account").json()
    client.switch(skip_alone="refused")
    refused = client.get("Profit_Accounts", skip=-1, take=5)

    assert (whole["skip"], whole["take"]) == (-1, 5)
    assert len(whole["rows"]) == len(untaken["rows"]) == len(every) > 5
    assert (alone["skip"], alone["rows"]) == (-1, first["rows"])
    assert refused.status_code == 500


@pytest.mark.parametrize("skip", ["-5", "x"])
def test_skip_below_minus_one_or_without_a_number_is_none(client: AfasClient, skip: str) -> None:
    answer = client.get("Profit_Accounts", skip=skip, take=5).json()

    assert (answer["skip"], len(answer["rows"])) == (0, 5)


@pytest.mark.parametrize("take", ["-1", "x"])
def test_take_that_is_no_number_of_rows_is_refused(client: AfasClient, take: str) -> None:
    assert client.get("Profit_Accounts", skip=2, take=take).status_code == 500


def test_take_zero_and_a_cap_are_switches(client: AfasClient) -> None:
    none = client.get("Profit_Accounts", take=0).json()
    client.switch(take_zero="one_row", take_cap=10)
    one = client.get("Profit_Accounts", take=0).json()
    capped = client.get("Profit_Accounts", take=50, orderbyfieldids="Account").json()

    assert (none["rows"], len(one["rows"])) == ([], 1)
    assert (capped["take"], len(capped["rows"])) == (50, 10)


def test_columns_times_rows_are_limited(client: AfasClient) -> None:
    client.switch(data_limit=500)

    too_much = client.get("Profit_Accounts", take=28)
    enough = client.get("Profit_Accounts", take=27)
    client.control("limits", {"scale": 0})

    assert text_of(too_much) == "Out of memory"
    assert enough.status_code == 200
    assert client.get("Profit_Accounts", take=28).status_code == 200


def test_a_query_above_2049_characters_is_not_found(client: AfasClient) -> None:
    def asked(length: int) -> int:
        start = "filterfieldids=Account&operatortypes=1&filtervalues="
        query = start + "x" * (length - len(start) - 1)
        return client.call(f"connectors/Profit_Accounts?{query}").status_code

    assert (asked(2049), asked(2050)) == (200, 404)
