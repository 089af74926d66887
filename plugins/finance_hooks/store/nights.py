"""Read the runs of administrations: what each did, without the lists that its report holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.overview import LastRun
from finance_hooks.store.runs import run

LISTS = ("journals", "reasons", "findings", "warnings", "moved", "corrections")
"""What a report names one by one; its counts and sums stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That a run was, and whether it came to its report."""

    sync_id: str
    run_id: str
    started_at: datetime
    concluded_at: datetime | None


def marks_since(connection: sa.Connection, sync_ids: Collection[str], since: datetime) -> list[Mark]:
    """Read which runs administrations began after an instant."""
    columns = (run.c.sync_id, run.c.run_id, run.c.started_at, run.c.concluded_at)
    chosen = sa.select(*columns).where(
        run.c.sync_id == sa.any_(pg.array(sorted(sync_ids), type_=sa.Text)), run.c.started_at >= since
    )
    return [
        Mark(sync_id=one.sync_id, run_id=one.run_id, started_at=one.started_at, concluded_at=one.concluded_at)
        for one in connection.execute(chosen)
    ]


def runs_before(
    connection: sa.Connection, sync_id: str, before: datetime | None, *, limit: int
) -> list[LastRun]:
    """Read the newest runs of an administration, or those that began before an instant, newest first."""
    earlier = sa.true() if before is None else run.c.started_at < before
    chosen = _select().where(run.c.sync_id == sync_id, earlier).order_by(run.c.started_at.desc())
    return [_run(row) for row in connection.execute(chosen.limit(limit))]


def runs_named(connection: sa.Connection, sync_id: str, run_ids: Collection[str]) -> list[LastRun]:
    """Read runs of an administration by their ids; those that the store does not know are left out."""
    named = run.c.run_id == sa.any_(pg.array(sorted(run_ids), type_=sa.Text))
    return [_run(row) for row in connection.execute(_select().where(run.c.sync_id == sync_id, named))]


def reports_of(
    connection: sa.Connection, runs: Collection[tuple[str, str]]
) -> dict[tuple[str, str], LastRun]:
    """Read runs by administration and id; those that the store does not know are left out."""
    named = sa.tuple_(run.c.sync_id, run.c.run_id).in_(sorted(runs))
    rows = connection.execute(_select().add_columns(run.c.sync_id).where(named))
    return {(row.sync_id, row.run_id): _run(row) for row in rows}


def _select() -> sa.Select[Any]:
    counts = run.c.report.op("-", return_type=pg.JSONB())(pg.array(LISTS, type_=sa.Text))
    return sa.select(run.c.run_id, run.c.started_at, run.c.concluded_at, counts.label("report"))


def _run(row: sa.Row[Any]) -> LastRun:
    return LastRun(
        run_id=row.run_id,
        started_at=row.started_at,
        concluded_at=row.concluded_at,
        report=row.report or {},
    )
