"""How accounts of Exact are read, written, and what its answers about them mean."""

import json

import pytest

from finance_hooks.model.outcome import Unknown
from finance_hooks.model.party import PartyRefused, PartyWrite, Role, Written
from finance_hooks.targets.exactonline.parties import (
    read_party_response,
    read_relations,
    why_unfit,
    write_body,
)
from finance_hooks.transport.answer import NeverSent, PerhapsProcessed, Sending
from tests.targets.party_writes import EARLIER, NOW, a_change, a_write, answered, waits_s

ROW = {"ID": "g-1", "Code": "             88001", "Status": "C", "IsSupplier": True, "Blocked": False}
MADE = json.dumps({"d": {"ID": "g-1", "Code": "             88001"}})
REFUSED = '{"error": {"message": {"value": "Ongeldig: Email"}}}'
FAULT = '{"error": {"message": {"value": "A problem has occurred."}}}'


def test_account_is_read_with_both_sides_and_without_padding() -> None:
    (relation,) = read_relations([{**ROW, "Name": "Klant", "Country": "NL "}, {**ROW, "Code": None}])

    assert (relation.id, relation.code, relation.name, relation.country) == ("g-1", "88001", "Klant", "NL")
    assert relation.roles == {Role.DEBTOR, Role.CREDITOR}
    assert relation.vat_number is None


@pytest.mark.parametrize("code", ["D88001", "", "1" * 19, "8 8"])
def test_code_is_of_eighteen_digits_at_most(code: str) -> None:
    assert why_unfit(code) is not None
    assert why_unfit("88001") is None


def test_new_account_says_its_side_and_a_change_only_what_differs() -> None:
    assert json.loads(write_body(a_write(Name="Klant"))) == {"Code": "88001", "Name": "Klant", "Status": "C"}
    assert json.loads(write_body(a_change(Name="Klant"))) == {"Name": "Klant"}
    side = PartyWrite(
        party="88001", role=Role.CREDITOR, code="88001", fields={}, earlier=EARLIER, adds_side=True
    )
    assert json.loads(write_body(side)) == {"IsSupplier": True}


@pytest.mark.parametrize(
    ("sending", "seconds"),
    [
        (NeverSent(why="no connection"), 60),
        (NeverSent(why="a limit", retry_after_s=7), 7),
        (answered(429), 60),
    ],
)
def test_what_was_not_carried_out_is_left_to_later(sending: Sending, seconds: int) -> None:
    assert waits_s(read_party_response(sending, a_write(Name="Klant"), NOW)) == pytest.approx(seconds, abs=1)


@pytest.mark.parametrize(
    "sending",
    [
        PerhapsProcessed(why="reset"),
        answered(201, "<html>"),
        answered(201, '{"d": {"ID": "g-1", "Code": "5"}}'),
        answered(201, '{"d": {"Code": "88001"}}'),
        answered(500, FAULT),
        answered(500),
        answered(503),
        answered(408),
    ],
)
def test_answer_that_says_nothing_about_the_account_is_unknown(sending: Sending) -> None:
    assert isinstance(read_party_response(sending, a_write(Name="Klant"), NOW), Unknown)


def test_account_that_was_made_or_changed_is_named() -> None:
    write = a_write(Name="Klant")

    assert read_party_response(answered(201, MADE), write, NOW) == Written(id="g-1", code="88001")
    assert read_party_response(answered(204), a_change(Name="Klant"), NOW) == Written(
        id="an id", code="88001"
    )


@pytest.mark.parametrize(("status", "body"), [(500, REFUSED), (403, ""), (400, "")])
def test_refusal_keeps_exacts_words(status: int, body: str) -> None:
    outcome = read_party_response(answered(status, body), a_write(Name="Klant"), NOW)

    assert isinstance(outcome, PartyRefused)
    assert outcome.why.startswith(f"Exact answered {status}")
