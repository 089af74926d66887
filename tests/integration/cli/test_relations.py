"""What a person sees and decides about debtors and creditors from the command line."""

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from finance_hooks.cli.__main__ import main
from finance_hooks.model.administration import RelationsPolicy
from finance_hooks.model.party import PartyState, Role
from finance_hooks.store.party_links import StoredLink, put_link
from tests.integration.chain.chain import Chain
from tests.integration.chain.relatives import NAME, NUMBER, Relatives
from tests.integration.cli.store_connection import store_connection

LINKING = ("--administration", "exact_nl", "--role", "debtor", "--why", "gebeld met de klant", "--by", "Anja")


@pytest.fixture
def relatives(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relatives]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url))
    # An Airflow that this process started for other tests may have mapping files of its own.
    monkeypatch.delenv("FINANCE_MAPPINGS", raising=False)
    yield Relatives(chain)
    chain.close()


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == code
    return capsys.readouterr().out


def test_proposed_relation_that_a_person_links_is_booked_on(
    relatives: Relatives, capsys: pytest.CaptureFixture[str]
) -> None:
    relatives.put("55571", NAME)
    number = relatives.invoice()
    relatives.night("first")
    assert "55571" in told(capsys, "relations", "exact_nl")

    said = told(capsys, "link", NUMBER, "55571", *LINKING)
    _, report = relatives.night("second")

    assert f"debtor {NUMBER} of exact_nl is 55571" in said
    assert (report.booked, report.parked) == (1, 0)
    assert relatives.booked_on() == {number: "55571"}
    with relatives.chain.engine.begin() as connection:
        details = list(connection.execute(sa.text("SELECT detail FROM event WHERE detail ? 'who'")).scalars())
    assert [(each["who"], each["why"]) for each in details] == [("Anja", "gebeld met de klant")]
    (shown,) = json.loads(told(capsys, "relations", "--json"))
    assert (shown["state"], shown["target_party"], shown["matched_by"]) == ("linked", "55571", "person")


def test_code_that_a_person_gives_and_the_package_lacks_is_made(
    relatives: Relatives, capsys: pytest.CaptureFixture[str]
) -> None:
    relatives.put("55571", NAME)
    number = relatives.invoice()
    relatives.night("first")

    told(capsys, "link", NUMBER, "55999", *LINKING)
    _, report = relatives.night("second")

    assert report.booked == 1
    assert relatives.booked_on() == {number: "55999"}


def test_what_would_be_written_and_what_waits_are_listed(
    relatives: Relatives, capsys: pytest.CaptureFixture[str]
) -> None:
    relatives.policy(RelationsPolicy.PROPOSE)
    relatives.invoice()
    relatives.night()

    said = told(capsys, "relations", "--language", "en")

    assert "the relation does not exist in the package and is not made" in said
    assert f"creates {NUMBER}, would be written: " in said
    assert f"Name = {NAME}" in said
    assert "1 parties are known, 1 writes are proposed, 1 wait for a person." in said


def test_party_that_is_being_written_is_not_linked_by_hand(
    relatives: Relatives, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = relatives.chain
    with chain.engine.begin() as connection:
        link = StoredLink(state=PartyState.UNKNOWN, target_party="1", sent_until=chain.now())
        key = (NUMBER, Role.DEBTOR)
        put_link(connection, chain.administration, key, link, chain.work("by hand").stamp(connection))

    assert "is being written" in told(capsys, "link", NUMBER, "55571", *LINKING, code=1)


def test_administration_that_is_none_is_told(
    relatives: Relatives, capsys: pytest.CaptureFixture[str]
) -> None:
    assert relatives.issued == 0
    arguments = ("--administration", "nowhere", "--role", "debtor", "--why", "x")

    assert main(["link", NUMBER, "1", *arguments]) == 2
    assert "no good row nowhere" in capsys.readouterr().err
