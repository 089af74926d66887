"""What a night asks for finds every document, however late or old it comes, and each is booked once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.store.watermarks import read_watermark
from tests.integration.chain.nights import Nights

FIRST, SECOND, THIRD = date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 5)
LONG_AGO = date(2026, 3, 2)
"""Outside the open window, so that only the watermark finds it."""


def test_night_books_what_is_new_and_the_next_night_nothing(nights: Nights) -> None:
    nights.issue(date(2026, 11, 2))

    first, second = nights.night(FIRST), nights.night(SECOND)

    assert (first.booked, second.booked, second.already_booked) == (1, 0, 1)
    assert (first.red, second.red) == ((), ())
    assert nights.chain.exact.posting_calls() == 1


def test_billing_run_that_becomes_visible_twenty_hours_late_is_booked_the_night_after(
    nights: Nights,
) -> None:
    nights.night(FIRST)
    began = nights.chain.now()
    nights.issue(LONG_AGO)
    late = nights.issue(LONG_AGO, VisibleAt=began + timedelta(hours=20), ChangedDate=began)
    nights.at(began + timedelta(hours=19))
    nights.issue(LONG_AGO)
    missed = nights.triggered("manual", {})

    found = nights.night(SECOND)

    assert (missed.booked, found.booked) == (2, 1)
    assert nights.states()[late] == "booked"


def test_change_that_shows_later_than_the_overlap_is_found_by_the_open_window(nights: Nights) -> None:
    nights.issue(date(2026, 11, 2))
    nights.night(FIRST)
    began = nights.chain.now()
    late = nights.issue(
        date(2026, 11, 2), ChangedDate=began - timedelta(days=5), VisibleAt=began + timedelta(hours=1)
    )

    nights.night(SECOND)

    assert nights.states()[late] == "booked"


def test_document_finalised_late_with_an_old_date_is_booked_when_it_is_final(nights: Nights) -> None:
    concept = nights.issue(LONG_AGO, Status="Concept", ExportStatus="NotReady")
    nights.night(FIRST)
    before = nights.states()
    nights.change(concept, Status="Final", ExportStatus="Ready")

    report = nights.night(SECOND)

    assert before == {}
    assert (report.booked, report.red) == (1, ())
    assert report.difference == 0
    assert nights.states() == {concept: "booked"}


def test_document_before_the_start_is_counted_and_never_booked(nights: Nights) -> None:
    nights.issue(date(2026, 11, 2))
    nights.night(FIRST)
    nights.issue(date(2023, 12, 31))
    first_day = nights.issue(date(2024, 1, 1))

    report = nights.night(SECOND)

    assert (report.before_start, report.documents, report.booked) == (1, 2, 1)
    assert nights.states()[first_day] == "booked"
    assert len(nights.states()) == 2


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"Status": "Cancelled"}, "cancelled"), (None, "deleted")],
    ids=["cancelled", "deleted"],
)
def test_document_taken_back_after_booking_is_a_finding_and_stays_booked(
    nights: Nights, fields: dict[str, object] | None, why: str
) -> None:
    number = nights.issue(date(2026, 11, 2))
    nights.night(FIRST)
    if fields is None:
        nights.delete(number)
    else:
        nights.change(number, **fields)

    reports = [nights.night(SECOND), nights.night(THIRD)]

    assert nights.states() == {number: "booked"}, why
    assert nights.findings() == [("withdrawn", number)]
    assert [(report.booked, report.already_booked, report.red) for report in reports] == [(0, 1, ())] * 2
    assert nights.chain.exact.posting_calls() == 1


def test_document_that_vanished_and_shows_again_is_booked(nights: Nights) -> None:
    number = nights.issue(date(2026, 11, 2), Status="Draft", ExportStatus="Ready")
    nights.night(FIRST)
    row = nights.row(number)
    nights.delete(number)
    gone = nights.night(SECOND)
    nights.put(row | {"Status": "Final", "ChangedDate": nights.chain.now()})

    back = nights.night(THIRD)

    assert (gone.documents, gone.withdrawn) == (0, 1)
    assert (back.booked, back.withdrawn) == (1, 0)


def test_document_outside_the_window_has_not_vanished_for_not_being_shown(nights: Nights) -> None:
    old = nights.issue(LONG_AGO)
    nights.night(FIRST)
    nights.delete(old)

    report = nights.night(SECOND)

    assert nights.findings() == []
    assert report.red == ()


def test_watermark_never_passes_the_present_for_a_row_dated_ahead(nights: Nights) -> None:
    nights.issue(date(2026, 11, 2), ChangedDate=datetime(2027, 6, 1, tzinfo=UTC))
    nights.night(FIRST)
    late = nights.issue(LONG_AGO)

    nights.night(SECOND)

    with nights.chain.engine.begin() as connection:
        watermark = read_watermark(connection, nights.chain.sync_id)
    assert nights.states()[late] == "booked"
    assert watermark is not None
    assert watermark <= nights.chain.now()


def test_run_with_dates_books_that_month_alone_and_leaves_the_watermark(nights: Nights) -> None:
    nights.night(FIRST)
    february = [nights.issue(date(2026, 2, day)) for day in (1, 28)]
    beside = [nights.issue(date(2026, 1, 31)), nights.issue(date(2026, 3, 1))]

    report = nights.triggered("february", {"from": "2026-02-01", "to": "2026-02-28"})
    again = nights.triggered("february again", {"from": "2026-02-01", "to": "2026-02-28"})
    nightly = nights.night(SECOND)

    assert (report.booked, again.booked, nightly.booked) == (2, 0, 2)
    assert set(nights.states()) == {*february, *beside}
    assert nights.chain.exact.posting_calls() == 4


def test_run_for_one_kind_leaves_the_others_to_the_night(nights: Nights) -> None:
    nights.chain.generate(20)
    purchases = sum(entry["journal"] == "INK" for entry in nights.chain.expected())

    asked = nights.triggered("purchases", {"kinds": ["purchase"]})
    nightly = nights.night(FIRST)

    assert purchases > 0
    assert (asked.booked, asked.documents) == (purchases, purchases)
    assert (nightly.booked, nightly.already_booked) == (20 - purchases, purchases)


def test_backfill_over_days_that_had_nights_books_only_what_they_did_not(nights: Nights) -> None:
    nights.issue(FIRST)
    nights.night(SECOND)
    forgotten = nights.issue(FIRST, ChangedDate=datetime(2026, 9, 1, tzinfo=UTC))

    first, again = nights.backfill(FIRST), nights.backfill(FIRST, attempt=2)

    assert (first.booked, again.booked) == (1, 0)
    assert nights.states()[forgotten] == "booked"
    assert nights.chain.exact.posting_calls() == 2


def test_backfill_of_another_month_leaves_what_is_missing_in_the_books_named(nights: Nights) -> None:
    missing, old = nights.issue(date(2026, 11, 2)), nights.issue(LONG_AGO)
    nights.night(FIRST)
    nights.lose_booking(missing)
    red = nights.night(SECOND)

    backfill = nights.backfill(LONG_AGO)
    still_red = nights.night(THIRD)

    assert red.red == still_red.red
    assert "1 bookings are not as they were sent" in red.red
    assert (backfill.red, backfill.already_booked) == ((), 1)
    assert nights.findings() == [("missing_in_books", missing)]
    assert nights.states() == {missing: "booked", old: "booked"}


def test_typo_in_the_conf_reads_and_books_nothing(nights: Nights) -> None:
    nights.issue(FIRST)

    with pytest.raises(ConfigurationError, match="form"):
        nights.triggered("typo", {"form": "2026-11-01", "to": "2026-11-30"})

    assert nights.states() == {}
