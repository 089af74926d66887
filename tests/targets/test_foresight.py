"""How many calls a run takes follows from what stands in the books and what is sent."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.attachment import Booking
from finance_hooks.model.entry import BookedEntry, BookedLine, Entry, Period
from finance_hooks.targets.accountview import foresight as accountview
from finance_hooks.targets.afas.query import count_pages
from finance_hooks.targets.exactonline import foresight as exactonline
from finance_hooks.targets.foresight import (
    Ahead,
    Calls,
    Filing,
    Rows,
    Scope,
    chunks_of,
    pages_of,
    reading_steps,
    rows_in,
    vat_rows,
)
from finance_hooks.targets.twinfield import foresight as twinfield
from tests.targets.exactonline.samples import OTHERS, SAMPLES

NOVEMBER = Period(fiscal_year=2026, number=11)
SCOPE = Scope(journals=frozenset({"70"}), periods=frozenset({NOVEMBER}))
D = Decimal


def rows(count: int, *, journal: str = "70", period: Period = NOVEMBER) -> Rows:
    return Rows(journal=journal, period=period, count=count)


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (1000, 1), (1001, 2), (2000, 2)])
def test_pages_of_a_thousand_rows(count: int, pages: int) -> None:
    assert pages_of(count, 1000) == pages
    assert exactonline.count_reading(SCOPE, [rows(count), rows(5000, journal="90")]) == pages


def test_exact_is_asked_anew_for_every_two_years_of_periods() -> None:
    periods = {
        Period(fiscal_year=year, number=number) for year in (2024, 2025, 2026) for number in range(1, 13)
    }

    assert exactonline.count_reading(Scope(journals=SCOPE.journals, periods=frozenset(periods)), []) == 2


def test_exact_books_a_line_per_code_and_two_for_vat_that_is_shifted() -> None:
    sale, shifted = SAMPLES["S1"], OTHERS["mixed signs"]
    line = replace(shifted.lines[0], vat_code="7", vat_amount=D(0), reverse_charge_amount=D("2.10"))

    assert exactonline.count_rows(replace(sale, lines=sale.lines[:1])) == 3
    assert exactonline.count_rows(replace(shifted, lines=(line,))) == 4
    assert exactonline.count_rows(SAMPLES["J1"]) == len(SAMPLES["J1"].lines)


def test_vat_has_a_row_per_code_that_has_any_and_lines_without_a_code_none() -> None:
    first, second, *_ = SAMPLES["S1"].lines
    lines = (
        replace(first, vat_code="4", vat_amount=D("31.50")),
        replace(second, vat_code="4", vat_amount=D("2.63")),
        replace(first, vat_code="0", vat_amount=D(0)),
        replace(first, vat_code=None, vat_amount=D("0.21")),
        replace(first, vat_code="7", vat_amount=D(0), reverse_charge_amount=D("2.10")),
    )

    assert vat_rows(replace(SAMPLES["S1"], lines=lines), shifted=2) == 1 + 2
    assert vat_rows(replace(SAMPLES["S1"], lines=lines[3:4]), shifted=2) == 0


@pytest.mark.parametrize(
    ("count", "calls"), [(0, 1), (99, 1), (100, 2), (4999, 2), (5000, 2), (5078, 2), (5079, 3), (9978, 3)]
)
def test_afas_is_asked_until_a_page_brings_nothing_new(count: int, calls: int) -> None:
    assert count_pages(count, 4999) == calls


@pytest.mark.parametrize(
    ("count", "keyed", "numbered"),
    [(0, 1, 1), (99, 1, 1), (100, 2, 3), (1000, 2, 3), (1500, 2, 3), (2000, 3, 5), (2500, 3, 5)],
)
def test_accountview_is_asked_for_a_page_more_and_for_numbered_ones_twice(
    count: int, keyed: int, numbered: int
) -> None:
    assert accountview.count_keyed_pages(count) == keyed
    assert accountview.count_numbered_pages(count) == numbered


def test_accountview_reads_three_listings_a_period_whatever_the_journal() -> None:
    neighbour = Period(fiscal_year=2027, number=1)
    scope = Scope(journals=SCOPE.journals, periods=frozenset({NOVEMBER, neighbour}))

    assert accountview.count_reading(scope, [rows(150, journal="bank")]) == 2 + 3 + 4
    assert accountview.count_rows(SAMPLES["J1"]) == len(SAMPLES["J1"].lines)


def test_twinfield_shows_a_period_in_one_call() -> None:
    assert twinfield.count_reading(SCOPE, [rows(100_000)]) == 1
    assert twinfield.count_rows(SAMPLES["S1"]) == len(SAMPLES["S1"].lines)


def test_rows_of_a_scope_are_of_its_periods_and_journals() -> None:
    found = [rows(3), rows(5, journal="90"), rows(7, period=Period(fiscal_year=2026, number=10))]

    assert rows_in(SCOPE, found) == 3


def booked(lines: int) -> BookedEntry:
    line = BookedLine(
        ledger_account="8000",
        debit=D(1),
        credit=D(0),
        vat_code=None,
        is_vat=False,
        cost_centre=None,
        party=None,
        description="",
    )
    entry = SAMPLES["S1"]
    return BookedEntry(
        id="1",
        entry_number="1",
        journal="70",
        kind=entry.kind,
        references=frozenset(),
        number=None,
        entry_date=entry.entry_date,
        period=NOVEMBER,
        party=None,
        currency="EUR",
        gross=D(1),
        gross_in_books=D(1),
        lines=(line,) * lines,
    )


def sending(ahead: Ahead) -> Iterator[Calls]:
    yield Calls(step="load", what="entries", count=len(list(ahead.entries)), changes_books=True)


def steps(ahead: Ahead) -> list[tuple[str, str, int]]:
    """Count with a package that shows a row a call."""
    counting = reading_steps(rows_in, lambda _entry: 10, sending)
    return [(one.step, one.what, one.count) for count in counting.values() for one in count(ahead)]


def in_november(entry: Entry) -> Entry:
    return replace(entry, journal="70", fiscal_year=2026, period=11)


def test_reconciling_reads_what_stands_and_what_was_sent() -> None:
    ahead = Ahead(
        batches=((in_november(SAMPLES["S1"]),),),
        loaded=SCOPE,
        proved=SCOPE,
        standing=[booked(4)],
        asked=True,
    )

    assert steps(ahead) == [("load", "books", 4), ("load", "entries", 1), ("reconcile", "books", 14)]
    assert steps(replace(ahead, asked=False)) == [
        ("load", "books", 4),
        ("load", "entries", 1),
        ("reconcile", "books", 0),
    ]


def test_night_without_work_and_without_proof_makes_no_call() -> None:
    ahead = Ahead(batches=(), loaded=None, proved=None, standing=(), asked=True)

    assert steps(ahead) == []


def test_relations_are_written_one_by_one_before_anything_is_read() -> None:
    ahead = Ahead(batches=(), loaded=SCOPE, proved=None, standing=(), asked=True, relations=3)

    assert steps(ahead) == [("relations", "writes", 3), ("load", "books", 0), ("load", "entries", 0)]


def test_periods_into_which_entries_are_moved_are_read_besides() -> None:
    december = Scope(journals=SCOPE.journals, periods=frozenset({Period(fiscal_year=2026, number=12)}))
    ahead = Ahead(batches=(), loaded=SCOPE, proved=None, standing=[booked(4)], asked=True, moved=december)

    assert steps(ahead) == [("load", "books", 4), ("load", "later periods", 0), ("load", "entries", 0)]


def test_periods_far_away_are_counted_one_by_one_with_what_stands_there() -> None:
    months = [Period(fiscal_year=2026, number=number) for number in (3, 4, 5)]
    far = tuple(Scope(journals=SCOPE.journals, periods=frozenset({month})) for month in months)
    ahead = Ahead(
        batches=(),
        loaded=SCOPE,
        proved=None,
        standing=[booked(4)],
        asked=True,
        far=far,
        far_rows=(Rows(journal="70", period=Period(fiscal_year=2026, number=4), count=9),),
    )

    assert steps(ahead) == [("load", "books", 4), ("load", "far periods", 9), ("load", "entries", 0)]


def test_files_are_counted_after_loading_and_before_reconciling_where_any_are_attached() -> None:
    def attach(ahead: Ahead) -> Iterator[Calls]:
        yield Calls(step="attach", what="look-ups", count=len(list(chunks_of(ahead.files, 2))))

    filing = Filing(booking=Booking(entry=SAMPLES["S1"], entry_id="", entry_number=""), is_sent=True)
    ahead = Ahead(batches=(), loaded=None, proved=None, standing=(), asked=True, files=(filing,) * 3)
    counting = reading_steps(rows_in, lambda _entry: 10, sending, attach=attach)

    assert list(counting) == ["relations", "load", "attach", "reconcile"]
    assert [one.count for one in counting["attach"](ahead)] == [2]
