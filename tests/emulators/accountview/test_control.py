"""The control routes: books, rows put in, faults by business object, state on disk."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

from emulators.accountview.app import AccountViewEmulator
from emulators.clock import EmulatorClock
from emulators.registry import build
from tests.emulators.accountview_client import (
    BASE,
    STARTED_AT,
    AccountViewClient,
    Body,
    line,
    message,
)

LINES = [line("8110", 100, VAT_CODE="1", VAT_AMT=21, COST_CODE="INZ")]


def _load(client: AccountViewClient, rows: object) -> requests.Response:
    return client.session.post(f"{BASE}/_emulator/load", json=rows, timeout=5)


def test_books_show_every_leg_of_a_page(client: AccountViewClient) -> None:
    client.sale(LINES)

    (entry,) = client.control("books?administration=VB01")["entries"]

    lines = entry.pop("lines")
    assert entry == {
        "administration": "VB01",
        "journal": "VRK",
        "number": "1",
        "document": "F1",
        "reference": "Factuur F1",
        "date": "2026-10-31",
        "period": "2026/10",
        "party": "10045",
        "currency": "EUR",
        "rate": "1",
    }
    assert [(each["account"], each["debit"], each["credit"]) for each in lines] == [
        ("1210", "121.00", "0.00"),
        ("8110", "0.00", "100.00"),
        ("1610", "0.00", "21.00"),
    ]
    assert lines[1] | {"text": ""} == {
        "account": "8110",
        "debit": "0.00",
        "credit": "100.00",
        "in_currency": "0.00",
        "vat_code": "1",
        "is_vat": False,
        "cost_centre": "INZ",
        "party": None,
        "text": "",
    }
    assert client.control("books?administration=VB02")["entries"] == []


def test_books_since_an_instant_leave_older_ones_out(client: AccountViewClient) -> None:
    client.sale(LINES)
    client.control("clock", {"advance_s": 60})
    client.sale(LINES, INV_NR="F2")

    found = client.control("books?since=2026-11-06T03:00:30Z")["entries"]

    assert [entry["document"] for entry in found] == ["F2"]


def test_rows_as_read_can_be_put_in(client: AccountViewClient) -> None:
    rows: Body = {
        "DAILY": [{"DJ_CODE": "V2", "DJ_NAME": "Tweede", "DJ_TYPEV": "Verkoop", "DJ_ACCT": "1210"}],
        "LEDGER": [{"ACCT_NR": "8120", "REC_BLK": True}, {"ACCT_NR": "8121", "ACCT_NAME": "Nieuw"}],
        "CONTACT": [{"SUB_NR": "77777", "ACCT_NAME": "Geladen", "ACCT_NR": "1210", "CONTACT_Id": 0}],
        "PERIODS": [
            {"BEG_DATE": "2026-09-01", "PER_BLK": True},
            {"BEG_DATE": "2026-08-01", "PER_BLK": False},
        ],
        "DJ_PAGE": [_page("F8", 0), _page("F9", 1) | {"TRN_DATE": "2025-03-01T00:00:00", "PERIOD": 3}],
        "DJ_LINE": [
            {"ACCT_NR": "8121", "AMOUNT": 10.05, "VAT_CODE": "", "EXT_KEY": 0, "DJ_PAGE_Id": 0},
            {"ACCT_NR": "8121", "AMOUNT": 20, "DJ_PAGE_Id": 1},
        ],
    }

    counts = _load(client, {"VB01": rows}).json()["loaded"]

    assert counts == {"DAILY": 1, "LEDGER": 2, "CONTACT": 1, "PERIODS": 2, "DJ_PAGE": 2, "DJ_LINE": 2}
    entries = client.control("books?administration=VB01")["entries"]
    assert [(each["document"], each["period"], each["lines"][0]["debit"]) for each in entries] == [
        ("F8", "2026/10", "10.05"),
        ("F9", "2025/3", "20.00"),
    ]
    assert "geblokkeerd" in message(client.sale([line("8120", 1, VAT_CODE="3")]))
    assert "Periode 9" in message(client.sale(LINES, TRN_DATE="2026-09-30"))
    assert client.sale(LINES, TRN_DATE="2026-08-31", DJ_CODE="V2", SUB_NR="77777").status_code == 200


def _page(number: str, place: int) -> Body:
    return {
        "DJ_CODE": "VRK",
        "INV_NR": number,
        "SUB_NR": "10045",
        "HDR_DESC": "Eerder geboekt",
        "TRN_DATE": "2026-10-01T00:00:00",
        "PAGE_AMT": 5,
        "INP_DATE": "2020-01-01T00:00:00",
        "DJ_PAGE_Id": place,
    }


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ({"VB99": {}}, "no company 'VB99'"),
        ({"VB01": {"TRANSACT": []}}, "no rows can be loaded into 'TRANSACT'"),
        ({"VB01": {"LEDGER": {}}}, "LEDGER must be a list of rows"),
        ({"VB01": {"LEDGER": [{"X": 1}]}}, "LEDGER has no field 'X'"),
        ({"VB01": {"LEDGER": [{"ACCT_NAME": "x"}]}}, "a row needs ACCT_NR"),
        ({"VB01": {"LEDGER": [{"ACCT_NR": "1", "REC_BLK": 2}]}}, "LEDGER.REC_BLK"),
        ({"VB01": {"DAILY": [{"DJ_CODE": "X"}]}}, "DJ_TYPEV must be one of"),
        ({"VB01": {"DJ_PAGE": [{"DJ_CODE": "VRK"}]}}, "a row needs TRN_DATE"),
        ({"VB01": {"DJ_PAGE": [{"DJ_CODE": "XXX", "TRN_DATE": "2026-10-01"}]}}, "bestaat niet"),
    ],
)
def test_wrong_rows_are_refused_with_the_reason(client: AccountViewClient, rows: Any, text: str) -> None:
    answer = _load(client, rows)

    assert answer.status_code == 400
    assert text in answer.json()["error"]


def test_faults_pick_calls_by_business_object(client: AccountViewClient) -> None:
    client.control("faults", {"effect": "lost_answer", "method": "POST", "operation": "DJ2", "times": 1})
    client.control("faults", {"effect": "status", "status": 502, "operation": "GJ1", "times": 1})

    with pytest.raises(requests.ConnectionError):
        client.sale(LINES)
    gateway = client.get(businessobject="gj1", PageSize=1)

    assert len(client.read("DJ2")["DJ_PAGE"]) == 1
    assert (gateway.status_code, gateway.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    calls = [(each["operation"], each["fault"]) for each in client.control("calls")["calls"]]
    assert calls[-3:] == [("DJ2", "lost_answer"), ("GJ1", "status"), ("DJ2", None)]


def test_faults_answer_in_the_forms_of_the_relay(client: AccountViewClient) -> None:
    client.control(
        "faults",
        [
            {"effect": "token_expired", "times": 1},
            {"effect": "status", "status": 500, "times": 1},
            {"effect": "throttle", "delay_s": 7, "times": 1},
            {"effect": "status", "status": 400, "body": '{"ErrorMessage": "x"}', "times": 1},
        ],
    )

    answers = [client.get("companies") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [401, 500, 429, 400]
    assert all(answer.headers["Content-Type"].startswith("application/json") for answer in answers)
    assert answers[2].headers["Retry-After"] == "7"


def test_a_late_booking_is_made_although_its_token_has_expired_by_then(client: AccountViewClient) -> None:
    client.control("faults", {"effect": "late_booking", "method": "POST", "delay_s": 7200, "times": 1})
    with pytest.raises(requests.ConnectionError):
        client.sale(LINES)
    assert client.control("books")["entries"] == []

    client.control("clock", {"advance_s": 7200})

    assert len(client.control("books")["entries"]) == 1


def test_the_demo_closes_the_third_month_before_its_day(client: AccountViewClient) -> None:
    client.emulator.load_demo(today=date(2026, 2, 10), documents=0)

    assert client.emulator.companies["VB01"].closed == {(2025, 11)}


def test_a_demo_of_long_ago_has_its_book_years(client: AccountViewClient) -> None:
    client.emulator.load_demo(today=date(2020, 2, 10), documents=0)

    assert client.read("DJ2", BookDate="2018-06-01")["DJ_PAGE"] == []


def test_books_tokens_and_clock_survive_a_restart(tmp_path: Path) -> None:
    start: Callable[[], AccountViewEmulator] = lambda: AccountViewEmulator(  # noqa: E731
        clock=EmulatorClock(lambda: STARTED_AT), directory=tmp_path
    )
    first = AccountViewClient(start()).authorise()
    first.sale(LINES)
    first.emulator.close()

    again = AccountViewClient(start()).use(first.tokens)

    assert again.read("DJ2")["DJ_PAGE"][0]["INV_NR"] == "F1"
    assert again.sale(LINES).json()["DJ_PAGE"][0]["PAGE_NR"] == "2"


def test_companies_can_be_added_that_start_as_another_one(client: AccountViewClient) -> None:
    client.sale(LINES)

    added = _load(client, {"copies": {"VB01": ["C001", "C002"]}})

    assert added.json() == {"loaded": {"copies": 2}}
    companies = client.emulator.companies
    assert len({each.id for each in companies.values()}) == len(companies)
    assert companies["C001"].tables["LEDGER"] == companies["VB01"].tables["LEDGER"]
    assert client.control("books?administration=C001")["entries"] == []


def test_a_reset_goes_back_to_the_seed(client: AccountViewClient) -> None:
    client.sale(LINES)
    client.control("reset", {})

    assert client.control("books")["entries"] == []
    assert client.get("companies").status_code == 401


def test_the_registry_builds_it() -> None:
    assert isinstance(build("accountview"), AccountViewEmulator)


@pytest.mark.parametrize("body", [b"", b"{", b"[]"])
def test_a_call_without_business_object_has_no_operation(client: AccountViewClient, body: bytes) -> None:
    client.session.post(f"{BASE}/api/v3/accountviewdata", data=body, timeout=5)

    assert client.control("calls")["calls"][-1]["operation"] == ""
