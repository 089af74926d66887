"""Which documents a run asks for follows from the run alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.selection import Selection
from finance_hooks.operators.selection import RunFacts, select, wants_plan

NIGHTLY = RunFacts(
    is_backfill=False,
    data_interval_start=datetime(2026, 11, 5, 3, 0, tzinfo=UTC),
    asked={},
    today=date(2026, 11, 6),
    starts_on=date(2026, 1, 1),
    watermark=datetime(2026, 11, 5, 3, 0, tzinfo=UTC),
)


def test_nightly_run_asks_for_changes_with_overlap_and_for_the_open_window() -> None:
    assert select(NIGHTLY) == Selection(
        changed_since=datetime(2026, 11, 4, 3, 0, tzinfo=UTC),
        dated_from=date(2026, 9, 22),
        dated_until=date(2026, 11, 6),
        moves_watermark=True,
    )


def test_first_run_asks_for_everything_since_the_start() -> None:
    first = select(replace(NIGHTLY, watermark=None))

    assert (first.changed_since, first.dated_from) == (None, date(2026, 1, 1))


def test_backfill_asks_for_one_day_in_amsterdam_and_moves_no_watermark() -> None:
    # 04:00 in summer is 02:00 UTC, and the day is the local one of the interval's start.
    facts = replace(NIGHTLY, is_backfill=True, data_interval_start=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))

    assert select(facts) == Selection(
        changed_since=None,
        dated_from=date(2026, 11, 1),
        dated_until=date(2026, 11, 1),
        moves_watermark=False,
    )


def test_run_with_both_dates_asks_for_those_dates_alone() -> None:
    facts = replace(NIGHTLY, asked={"from": "2026-10-01", "to": "2026-10-31"})

    assert select(facts) == Selection(
        changed_since=None,
        dated_from=date(2026, 10, 1),
        dated_until=date(2026, 10, 31),
        moves_watermark=False,
    )


@pytest.mark.parametrize(
    ("asked", "is_backfill", "said"),
    [
        ({"from": "2026-10-01"}, False, "both from and to"),
        ({"from": "2026-10-31", "to": "2026-10-01"}, False, "lies after"),
        ({"from": "31-10-2026", "to": "2026-11-01"}, False, "write a date as"),
        ({"form": "2026-10-01", "to": "2026-10-31"}, False, "form"),
        ({"form": "2026-10-01"}, False, "form"),
        ({"kind": ["sales"]}, False, "kind"),
        ({"from": "2026-10-01", "to": "2026-10-31"}, True, "leave from and to out"),
        ({"kinds": ["sale"]}, False, "write a list of sales, purchase, memorial"),
        ({"kinds": "sales"}, False, "write a list of"),
        ({"kinds": []}, False, "write a list of"),
    ],
)
def test_unclear_wish_fails_instead_of_changing_the_selection(
    asked: dict[str, object], is_backfill: bool, said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said):
        select(replace(NIGHTLY, asked=asked, is_backfill=is_backfill))


@pytest.mark.parametrize("asked", [{}, {"from": "2026-10-01", "to": "2026-10-31"}])
def test_run_for_some_kinds_asks_for_them_alone_and_moves_no_watermark(asked: dict[str, object]) -> None:
    everything = select(replace(NIGHTLY, asked=asked))

    some = select(replace(NIGHTLY, asked=asked | {"kinds": ["memorial", "sales"]}))

    kinds = frozenset({EntryKind.SALES, EntryKind.MEMORIAL})
    assert some == replace(everything, kinds=kinds, moves_watermark=False)


def test_all_kinds_are_an_ordinary_run() -> None:
    facts = replace(NIGHTLY, asked={"from": None, "to": None, "kinds": ["sales", "purchase", "memorial"]})

    assert select(facts) == select(NIGHTLY)


def test_backfill_without_a_data_interval_fails_instead_of_guessing_its_day() -> None:
    with pytest.raises(ConfigurationError, match="no data interval"):
        select(replace(NIGHTLY, is_backfill=True, data_interval_start=None))


def test_plan_asks_for_what_the_run_itself_would_ask_for() -> None:
    facts = replace(NIGHTLY, asked={"plan": True})

    assert select(facts) == select(NIGHTLY)


@pytest.mark.parametrize(("asked", "wanted"), [({}, False), ({"plan": False}, False), ({"plan": True}, True)])
def test_run_plans_only_when_told_to(asked: dict[str, object], *, wanted: bool) -> None:
    assert wants_plan(asked) is wanted


@pytest.mark.parametrize("wish", ["true", 1, None])
def test_wish_to_plan_that_is_neither_true_nor_false_is_refused(wish: object) -> None:
    with pytest.raises(ConfigurationError, match="plan is"):
        select(replace(NIGHTLY, asked={"plan": wish}))
