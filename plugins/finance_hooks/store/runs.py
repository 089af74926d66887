"""Remember every run of an administration: what it selected, what it compared, what it reported."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.metadata import metadata

run = sa.Table(
    "run",
    metadata,
    sa.Column("sync_id", sa.Text, primary_key=True),
    sa.Column("run_id", sa.Text, primary_key=True),
    sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("selection", pg.JSONB),
    sa.Column("reconciliation", pg.JSONB),
    sa.Column("report", pg.JSONB),
    sa.Column("concluded_at", sa.DateTime(timezone=True)),
)
"""One row per DAG run; a task that is run again overwrites its own column."""

sa.Index("ix_run_started", run.c.sync_id, run.c.started_at)


def start_run(connection: sa.Connection, sync_id: str, run_id: str, *, at: datetime) -> datetime:
    """Make the row of a run unless it is there, and return when the run first started."""
    insert = pg.insert(run).values(sync_id=sync_id, run_id=run_id, started_at=at)
    connection.execute(insert.on_conflict_do_nothing())
    chosen = sa.select(run.c.started_at).where(run.c.sync_id == sync_id, run.c.run_id == run_id)
    started: datetime = connection.execute(chosen).scalar_one()
    return started


def write_run(connection: sa.Connection, sync_id: str, run_id: str, **columns: object) -> None:
    """Write columns of a run's row."""
    connection.execute(
        sa.update(run).where(run.c.sync_id == sync_id, run.c.run_id == run_id).values(**columns)
    )


def read_run(connection: sa.Connection, sync_id: str, run_id: str) -> dict[str, Any] | None:
    """Read a run's row by column name, `None` when there is none."""
    chosen = sa.select(run).where(run.c.sync_id == sync_id, run.c.run_id == run_id)
    found = connection.execute(chosen).mappings().one_or_none()
    return None if found is None else dict(found)


def read_last_started(connection: sa.Connection, sync_id: str, *, but: str) -> datetime | None:
    """Return when any other run of an administration started last, `None` where there was none."""
    others = (run.c.sync_id == sync_id) & (run.c.run_id != but)
    found: datetime | None = connection.execute(
        sa.select(sa.func.max(run.c.started_at)).where(others)
    ).scalar_one()
    return found


def forget_sentences(connection: sa.Connection, *, before: datetime, dry_run: bool = False) -> int:
    """Take the sentences about documents out of reports of runs that began before an instant; counts stay."""
    empty = sa.cast([], pg.JSONB)
    said = (run.c.report["reasons"] != empty) | (run.c.report["warnings"] != empty)
    old = (run.c.started_at < before) & said
    if dry_run:
        return int(connection.execute(sa.select(sa.func.count()).select_from(run).where(old)).scalar_one())
    emptied = run.c.report.concat(sa.cast({"reasons": [], "warnings": []}, pg.JSONB))
    return connection.execute(sa.update(run).where(old).values(report=emptied)).rowcount
