"""A span chooses the journals and periods that are proved on demand."""

from datetime import date

import pytest

from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.posting.span import open_window, read_span, scope_of
from tests.integration.posting.night import SOURCE_ID, Night


@pytest.mark.parametrize(
    ("starts", "ends", "periods"),
    [
        ("2026-10", None, {10}),
        ("2026-06", "2026-10", {6, 10}),
        ("2026-06-30", None, {6}),
        ("2026/6", None, {6}),
        ("2026/7", "2027/1", {10}),
        (None, None, {6, 10}),
    ],
)
def test_span_chooses_the_periods_that_hold_something_of_ours(
    night: Night, starts: str | None, ends: str | None, periods: set[int]
) -> None:
    night.offer("1", entry_date=date(2026, 6, 30), period=6)
    night.offer("2")
    night.load()

    scope = scope_of(night.work("by hand"), SOURCE_ID, read_span(starts, ends))

    assert {period.number for _, period in scope} == periods


@pytest.mark.parametrize(("starts", "periods"), [("2026-06", {6}), ("2026/6", {6}), (None, {6, 10})])
def test_span_chooses_where_what_is_parked_would_stand(
    night: Night, starts: str | None, periods: set[int]
) -> None:
    reason = Reason(code=ReasonCode.NOT_FINAL, document="1")
    night.offer("1", reasons=(reason,), entry_date=date(2026, 6, 30), period=6)
    night.offer("2", reasons=(reason,))

    scope = scope_of(night.work("by hand"), SOURCE_ID, read_span(starts, None))

    assert {period.number for _, period in scope} == periods


def test_open_window_is_that_of_the_nights() -> None:
    window = open_window(date(2026, 11, 6))

    assert (window.dated_from, window.dated_until) == (date(2026, 9, 22), date(2026, 11, 6))
