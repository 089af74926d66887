"""Say of every journal and period when something was last booked there, without reading what is booked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.entry import Period
from finance_hooks.store.postings import posting

PLACE = (posting.c.fiscal_year, posting.c.period, posting.c.journal)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBooking:
    """When the newest booking of an administration in one journal and period was made."""

    sync_id: str
    journal: str
    period: Period
    booked_at: datetime


def last_bookings(connection: sa.Connection, sync_ids: Collection[str]) -> list[LastBooking]:
    """Read the newest booking of every journal and period in which an administration has booked."""
    # Each step asks the index for the one entry before the last it found: as many looks as places.
    wanted = sa.func.unnest(pg.array(sorted(sync_ids), type_=sa.Text)).table_valued("sync_id")
    asked = wanted.render_derived("wanted")
    first = _newest(posting.c.sync_id == asked.c.sync_id)
    found = sa.select(asked.c.sync_id, *_columns(first)).select_from(asked.join(first, sa.true()))
    steps = found.cte("steps", recursive=True)
    before = sa.tuple_(*PLACE) < sa.tuple_(steps.c.fiscal_year, steps.c.period, steps.c.journal)
    following = _newest((posting.c.sync_id == steps.c.sync_id) & before)
    steps = steps.union_all(
        sa.select(steps.c.sync_id, *_columns(following)).select_from(steps.join(following, sa.true()))
    )
    return [
        LastBooking(
            sync_id=row.sync_id,
            journal=row.journal,
            period=Period(fiscal_year=row.fiscal_year, number=row.period),
            booked_at=row.booked_at,
        )
        for row in connection.execute(sa.select(steps))
    ]


def _newest(wanted: sa.ColumnElement[bool]) -> sa.sql.selectable.LateralFromClause:
    order = [column.desc() for column in (*PLACE, posting.c.booked_at)]
    return (
        sa.select(*PLACE, posting.c.booked_at)
        .where(wanted, posting.c.journal.is_not(None), posting.c.booked_at.is_not(None))
        .order_by(*order)
        .limit(1)
        .lateral()
    )


def _columns(newest: sa.sql.selectable.LateralFromClause) -> list[sa.ColumnElement[Any]]:
    return [newest.c.fiscal_year, newest.c.period, newest.c.journal, newest.c.booked_at]
