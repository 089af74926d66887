"""How relations of AccountView are read, written, and what its answers about them mean."""

import json
from datetime import date
from typing import Any

import pytest

from finance_hooks.model.outcome import Unknown
from finance_hooks.model.party import PartyRefused, PartyWrite, Role, Written
from finance_hooks.targets.accountview.parties import (
    read_party_response,
    read_relations,
    usual_account,
    why_unfit,
    write_body,
)
from finance_hooks.transport.answer import NeverSent, PerhapsProcessed, Sending
from tests.targets.party_writes import NOW, a_change, a_write, answered, waits_s

TODAY = date(2026, 11, 2)
MADE = '{"CONTACT": [{"SUB_NR": "88001"}]}'
NEW = {"ACCT_NAME": "Klant", "SRC_CODE": "Klant"}


def fault(text: str) -> str:
    return json.dumps({"ErrorType": "AccountViewError", "ErrorMessage": text})


def sent(write: PartyWrite, account: str | None = "1210") -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the body and its one row by field."""
    body = json.loads(write_body(write, account, TODAY))
    names = [field["Name"] for field in body["Table"]["Definition"]["Fields"]]
    (row,) = body["TableData"]["Data"]["Rows"]
    return body, dict(zip(names, row["Values"], strict=True))


def test_relation_that_is_seen_on_both_sides_is_one() -> None:
    row = {"SUB_NR": "99002", "ACCT_NAME": "Beide", "CNT_CODE": "NL", "REC_BLK": True}

    relations = read_relations({Role.DEBTOR: [row, {"SUB_NR": "10045"}], Role.CREDITOR: [row]})

    assert [(each.code, set(each.roles), each.blocked) for each in relations] == [
        ("99002", {Role.DEBTOR, Role.CREDITOR}, True),
        ("10045", {Role.DEBTOR}, False),
    ]


def test_collective_account_is_the_one_most_relations_have() -> None:
    assert usual_account([{"ACCT_NR": "1210"}, {"ACCT_NR": "1211"}, {"ACCT_NR": "1210"}, {}]) == "1210"
    assert usual_account([{}]) is None


@pytest.mark.parametrize("code", ["12345678901", "d1", "8-1", ""])
def test_number_is_of_ten_capitals_and_digits_at_most(code: str) -> None:
    assert why_unfit(code) is not None
    assert why_unfit("D88001") is None


def test_new_relation_has_search_code_number_and_collective_account() -> None:
    body, row = sent(a_write(**NEW, CITY="Łódź"))

    assert (body["BusinessObject"], body["BookDate"]) == ("AR1", "2026-11-02T00:00:00")
    assert "id" not in body
    assert row == {
        "RowId": "1",
        "ACCT_NAME": "Klant",
        "SRC_CODE": "KLANT",
        "CITY": "?ódz",
        "SUB_NR": "88001",
        "ACCT_NR": "1210",
    }


def test_change_names_the_relation_as_id_and_only_what_differs() -> None:
    body, row = sent(a_change(CITY="Gent"))

    assert body["id"] == "88001"
    assert row == {"RowId": "1", "CITY": "Gent"}


@pytest.mark.parametrize(
    ("sending", "seconds"),
    [
        (NeverSent(why="no connection"), 60),
        (NeverSent(why="a limit", retry_after_s=7), 7),
        (answered(429), 60),
        (answered(500, fault("De administratie is in gebruik door een ander")), 600),
    ],
)
def test_what_was_not_carried_out_is_left_to_later(sending: Sending, seconds: int) -> None:
    assert waits_s(read_party_response(sending, a_write(**NEW), NOW)) == seconds


@pytest.mark.parametrize(
    "sending",
    [
        PerhapsProcessed(why="reset"),
        answered(200, "<html>"),
        answered(200, "{}"),
        answered(200, '{"CONTACT": [{"SUB_NR": "5"}]}'),
        answered(500, MADE),
        answered(502),
        answered(408),
        answered(302, fault("mag niet")),
    ],
)
def test_answer_that_says_nothing_about_the_relation_is_unknown(sending: Sending) -> None:
    assert isinstance(read_party_response(sending, a_write(**NEW), NOW), Unknown)


def test_relation_that_was_made_is_named() -> None:
    assert read_party_response(answered(200, MADE), a_write(**NEW), NOW) == Written(id="88001", code="88001")


@pytest.mark.parametrize(
    ("status", "body"), [(500, fault("Naam moet worden ingevoerd")), (400, ""), (403, "")]
)
def test_refusal_keeps_accountviews_words(status: int, body: str) -> None:
    outcome = read_party_response(answered(status, body), a_write(**NEW), NOW)

    assert isinstance(outcome, PartyRefused)
    assert outcome.why.startswith(f"AccountView answered {status}")
