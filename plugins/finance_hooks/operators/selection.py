"""Decide from a DAG run which documents it asks the source for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from finance_hooks.model.document import EntryKind
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.selection import Selection
from finance_hooks.posting.reconcile import OPEN_WINDOW_DAYS
from finance_hooks.posting.work import BUSINESS_ZONE

OVERLAP = timedelta(hours=24)
"""How far before the watermark a nightly run asks again: a change may become visible late."""

RANGE = ("from", "to")
PARAMS = frozenset({*RANGE, "kinds", "plan"})
"""What a run's conf may hold. Airflow adds every name of the conf to the params a task sees."""

KINDS = tuple(kind.value for kind in EntryKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What a selection depends on; `asked` is the run's conf."""

    is_backfill: bool
    data_interval_start: datetime | None
    asked: Mapping[str, object]
    today: date
    starts_on: date
    watermark: datetime | None


def select(facts: RunFacts) -> Selection:
    """Make the selection of a run; ConfigurationError when what was asked is not clear.

    A typo must not change what is selected, so every name in the conf must be a param of the DAG.
    """
    unknown = sorted(set(facts.asked) - PARAMS)
    if unknown:
        raise ConfigurationError(
            f"The run's conf has {', '.join(unknown)}; known are {', '.join(sorted(PARAMS))}."
        )
    wants_plan(facts.asked)
    selection = _by_date(facts)
    kinds = _kinds(facts.asked.get("kinds"))
    return selection if kinds is None else replace(selection, kinds=kinds, moves_watermark=False)


def wants_plan(asked: Mapping[str, object]) -> bool:
    """Say whether a run only plans; ConfigurationError for anything but true and false."""
    wanted = asked.get("plan", False)
    if not isinstance(wanted, bool):
        raise ConfigurationError(f"plan is {wanted!r}; write true or false.")
    return wanted


def _by_date(facts: RunFacts) -> Selection:
    dates = [facts.asked.get(name) for name in RANGE]
    if facts.is_backfill:
        return _backfill(facts, dates)
    if dates == [None, None]:
        return _nightly(facts)
    if None in dates:
        raise ConfigurationError("Give both from and to, or neither.")
    dated_from, dated_until = (_date(name, value) for name, value in zip(RANGE, dates, strict=True))
    if dated_from > dated_until:
        raise ConfigurationError(f"from ({dated_from}) lies after to ({dated_until}).")
    return _dated(dated_from, dated_until)


def _backfill(facts: RunFacts, dates: list[object]) -> Selection:
    if dates != [None, None]:
        raise ConfigurationError(
            "A backfill takes its dates from its own range; leave from and to out of its conf."
        )
    if facts.data_interval_start is None:
        raise ConfigurationError("This backfill run has no data interval; create it with a date range.")
    day = facts.data_interval_start.astimezone(BUSINESS_ZONE).date()
    return _dated(day, day)


def _nightly(facts: RunFacts) -> Selection:
    window_start = facts.today - timedelta(days=OPEN_WINDOW_DAYS)
    if facts.watermark is None:
        return Selection(
            changed_since=None,
            dated_from=min(window_start, facts.starts_on),
            dated_until=facts.today,
            moves_watermark=True,
        )
    return Selection(
        changed_since=facts.watermark - OVERLAP,
        dated_from=window_start,
        dated_until=facts.today,
        moves_watermark=True,
    )


def _dated(dated_from: date, dated_until: date) -> Selection:
    return Selection(
        changed_since=None, dated_from=dated_from, dated_until=dated_until, moves_watermark=False
    )


def _kinds(wanted: object) -> frozenset[EntryKind] | None:
    """Read the kinds asked for; all of them are the same as none named."""
    if wanted is None:
        return None
    if not isinstance(wanted, list) or not wanted or not set(map(str, wanted)) <= set(KINDS):
        raise ConfigurationError(f"kinds is {wanted!r}; write a list of {', '.join(KINDS)}.")
    kinds = frozenset(EntryKind(str(kind)) for kind in wanted)
    return None if kinds == frozenset(EntryKind) else kinds


def _date(name: str, value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ConfigurationError(f"{name} is {value!r}; write a date as 2026-10-31.") from None
