"""A document whose period is closed is parked, or booked in the next open one and said so: never silently."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from finance_hooks.model.administration import ClosedPeriodPolicy, CorrectionPolicy
from finance_hooks.model.money import ZERO
from tests.integration.chain.chain import Chain
from tests.integration.chain.source_changes import SourceChanges, entries

PACKAGES = ("exact_nl", "twinfield_nl", "afas_nl", "accountview_nl")
SALES, PURCHASES, MEMORIALS = "salesinvoices", "purchaseinvoices", "memorials"


@pytest.fixture
def source(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SourceChanges]:
    sync_id, policy = request.param
    chain = Chain(store_url, sync_id, monkeypatch, closed_period_policy=policy)
    yield SourceChanges(chain)
    chain.close()


def under(policy: ClosedPeriodPolicy, *packages: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("source", [(name, policy) for name in packages], indirect=True)


def months_back(chain: Chain, count: int) -> date:
    """Return the last day of a month before this one."""
    day = chain.today.replace(day=1) - timedelta(days=1)
    for _ in range(count - 1):
        day = day.replace(day=1) - timedelta(days=1)
    return day


def close(chain: Chain, *days: date) -> None:
    """Close the months of these days in the package."""
    chain.bench.switch(closed_periods=" ".join(f"{day.year}/{day.month}" for day in days))


@under(ClosedPeriodPolicy.NEXT_OPEN, *PACKAGES)
def test_what_belongs_in_a_closed_month_is_booked_in_the_next_one_with_its_own_date_said(
    source: SourceChanges,
) -> None:
    chain = source.chain
    closed, opened = months_back(chain, 1), chain.today.replace(day=1)
    close(chain, closed)
    late = {number: kind for kind in (SALES, PURCHASES, MEMORIALS) for number in [source.issue(kind, closed)]}
    second = source.issue(SALES, closed)
    in_time = source.issue(SALES)

    report = chain.night("first")

    assert (report.documents, report.booked, report.red) == (5, 5, ())
    assert report.difference == 0
    moved = {one["document"]: (one["from"], one["to"]) for one in report.moved}
    assert moved == dict.fromkeys([*late, second], (closed.isoformat(), opened.isoformat()))
    booked = {str(entry["number"]): entry for entry in chain.bench.books()}
    for number in (*late, second):
        entry = booked[entries(chain, number)["book", 1][1]]
        assert entry["date"][:10] == opened.isoformat()
        assert closed.isoformat() in said(chain, number)
    assert closed.isoformat() not in said(chain, in_time)

    sent = chain.bench.posting_calls()
    again = chain.night("second")
    assert (again.booked, again.red, len(again.moved)) == (0, (), 4)
    assert chain.bench.posting_calls() == sent


def said(chain: Chain, number: str) -> str:
    """Return the texts under which a document stands in the books, as they are read back."""
    (journal, entry_number) = entries(chain, number)["book", 1]
    texts: list[str] = []
    for entry in chain.bench.books():
        if (entry["journal"], str(entry["number"])) == (journal, entry_number):
            texts += [line["text"] or "" for line in entry["lines"]] + [str(entry.get("description") or "")]
    return " ".join(texts)


@under(ClosedPeriodPolicy.PARK, *PACKAGES)
def test_what_belongs_in_a_closed_month_is_parked_and_no_news_the_next_night(source: SourceChanges) -> None:
    chain = source.chain
    closed = months_back(chain, 1)
    close(chain, closed)
    numbers = [source.issue(SALES, closed) for _ in range(3)]
    source.issue(SALES)

    first = chain.night("first")

    assert (first.booked, first.parked) == (1, 3)
    assert chain.reason_codes() == {"period_closed": 3}
    assert len(chain.bench.books()) == 1
    # Only a package that does not tell is asked, once for the whole period.
    assert chain.bench.posting_calls() <= 2

    chain.clock.sleep(86_400)
    second = chain.night("second")
    assert (second.parked, second.red, second.moved) == (3, (), ())

    close(chain)
    chain.clock.sleep(86_400)
    third = chain.night("third")
    assert (third.booked, third.parked, third.red) == (3, 0, ())
    assert all(entries(chain, number) for number in numbers)


@under(ClosedPeriodPolicy.NEXT_OPEN, "exact_nl")
def test_next_open_is_tried_twice_where_the_package_does_not_tell_and_the_rest_is_not_sent(
    source: SourceChanges,
) -> None:
    chain = source.chain
    own = months_back(chain, 1)
    numbers = [source.issue(SALES, own) for _ in range(4)]
    chain.bench.switch(closed_periods=" ".join(f"{day.year}/{day.month}" for day in closed_for_long(chain)))

    first = chain.night("first")

    assert (first.parked, first.booked) == (4, 0)
    assert chain.bench.posting_calls() == 3
    assert chain.reason_codes() == {"period_closed": 4}
    for reason in first.reasons:
        assert "no later period could be booked in" in reason["sentences"][0]
        assert f"{own.year}-{own.month:02d}" in reason["sentences"][0]
    assert first.moved == ()

    chain.clock.sleep(86_400)
    second = chain.night("second")
    assert (second.parked, second.red) == (4, ())
    assert [entries(chain, number) for number in numbers] == [{}] * 4


def closed_for_long(chain: Chain) -> list[date]:
    """Return a day of the last month, of this one and of the next two."""
    days = [months_back(chain, 1)]
    for _ in range(3):
        days.append((days[-1].replace(day=28) + timedelta(days=7)).replace(day=15))
    return days


@under(ClosedPeriodPolicy.NEXT_OPEN, "exact_nl", "twinfield_nl")
def test_moved_booking_is_found_again_by_a_store_that_has_forgotten_it(source: SourceChanges) -> None:
    chain = source.chain
    closed = months_back(chain, 1)
    close(chain, closed)
    number = source.issue(SALES, closed)
    chain.night("first")
    chain.forget_documents()

    report = chain.night("restored")

    assert (report.documents, report.already_booked, report.red) == (1, 1, ())
    assert len(chain.bench.books()) == 1
    assert entries(chain, number)


@under(ClosedPeriodPolicy.NEXT_OPEN, "twinfield_nl")
def test_booking_on_its_own_day_is_found_again_though_the_period_was_closed_since(
    source: SourceChanges,
) -> None:
    chain = source.chain
    closed = months_back(chain, 1)
    number = source.issue(SALES, closed)
    chain.night("first")
    chain.forget_documents()
    close(chain, closed)

    report = chain.night("restored")

    assert (report.documents, report.already_booked) == (1, 1)
    assert len(chain.bench.books()) == 1
    assert entries(chain, number)


@under(ClosedPeriodPolicy.NEXT_OPEN, "accountview_nl")
def test_reversal_of_a_booking_in_a_closed_month_goes_into_the_next_open_one(source: SourceChanges) -> None:
    chain = source.chain
    chain.administration = replace(chain.administration, correction_policy=CorrectionPolicy.REVERSE)
    closed = months_back(chain, 1)
    close(chain)
    number = source.issue(SALES, closed)
    assert chain.night("first").moved == ()
    close(chain, closed)
    source.rewrite(SALES, number)

    report = chain.night("second")

    assert (report.documents, report.booked, report.difference, report.red) == (1, 1, ZERO, ())
    opened = chain.today.replace(day=1).isoformat()
    assert [(one["document"], one["to"]) for one in report.moved] == [(number, opened)] * 2
