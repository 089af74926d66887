"""Keep what preflight read and found of each administration, all of it together, and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.chart import ChartPeriod
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
    sa.Column("periods", pg.JSONB, nullable=False),
)

_PERIODS = TypeAdapter(tuple[ChartPeriod, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a preflight read and found: the faults of the mapping rows, and the package's own periods."""

    faults: tuple[PreflightFault, ...] = ()
    periods: tuple[ChartPeriod, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCheck:
    """The faults that the last preflight found, and when it read the package's chart."""

    chart_read_at: datetime
    faults: tuple[PreflightFault, ...]


def write_preflight(connection: sa.Connection, sync_id: str, checked: Checked, stamp: Stamp) -> None:
    """Put what was found in the place of all that was found before."""
    values: dict[str, Any] = {
        "chart_read_at": stamp.at,
        "run_id": stamp.run_id,
        "faults": faults_to_plain(checked.faults),
        "periods": _PERIODS.dump_python(checked.periods, mode="json"),
    }
    insert = pg.insert(preflight).values(sync_id=sync_id, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=[preflight.c.sync_id], set_=values))


def read_preflight(connection: sa.Connection, sync_id: str) -> Checked:
    """Return what the last preflight of an administration found, nothing before the first one."""
    row = connection.execute(sa.select(preflight).where(preflight.c.sync_id == sync_id)).one_or_none()
    if row is None:
        return Checked()
    return Checked(faults=faults_from_plain(row.faults), periods=_PERIODS.validate_python(row.periods))


def last_checks(connection: sa.Connection, sync_ids: Collection[str]) -> dict[str, LastCheck]:
    """Return what the last preflight of each administration found; without one it is left out."""
    columns = (preflight.c.sync_id, preflight.c.chart_read_at, preflight.c.faults)
    wanted = preflight.c.sync_id == sa.any_(pg.array(sorted(sync_ids), type_=sa.Text))
    return {
        row.sync_id: LastCheck(chart_read_at=row.chart_read_at, faults=faults_from_plain(row.faults))
        for row in connection.execute(sa.select(*columns).where(wanted))
    }
