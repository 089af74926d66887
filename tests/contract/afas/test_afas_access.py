"""How the hook gets in, what it may read there, and how much of it comes in one call."""

from collections.abc import Iterator

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.outcome import Booked, Refused
from finance_hooks.model.park_reason import ReasonCode
from tests.contract.afas.afas_bench import AfasBench
from tests.contract.afas.afas_entries import numbered
from tests.contract.afas.positions import CLASSIC
from tests.contract.bench import opened, post
from tests.contract.position import Position
from tests.targets.afas.samples import SAMPLES

S1 = SAMPLES["S1"]
OCTOBER = Period(fiscal_year=2026, number=10)


@pytest.fixture
def classic() -> Iterator[AfasBench]:
    with opened(lambda: AfasBench(position=Position(connection=CLASSIC))) as made:
        yield made


@pytest.mark.parametrize("life", ["number", "text"])
def test_one_access_token_serves_until_it_ends(afas: AfasBench, life: str) -> None:
    afas.switch(expires_in=life)
    hook = afas.hook()

    for entry in numbered(4):
        assert isinstance(post(hook, entry), Booked)
        afas.clock.sleep(1500)

    assert [call["status"] for call in afas.calls() if call["operation"] == "token"] == [200, 200]
    assert [call for call in afas.calls() if call["status"] == 401] == []


def test_second_secret_gets_in_once_the_first_was_withdrawn(afas: AfasBench) -> None:
    hook = afas.hook()
    post(hook, numbered(1)[0])
    afas.switch(revoked="secret")

    outcome = post(hook, numbered(2)[1])

    assert isinstance(outcome, Booked), outcome
    assert isinstance(post(afas.hook(), numbered(3)[2]), Booked)


def test_second_token_gets_in_once_the_first_was_withdrawn(classic: AfasBench) -> None:
    hook = classic.hook()
    post(hook, numbered(1)[0])
    classic.switch(revoked="token")

    outcomes = [post(hook, entry) for entry in numbered(4)[1:]]

    assert [type(outcome) for outcome in outcomes] == [Booked] * 3
    assert len([call for call in classic.calls() if call["status"] == 401]) == 1


def test_withdrawal_of_both_costs_one_entry_and_stops_the_rest(classic: AfasBench) -> None:
    hook = classic.hook()
    hook.read_chart("1")
    classic.switch(revoked="token token_next")

    outcome = post(hook, S1)

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.TARGET_CONFIGURATION]
    with pytest.raises(ConfigurationError, match="401"):
        post(hook, SAMPLES["P3"])
    assert classic.books() == []


def test_app_connector_that_takes_no_oauth_says_so(afas: AfasBench) -> None:
    afas.switch(connector_auth="classic")

    works, what = afas.hook().test_connection()

    assert not works
    assert "unauthorized_client" in what


def test_machine_that_is_not_on_the_list_is_told_so(afas: AfasBench) -> None:
    afas.switch(ip_allowed=False)

    works, what = afas.hook().test_connection()

    assert not works
    assert "403" in what
    assert "list" in what


@pytest.mark.parametrize("status", [500, 401])
@pytest.mark.parametrize("connector", ["Profit_Transactions", "Profit_Debtor", "FiEntries"])
def test_connection_test_names_a_connector_that_is_not_in_the_app_connector(
    afas: AfasBench, connector: str, status: int
) -> None:
    afas.switch(missing_connectors=connector, unauthorised_connector_status=status)

    works, what = afas.hook().test_connection()

    assert not works
    assert connector in what
    assert "add to the app connector" in what


def test_connection_test_names_a_blocked_connector(afas: AfasBench) -> None:
    afas.switch(blocked_connectors="Profit_Transactions")

    works, what = afas.hook().test_connection()

    assert not works
    assert "Profit_Transactions" in what
    assert "geblokkeerd" in what


def test_connection_test_names_environment_version_and_administrations(afas: AfasBench) -> None:
    works, what = afas.hook().test_connection()

    assert works, what
    assert "environment T12345AA" in what
    assert "1 Voorbeeld Recycling B.V." in what
    assert "no booking is seen there" in what


def test_connection_test_says_that_bookings_are_seen(afas: AfasBench) -> None:
    post(afas.hook(), S1)

    works, what = afas.hook().test_connection("1")

    assert works, what
    assert "bookings are seen there" in what
    assert "2 Voorbeeld" not in what


def test_user_who_may_not_see_bookings_is_noticed(afas: AfasBench) -> None:
    post(afas.hook(), S1)
    afas.switch(hidden_rows="Profit_Transactions")

    works, what = afas.hook().test_connection("1")

    assert works
    assert "give the user rights on financial transactions" in what


def test_entry_that_stands_in_books_hidden_from_the_user_is_not_booked_again(afas: AfasBench) -> None:
    post(afas.hook(), S1)
    afas.switch(hidden_rows="Profit_Transactions")

    outcome = post(afas.hook(), S1)

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.NUMBER_TAKEN]
    assert len(afas.books()) == 1


def test_user_who_may_see_no_administration_is_told_so(afas: AfasBench) -> None:
    afas.switch(hidden_rows="Profit_Administrations")

    works, what = afas.hook().test_connection()

    assert not works
    assert "no administration" in what


def test_connector_that_is_not_ours_costs_one_entry_and_stops_the_rest(afas: AfasBench) -> None:
    hook = afas.hook()
    hook.read_chart("1")
    afas.switch(missing_connectors="FiEntries")

    outcome = post(hook, S1)

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.TARGET_CONFIGURATION]
    with pytest.raises(ConfigurationError, match="niet geautoriseerd"):
        post(hook, SAMPLES["P3"])
    assert len([call for call in afas.calls() if call["operation"] == "post FiEntries"]) == 1


def test_first_booking_that_is_not_seen_stops_the_rest(afas: AfasBench) -> None:
    afas.switch(hidden_rows="Profit_Transactions")
    hook = afas.hook()

    outcome = post(hook, S1)

    assert isinstance(outcome, Booked)
    with pytest.raises(ConfigurationError, match="does not see it"):
        post(hook, SAMPLES["J1"])
    assert len(afas.books()) == 1


def test_booking_that_could_not_be_looked_for_is_booked_all_the_same(afas: AfasBench) -> None:
    hook = afas.hook()
    hook.read_chart("1")
    afas.control("faults", {"method": "GET", "effect": "html", "times": 1})

    outcomes = [post(hook, entry) for entry in numbered(3)]

    assert [type(outcome) for outcome in outcomes] == [Booked] * 3
    reads = [call for call in afas.calls() if call["operation"] == "read Profit_Transactions"]
    assert len(reads) == 2
