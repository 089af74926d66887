"""What a journal and period is said to be: equal, different, or not compared, which is no 0.00."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.store.comparisons import Compared
from finance_hooks.store.last_bookings import LastBooking
from finance_hooks.web.links import Health
from finance_hooks.web.reconciliation import (
    Line,
    Sum,
    Verdict,
    by_period,
    make_lines,
    read_period,
    window,
    write_period,
)
from finance_hooks.web.reconciliation_sheet import sheet_rows
from finance_hooks.web.sheet import write_sheet

AT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
NOVEMBER = Period(fiscal_year=2026, number=11)
COMPARED = Compared(
    sync_id="exact_nl",
    journal="70",
    period=NOVEMBER,
    run_id="night",
    compared_at=AT,
    documents=3,
    source_gross=Decimal("1210.00"),
    store_gross=Decimal("1210.00"),
    books_gross=Decimal("1210.00"),
    debit=Decimal("1500.00"),
    credit=Decimal("1500.00"),
    not_ours=2,
    forgotten=0,
    agrees=True,
)


def compared(**changed: Any) -> Compared:
    return replace(COMPARED, **changed)


def line(one: Compared | None = COMPARED, booked_at: datetime | None = None) -> Line:
    return Line(journal="70", period=NOVEMBER, compared=one, booked_at=booked_at)


def booking(sync_id: str, journal: str, number: int) -> LastBooking:
    period = Period(fiscal_year=2026, number=number)
    return LastBooking(sync_id=sync_id, journal=journal, period=period, booked_at=AT)


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        (line(booked_at=AT), Verdict.EQUAL),
        (line(booked_at=AT + timedelta(seconds=1)), Verdict.BOOKED_SINCE),
        (line(None, AT), Verdict.NOT_COMPARED),
        (line(compared(forgotten=1)), Verdict.FORGOTTEN),
        (line(compared(agrees=False)), Verdict.PARTS_DIFFER),
        (line(compared(agrees=False, books_gross=Decimal("1209.99"))), Verdict.DIFFERS),
    ],
)
def test_verdict_is_the_worst_that_can_be_said(shown: Line, verdict: Verdict) -> None:
    assert shown.verdict is verdict


def test_what_was_not_compared_has_no_difference_and_not_one_of_nothing() -> None:
    assert line(None, AT).difference is None
    assert Sum(lines=(line(None, AT),)).difference is None
    assert Sum(lines=(line(None, AT),)).source is None
    assert Sum(lines=()).verdict is Verdict.NOT_COMPARED
    assert (line().difference, line().name) == (Decimal("0.00"), "2026-11")


def test_differences_that_cancel_each_other_out_are_still_differences() -> None:
    more, less = (
        compared(books_gross=Decimal("1210.00") + cent) for cent in (Decimal("0.01"), Decimal("-0.01"))
    )

    whole = Sum(lines=(line(more), line(less), line(), line(None, AT)))

    assert (whole.difference, whole.verdict) == (Decimal("0.00"), Verdict.DIFFERS)
    assert whole.counts == {Verdict.DIFFERS: 2, Verdict.NOT_COMPARED: 1, Verdict.EQUAL: 1}
    assert next(iter(whole.counts)) is Verdict.DIFFERS
    assert (whole.source, whole.books) == (Decimal("3630.00"), Decimal("3630.00"))


def test_sum_says_when_it_was_last_compared() -> None:
    older = compared(compared_at=AT - timedelta(days=1))

    assert Sum(lines=(line(older), line(), line(None, AT))).compared_at == AT
    assert Sum(lines=()).compared_at is None


def test_comparisons_and_bookings_meet_per_administration_with_the_newest_period_first() -> None:
    lines = make_lines(
        [compared(), compared(sync_id="afas_nl", journal="20")],
        [booking("exact_nl", "70", 11), booking("exact_nl", "60", 12), booking("exact_nl", "60", 11)],
    )

    assert [(one.period.number, one.journal, one.verdict) for one in lines["exact_nl"]] == [
        (12, "60", Verdict.NOT_COMPARED),
        (11, "60", Verdict.NOT_COMPARED),
        (11, "70", Verdict.EQUAL),
    ]
    assert [one.verdict for one in lines["afas_nl"]] == [Verdict.EQUAL]
    assert [(one.period.number, len(one.lines)) for one in by_period(lines["exact_nl"])] == [(12, 1), (11, 2)]


def test_pages_of_periods_leave_none_out() -> None:
    places = [booking("exact_nl", "70", number) for number in range(1, 31)]
    periods = by_period(make_lines([], places)["exact_nl"])

    newest = window(periods, None)
    older = window(periods, read_period(newest.earlier or ""))
    oldest = window(periods, read_period(older.earlier or ""))

    shown = [one.period.number for page in (newest, older, oldest) for one in page.periods]
    assert shown == list(range(30, 0, -1))
    assert (newest.later, oldest.earlier) == (None, None)
    assert (older.later, oldest.later) == (newest.periods[0].name, older.periods[0].name)


@pytest.mark.parametrize("text", ["", "2026", "2026-", "-11", "2026-x", "2026-11-29", "20261-11111", "²-1"])
def test_what_is_no_period_is_not_taken_for_one(text: str) -> None:
    assert read_period(text) is None


def test_period_is_read_as_it_is_written() -> None:
    assert write_period(Period(fiscal_year=2026, number=1)) == "2026-01"
    assert read_period("2026-01") == Period(fiscal_year=2026, number=1)


def test_every_verdict_has_a_word_a_mark_and_a_colour() -> None:
    for verdict in Verdict:
        assert verdict.text
        assert verdict.glyph
    assert [verdict for verdict in Verdict if verdict.health is Health.OK] == [Verdict.EQUAL]


def test_sheet_opens_in_a_dutch_spreadsheet_and_shows_what_was_not_compared_as_nothing() -> None:
    written = write_sheet(sheet_rows("exact_nl", [line(booked_at=AT), line(None, AT)], "nl"))

    head, first, second, end = written.decode("utf-8-sig").split("\r\n")
    assert written.startswith(b"\xef\xbb\xbf")
    assert head.startswith("Koppeling;Boekjaar;Periode;Dagboek;Oordeel;Documenten;Bron;")
    assert first == (
        "exact_nl;2026;11;70;Gelijk;3;1210,00;1210,00;1210,00;0,00;1500,00;1500,00;2;0;29-11-2026 04:00"
    )
    assert second == "exact_nl;2026;11;70;Niet vergeleken"
    assert end == ""


@pytest.mark.parametrize("journal", ["=1+1", "+1", "-x", "@x", "|x", "=cmd|' /C calc'!A0"])
def test_no_text_of_others_becomes_a_formula(journal: str) -> None:
    (cell,) = write_sheet([(journal,)]).decode("utf-8-sig").splitlines()

    assert cell.strip('"').startswith("'")


def test_amounts_below_nothing_stay_numbers() -> None:
    assert write_sheet([(Decimal("-1234567.10"), 3, None)]).decode("utf-8-sig") == "-1234567,10;3;\r\n"
