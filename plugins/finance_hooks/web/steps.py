"""The steps of runs on a line of time: what each is called, when it was, and how it ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from finance_hooks.web.charts import Span, TimeAxis
from finance_hooks.web.formats import AMSTERDAM
from finance_hooks.web.nights import Night

ONE_NIGHT = timedelta(hours=12)
"""Runs that begin no longer before the newest one belong to the same night."""

STEP_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "extract": "nights.step_extract",
        "preflight": "nights.step_preflight",
        "transform": "nights.step_transform",
        "relations": "nights.step_relations",
        "load": "nights.step_load",
        "attach": "nights.step_attach",
        "reconcile": "nights.step_reconcile",
        "write_back": "nights.step_write_back",
        "conclude": "nights.step_conclude",
    }
)
"""The steps of a run in their order, and the keys of what they are called."""

STATE_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "success": "runs.step_success",
        "failed": "runs.step_failed",
        "upstream_failed": "runs.step_upstream_failed",
        "skipped": "runs.step_skipped",
        "running": "runs.step_running",
        "reported": "runs.step_reported",
    }
)

WAITING_TEXT = "runs.step_waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One task of a run: its state, and when its last attempt began and ended."""

    sync_id: str
    run_id: str
    task_id: str
    state: str | None
    attempts: int
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def text(self) -> str:
        """The key of what its state is called."""
        return STATE_TEXTS.get(self.state or "", WAITING_TEXT)

    @property
    def lasted(self) -> timedelta | None:
        """How long it took, `None` while it goes on or where it did nothing."""
        return None if self.started_at is None or self.ended_at is None else self.ended_at - self.started_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One step of a run on the line of time."""

    step: Step
    number: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The runs of one night beside each other in time."""

    axis: TimeAxis
    ticks: tuple[tuple[datetime, Decimal], ...]
    rows: tuple[tuple[Night, Span, tuple[Piece, ...]], ...]


def make_timeline(
    nights: Sequence[Night], steps: Iterable[Step], now: datetime, axis: tuple[int, int]
) -> Timeline:
    """Put the newest night's runs on one line of time, from `axis` to `axis`; what goes on ends now."""
    newest = max((night.started_at for night in nights), default=now)
    shown = [night for night in nights if newest - night.started_at <= ONE_NIGHT]
    begin = min((night.started_at for night in shown), default=now)
    end = max((night.ended_at or now for night in shown), default=now)
    left, right = axis
    line = TimeAxis(begin=begin, end=end, left=left, right=right)
    of_run: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        of_run.setdefault((step.sync_id, step.run_id), []).append(step)
    return Timeline(
        axis=line,
        ticks=line.ticks(AMSTERDAM),
        rows=tuple(
            (
                night,
                line.span(night.started_at, night.ended_at or now),
                pieces(of_run.get((night.sync_id, night.run_id), ()), line, now),
            )
            for night in shown
        ),
    )


def pieces(steps: Sequence[Step], line: TimeAxis, now: datetime) -> tuple[Piece, ...]:
    """Put the steps of a run that began on a line of time, in their order."""
    return tuple(
        Piece(step=step, number=number, span=line.span(step.started_at, step.ended_at or now))
        for number, step in enumerate(in_order(steps), start=1)
        if step.started_at is not None
    )


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Sort the steps of a run as they follow each other; one that is not known comes last."""
    order = list(STEP_TEXTS)
    return sorted(steps, key=lambda step: order.index(step.task_id) if step.task_id in order else len(order))


def told_as_people_see(steps: Iterable[Step], night: Night) -> list[Step]:
    """Put the steps of a run in order; one that made a report did not fail, it asks for somebody."""
    return [
        replace(step, state="reported")
        if (step.task_id, step.state) == ("conclude", "failed") and night.report
        else step
        for step in in_order(steps)
    ]
