from collections.abc import Iterator
from datetime import date
from typing import Any

from finance_hooks.targets.accountview.books import (
    read_page_of,
    read_transactions_of,
    read_year,
    spell_journals,
)
from finance_hooks.targets.accountview.conventions import Conventions
from finance_hooks.targets.accountview.query import Question
from finance_hooks.targets.accountview.readback import BookYear
from finance_hooks.targets.accountview.wire import Tables
from tests.targets.accountview.page_rows import REFERENCE, SALE, header, ledger_row, line
from tests.targets.accountview.sample_company import sample_company

DAY = date(2026, 10, 15)
YEAR = BookYear(company=sample_company(), fiscal_year=2026, conventions=Conventions())
ONE_PAGE = {"DJ_PAGE": [header()], "DJ_LINE": [line()]}


class Portal:
    """Answers by business code and notes what it was asked."""

    def __init__(self, **answers: Tables) -> None:
        self.answers = answers
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> Iterator[Tables]:
        self.asked.append(question)
        yield self.answers.get(question.listing.code, {})

    def filters(self, code: str) -> list[list[tuple[str, str, str]]]:
        return [
            [(one.field, one.operator, one.value) for one in question.filters]
            for question in self.asked
            if question.listing.code == code
        ]


def ledger(rows: list[dict[str, Any]]) -> Tables:
    return {"TRANSACT": rows}


def test_pages_and_ledger_of_each_period_are_read_in_the_year_of_the_day() -> None:
    portal = Portal(DJ2=ONE_PAGE, DJ2P=ONE_PAGE, GJ1=ledger(SALE))

    booked = read_year(portal, YEAR, {10, 9}, DAY)

    assert [one.id for one in booked] == ["2026/VRK/17"]
    assert [question.listing.code for question in portal.asked] == ["DJ2", "DJ2P"] * 2 + ["GJ1"] * 3
    assert portal.filters("DJ2") == [[("PERIOD", "Equal", "9")], [("PERIOD", "Equal", "10")]]
    assert portal.filters("GJ1") == [[], [("PERIOD", "Equal", "9")], [("PERIOD", "Equal", "10")]]
    assert {question.book_date for question in portal.asked} == {DAY}


def test_ledger_whose_periods_name_their_year_is_asked_in_its_own_way() -> None:
    portal = Portal(GJ1=ledger([{**row, "PERIOD": 26010} for row in SALE]))

    (booked,) = read_year(portal, YEAR, {10}, DAY)

    assert portal.filters("GJ1")[1:] == [[("PERIOD", "Equal", "26010")]]
    assert booked.period.number == 10


def test_empty_books_hold_nothing() -> None:
    assert read_year(Portal(), YEAR, {10}, DAY) == []


def test_page_is_found_by_its_reference_in_the_listing_that_shows_it() -> None:
    portal = Portal(DJ2P={"DJ_PAGE": [header(HDR_DESC="Oktober"), header(DJ_PAGE_ID=1)]})

    found = read_page_of(portal, REFERENCE, DAY)

    assert found is not None
    assert (found[0].code, found[1].header["PAGE_NR"]) == ("DJ2P", "17")
    assert portal.filters("DJ2") == [[("HDR_DESC", "Contains", REFERENCE)]]


def test_page_that_no_listing_shows_is_not_found() -> None:
    assert read_page_of(Portal(), REFERENCE, DAY) is None


def test_ledger_rows_of_a_page_are_those_of_its_exact_number() -> None:
    portal = Portal(GJ1=ledger([*SALE, ledger_row("8110", "-1", PAGE_NR="170")]))

    assert read_transactions_of(portal, "VRK", "17", DAY) == SALE
    assert portal.filters("GJ1") == [[("DJ_CODE", "Equal", "VRK"), ("PAGE_NRV", "Equal", "17")]]


def test_page_number_that_is_no_number_is_asked_for_as_text() -> None:
    portal = Portal(GJ1=ledger([ledger_row("8110", "-1", PAGE_NR="A17")]))

    assert len(read_transactions_of(portal, "VRK", "A17", DAY)) == 1
    assert portal.filters("GJ1")[0][1] == ("PAGE_NR", "Equal", "A17")


def test_journal_stands_for_another_spelling_only_where_the_installation_has_none_like_it() -> None:
    assert spell_journals({"VRK"}, {"VRK", "Vrk"}) == {"VRK"}
    assert spell_journals({"vrk"}, {"VRK", "IKP"}) == {"vrk", "VRK"}
    assert spell_journals({"OUD"}, {"VRK"}) == {"OUD"}


def test_pages_of_journals_that_differ_in_their_letters_only_are_kept_apart() -> None:
    other = {"DJ_PAGE": [header(), header(DJ_CODE="Vrk", DJ_PAGE_ID=1)], "DJ_LINE": [line()]}

    booked = read_year(Portal(DJ2=other), YEAR, {10}, DAY)

    assert [one.id for one in booked] == ["2026/VRK/17", "2026/Vrk/17"]
