"""How AccountView's books are addressed and read: book years, periods, exact numbers, what people booked."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Refused
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.posting.match import Adopted, BooksRead, Own, Perhaps
from tests.contract.accountview.accountview_bench import AccountViewBench, asked, numbered
from tests.contract.bench import post
from tests.targets.accountview.brief_entries import COMPANY
from tests.targets.accountview.samples import SAMPLES

S1 = SAMPLES["S1"]
OCTOBER = Period(fiscal_year=2026, number=10)


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 1, 1), date(2024, 2, 29)])
def test_booking_day_decides_the_book_year(accountview: AccountViewBench, day: date) -> None:
    entry = replace(S1, entry_date=day, due_date=None, fiscal_year=day.year, period=day.month)

    outcome = post(accountview.hook(), entry)

    assert isinstance(outcome, Booked), outcome
    assert outcome.id == f"{day.year}/VRK/1"
    (booked,) = accountview.read_back(accountview.hook(), entry)
    assert booked.entry_date == day
    other = replace(entry, fiscal_year=day.year + 1)
    assert accountview.read_back(accountview.hook(), other) == []


def test_year_without_an_administration_is_refused_and_holds_no_books(accountview: AccountViewBench) -> None:
    entry = replace(S1, entry_date=date(2031, 10, 15), fiscal_year=2031)
    hook = accountview.hook()

    outcome = post(hook, entry)

    assert isinstance(outcome, Refused)
    assert {reason.code for reason in outcome.reasons} == {ReasonCode.YEAR_MISSING}
    assert list(hook.read_entries(COMPANY, {"VRK"}, {Period(fiscal_year=2031, number=10)})) == []


def test_reading_no_journal_or_no_period_makes_no_call(accountview: AccountViewBench) -> None:
    hook = accountview.hook()

    assert list(hook.read_entries(COMPANY, set(), {OCTOBER})) == []
    assert list(hook.read_entries(COMPANY, {"VRK"}, set())) == []
    assert asked(accountview) == []


def test_only_what_was_asked_for_is_read(accountview: AccountViewBench) -> None:
    hook = accountview.hook()
    for name in ("S1", "P3", "J1"):
        post(hook, SAMPLES[name])

    booked = list(hook.read_entries(COMPANY, {"VRK", "MEM"}, {OCTOBER}))

    assert sorted(each.journal for each in booked) == ["MEM", "VRK"]
    assert list(hook.read_entries(COMPANY, {"VRK"}, {replace(OCTOBER, number=9)})) == []


def test_what_people_booked_themselves_is_read_with_number_party_day_and_amount(
    accountview: AccountViewBench,
) -> None:
    page = {"DJ_CODE": "VRK", "SUB_NR": "10045", "INV_NR": "HAND-1", "TRN_DATE": "2026-10-15T00:00:00"}
    lines = [{"ACCT_NR": "8120", "AMOUNT": 100, "VAT_CODE": "1", "VAT_AMT": 21}]
    accountview.control(
        "load", {COMPANY: {"DJ_PAGE": [page | {"HDR_DESC": "Met de hand"}], "DJ_LINE": lines}}
    )

    (booked,) = accountview.hook().read_entries(COMPANY, {"VRK"}, {OCTOBER})

    assert booked.references == frozenset()
    assert (booked.number, booked.party, booked.entry_date) == ("HAND-1", "10045", date(2026, 10, 15))
    assert booked.gross == Decimal("121.00")


@pytest.mark.parametrize("capitals", ["forced", "kept"])
def test_documents_that_differ_in_their_letters_only_are_each_found_as_their_own(
    accountview: AccountViewBench, capitals: str
) -> None:
    accountview.switch(capitals=capitals)
    hook = accountview.hook()
    small, large = (
        replace(each, number=number) for each, number in zip(numbered(2), ("f-12a", "F-12A"), strict=True)
    )
    post(hook, small)

    books = BooksRead(hook.read_entries(COMPANY, {"VRK"}, {OCTOBER}))
    assert isinstance(books.match(large), Perhaps)

    assert isinstance(post(hook, large), Booked)
    books = BooksRead(hook.read_entries(COMPANY, {"VRK"}, {OCTOBER}))
    found = [books.match(each) for each in (small, large)]
    assert all(isinstance(match, Own) and len(match.booked) == 1 for match in found)
    assert found[0] != found[1]


@pytest.mark.parametrize(
    ("capitals", "typed", "is_adopted"),
    [("forced", "f-12a", True), ("kept", "f-12a", True), ("kept", "F-12a", False)],
)
def test_booking_by_hand_is_adopted_when_its_number_is_the_same_or_in_capitals(
    accountview: AccountViewBench, capitals: str, typed: str, *, is_adopted: bool
) -> None:
    accountview.switch(capitals=capitals)
    entry = replace(numbered(1)[0], number="f-12a", lines=S1.lines[:1], gross=Decimal(121))
    page = {"DJ_CODE": "VRK", "SUB_NR": entry.party, "INV_NR": typed, "TRN_DATE": "2026-10-15T00:00:00"}
    line = {"ACCT_NR": "8120", "AMOUNT": 100, "VAT_CODE": "1", "VAT_AMT": 21}
    accountview.control("load", {COMPANY: {"DJ_PAGE": [page | {"HDR_DESC": "Hand"}], "DJ_LINE": [line]}})

    found = BooksRead(accountview.hook().read_entries(COMPANY, {"VRK"}, {OCTOBER})).match(
        replace(entry, entry_date=date(2026, 10, 15))
    )

    assert isinstance(found, Adopted if is_adopted else Perhaps)


def test_journals_that_differ_in_their_letters_only_are_two_where_letters_are_kept(
    accountview: AccountViewBench,
) -> None:
    accountview.switch(capitals="kept")
    journal = {"DJ_NAME": "Verkoop oud", "DJ_TYPEV": "Verkoop", "NUM_AUTO": False, "DJ_ACCT": "1210"}
    accountview.control("load", {COMPANY: {"DAILY": [journal | {"DJ_CODE": "Vrk"}]}})
    hook = accountview.hook()
    first, second = numbered(2)
    second = replace(second, journal="Vrk")

    outcomes = [post(hook, each) for each in (first, second)]

    assert [each.number for each in outcomes if isinstance(each, Booked)] == ["1", "1"]
    assert [each.id for each in hook.read_entries(COMPANY, {"VRK"}, {OCTOBER})] == ["2026/VRK/1"]
    assert [each.id for each in hook.read_entries(COMPANY, {"Vrk"}, {OCTOBER})] == ["2026/Vrk/1"]


def test_code_in_another_spelling_than_accountviews_own_is_refused_before_it_is_sent(
    accountview: AccountViewBench,
) -> None:
    outcome = post(accountview.hook(), replace(S1, party="k10045a"))

    assert isinstance(outcome, Refused)
    assert [(reason.field, reason.value) for reason in outcome.reasons] == [("party", "k10045a")]
    assert accountview.posting_calls() == 0


def test_number_is_never_matched_by_its_beginning(accountview: AccountViewBench) -> None:
    hook = accountview.hook()
    short, long = (
        replace(each, number=number) for each, number in zip(numbered(2), ("F1", "F10"), strict=True)
    )
    post(hook, long)

    outcome = post(hook, short)

    assert isinstance(outcome, Booked)
    assert [found.number for found in accountview.read_back(hook, short)] == ["F1"]
    assert [found.number for found in accountview.read_back(hook, long)] == ["F10"]


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("Time-out bij het openen van de administratie", TemporaryFailure),
        ("De administratie wordt gereorganiseerd", TemporaryFailure),
        ("Gebruiker heeft onvoldoende rechten", ConfigurationError),
    ],
)
def test_book_year_that_cannot_be_read_is_not_taken_for_one_that_does_not_exist(
    accountview: AccountViewBench, message: str, error: type[Exception]
) -> None:
    body = {"ErrorType": "AccountViewError", "ErrorNumbers": None, "ErrorMessage": message}
    fault = {"operation": "PER", "effect": "status", "status": 500, "body": json.dumps(body)}
    accountview.control("faults", fault)

    with pytest.raises(error):
        accountview.hook().read_chart(COMPANY)


def test_portal_that_cannot_find_the_installation_has_not_found_it_empty(
    accountview: AccountViewBench,
) -> None:
    post(accountview.hook(), S1)
    hook = accountview.hook()
    hook.read_chart(COMPANY)
    accountview.control("faults", {"method": "GET", "effect": "status", "status": 404})

    with pytest.raises((ConfigurationError, TemporaryFailure)):
        accountview.read_back(hook, S1)


def test_nothing_found_is_nothing_where_the_installation_answers_otherwise(
    accountview: AccountViewBench,
) -> None:
    accountview.switch(empty_result="404")

    assert list(accountview.hook().read_entries(COMPANY, {"VRK"}, {OCTOBER})) == []
    assert len(asked(accountview, operation="DJ1")) > 1
