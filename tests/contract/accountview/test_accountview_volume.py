"""How many calls AccountView gets, and that no page or row slips by between them."""

from dataclasses import replace

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.outcome import Booked, Refused
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.accountview.listings import ENTRY_PAGES
from finance_hooks.targets.accountview.query import Filter, Question
from tests.contract.accountview.accountview_bench import AccountViewBench, asked, numbered
from tests.contract.bench import post
from tests.targets.accountview.brief_entries import COMPANY
from tests.targets.accountview.samples import SAMPLES

OCTOBER = Period(fiscal_year=2026, number=10)
PAGES_OF_OCTOBER = Question(listing=ENTRY_PAGES, filters=(Filter(field="PERIOD", value="10", kind="N"),))


def load_pages(bench: AccountViewBench, count: int) -> None:
    """Put so many pages of one line into October."""
    pages = [
        {
            "DJ_PAGE_Id": place,
            "DJ_CODE": "VRK",
            "SUB_NR": "10045",
            "INV_NR": f"H{place:06}",
            "TRN_DATE": "2026-10-15T00:00:00",
            "HDR_DESC": "Met de hand",
        }
        for place in range(count)
    ]
    lines = [{"DJ_PAGE_Id": place, "ACCT_NR": "8120", "AMOUNT": 1, "VAT_CODE": "0"} for place in range(count)]
    bench.control("load", {COMPANY: {"DJ_PAGE": pages, "DJ_LINE": lines}})


def test_each_entry_costs_a_call_to_book_it_and_one_to_read_it_back(accountview: AccountViewBench) -> None:
    hook = accountview.hook()
    hook.read_chart(COMPANY)
    before = len(asked(accountview))

    for entry in numbered(40):
        assert isinstance(post(hook, entry), Booked)

    assert accountview.posting_calls() == 40
    # The first of a sort is looked up in the ledger as well.
    assert len(asked(accountview)) - before == 40 + 1


@pytest.mark.parametrize("largest", [1000, 120])
def test_books_of_many_pages_are_read_whole_whatever_the_largest_page(
    accountview: AccountViewBench, largest: int
) -> None:
    load_pages(accountview, 300)
    accountview.switch(largest_page=largest)

    booked = list(accountview.hook().read_entries(COMPANY, {"VRK"}, {OCTOBER}))

    assert len({one.id for one in booked}) == len(booked) == 300
    assert all(one.lines for one in booked)


def test_thousand_pages_are_read_in_few_calls(accountview: AccountViewBench) -> None:
    load_pages(accountview, 1001)
    hook = accountview.hook()
    hook.read_chart(COMPANY)
    before = len(asked(accountview))

    booked = list(hook.read_entries(COMPANY, {"VRK"}, {OCTOBER}))

    assert len(booked) == 1001
    assert len(asked(accountview)) - before <= 12


def test_page_that_goes_while_pages_are_counted_is_noticed(accountview: AccountViewBench) -> None:
    load_pages(accountview, 300)
    accountview.switch(largest_page=120)
    hook = accountview.hook()
    company = hook.charts.read(COMPANY)
    read = iter(hook.client.read_pages(company.id, PAGES_OF_OCTOBER))
    next(read)
    with accountview.emulator.lock:
        pages = accountview.emulator.books_of(COMPANY, 2026).year.pages
        del pages[next(iter(pages))]

    with pytest.raises(TemporaryFailure, match="changed"):
        list(read)


@pytest.mark.parametrize("count", [999, 1000])
def test_page_of_as_many_lines_as_allowed_is_booked_and_read_back(
    accountview: AccountViewBench, count: int
) -> None:
    entry = SAMPLES["S8"]
    lines = tuple(replace(entry.lines[0], number=number) for number in range(1, count + 1))
    gross = entry.lines[0].amount * count
    entry = replace(entry, lines=lines, gross=gross, gross_in_books=gross)

    outcome = post(accountview.hook(), entry)

    assert isinstance(outcome, Booked)
    assert outcome.totals.gross == gross


def test_page_of_more_lines_than_allowed_is_parked_and_never_split(accountview: AccountViewBench) -> None:
    entry = SAMPLES["S8"]
    lines = tuple(replace(entry.lines[0], number=number) for number in range(1, 1002))

    outcome = post(accountview.hook(), replace(entry, lines=lines))

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.TOO_MANY_LINES]
    assert accountview.posting_calls() == 0
