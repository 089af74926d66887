"""Keep what preflight found of each administration: all faults together, and when the chart was read."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.preflight_fault import PreflightFault, faults_from_plain, faults_to_plain
from finance_hooks.store.events import Stamp
from finance_hooks.store.metadata import metadata

preflight = sa.Table(
    "preflight",
    metadata,
    sa.Column("sync_id", sa.Text, primary_key=True),
    sa.Column("chart_read_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("run_id", sa.Text, nullable=False),
    sa.Column("faults", pg.JSONB, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPreflight:
    """The last preflight of one administration."""

    chart_read_at: datetime
    run_id: str
    faults: tuple[PreflightFault, ...]


def write_preflight(
    connection: sa.Connection, sync_id: str, faults: tuple[PreflightFault, ...], stamp: Stamp
) -> None:
    """Put what was found in the place of all that was found before."""
    values = {"chart_read_at": stamp.at, "run_id": stamp.run_id, "faults": faults_to_plain(faults)}
    insert = pg.insert(preflight).values(sync_id=sync_id, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=[preflight.c.sync_id], set_=values))


def read_preflight(connection: sa.Connection, sync_id: str) -> KeptPreflight | None:
    """Return the last preflight of an administration, `None` before the first one."""
    row = connection.execute(sa.select(preflight).where(preflight.c.sync_id == sync_id)).one_or_none()
    if row is None:
        return None
    return KeptPreflight(
        chart_read_at=row.chart_read_at, run_id=row.run_id, faults=faults_from_plain(row.faults)
    )
