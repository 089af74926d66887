"""Page Nachten: what every run did and when, by what the store and Airflow know of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from finance_hooks.store.nights import Mark
from finance_hooks.store.overview import LastRun
from finance_hooks.web.formats import AMSTERDAM
from finance_hooks.web.links import Advice, Health

DAYS = 14
RUNNING = frozenset({"running", "queued"})


class Outcome(StrEnum):
    """What became of a run."""

    SUCCEEDED = "succeeded"
    PLANNED = "planned"
    RUNNING = "running"
    ATTENTION = "attention"
    BROKEN_OFF = "broken_off"

    @property
    def health(self) -> Health:
        """How bad it is."""
        return OUTCOMES[self][0]

    @property
    def glyph(self) -> str:
        """What stands beside its colour."""
        return OUTCOMES[self][1]

    @property
    def text(self) -> str:
        """The key of what it is called."""
        return OUTCOMES[self][2]


OUTCOMES: Mapping[Outcome, tuple[Health, str, str]] = MappingProxyType(
    {
        Outcome.SUCCEEDED: (Health.OK, "✓", "nights.succeeded"),
        Outcome.PLANNED: (Health.OK, "○", "nights.planned"),
        Outcome.RUNNING: (Health.WARNING, "…", "nights.running"),
        Outcome.ATTENTION: (Health.WARNING, "!", "nights.attention"),
        Outcome.BROKEN_OFF: (Health.WRONG, "✗", "nights.broken_off"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AirflowRun:
    """One run as Airflow knows it; `started_at` is when it was due while it waits for its start."""

    sync_id: str
    run_id: str
    state: str
    is_plan: bool
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One run, by what Airflow and the store know of it; its figures are `None` before it has a report."""

    sync_id: str
    run_id: str
    outcome: Outcome
    is_in_airflow: bool
    started_at: datetime
    ended_at: datetime | None
    report: Mapping[str, Any]

    @property
    def lasted(self) -> timedelta | None:
        """How long it took."""
        return None if self.ended_at is None else self.ended_at - self.started_at

    @property
    def difference(self) -> Decimal | None:
        """What the source has more than the books."""
        return Decimal(self.report["difference"]) if "difference" in self.report else None

    @property
    def per_hour(self) -> int | None:
        """How many documents it booked in an hour, `None` where it booked none."""
        booked, lasted = self.report.get("booked"), self.lasted
        return int(booked * timedelta(hours=1) / lasted) if booked and lasted else None


def make_night(stored: LastRun | Mark | None, airflow: AirflowRun | None, *, sync_id: str) -> Night:
    """Put together what the store and Airflow know of one run; one of them does."""
    known = airflow or stored
    assert known is not None  # noqa: S101 - said by the docstring
    concluded_at = stored.concluded_at if stored else None
    return Night(
        sync_id=sync_id,
        run_id=known.run_id,
        outcome=_outcome(airflow, stored, is_concluded=concluded_at is not None),
        is_in_airflow=airflow is not None,
        started_at=known.started_at,
        ended_at=airflow.ended_at if airflow else concluded_at,
        report=stored.report if isinstance(stored, LastRun) else {},
    )


def merge(
    stored: Iterable[LastRun | Mark],
    airflow: Iterable[AirflowRun],
    *,
    sync_id: str,
    before: datetime | None = None,
) -> list[Night]:
    """Put the runs of one administration together, newest first; those not before an instant are left out."""
    in_store = {one.run_id: one for one in stored}
    in_airflow = {one.run_id: one for one in airflow}
    nights = [
        make_night(in_store.get(run_id), in_airflow.get(run_id), sync_id=sync_id)
        for run_id in {**in_airflow, **in_store}
    ]
    wanted = [night for night in nights if before is None or night.started_at < before]
    return sorted(wanted, key=lambda night: (night.started_at, night.run_id), reverse=True)


def last_days(now: datetime) -> tuple[date, ...]:
    """Return the business days of the overview, the newest last."""
    today = now.astimezone(AMSTERDAM).date()
    return tuple(today - timedelta(days=ago) for ago in reversed(range(DAYS)))


def by_day(nights: Sequence[Night], days: Sequence[date]) -> tuple[tuple[Night, ...], ...]:
    """Divide runs over the days on which they began; within a day the newest first."""
    began = {
        day: [one for one in nights if one.started_at.astimezone(AMSTERDAM).date() == day] for day in days
    }
    return tuple(tuple(sorted(began[day], key=lambda night: night.started_at, reverse=True)) for day in days)


def advice_of(night: Night) -> tuple[Advice, ...]:
    """Say what asks for somebody in the report of a run."""
    report, found = night.report, []
    if night.difference:
        path = f"/reconciliation/{night.sync_id}"
        values = {"amount": night.difference}
        found.append(Advice(key="links.difference", health=Health.WRONG, values=values, path=path))
    for name, key in (("unknown", "links.unclear"), ("parked", "links.parked")):
        if count := report.get(name):
            found.append(Advice(key=key, health=Health.WARNING, values={"count": count}))
    return tuple(found)


def _outcome(airflow: AirflowRun | None, stored: LastRun | Mark | None, *, is_concluded: bool) -> Outcome:
    if airflow is None:
        is_red = isinstance(stored, LastRun) and bool(stored.report.get("red"))
        finished = Outcome.ATTENTION if is_red else Outcome.SUCCEEDED
        return finished if is_concluded else Outcome.BROKEN_OFF
    if airflow.state in RUNNING:
        return Outcome.RUNNING
    if airflow.state == "success":
        return Outcome.PLANNED if airflow.is_plan else Outcome.SUCCEEDED
    return Outcome.ATTENTION if is_concluded else Outcome.BROKEN_OFF
