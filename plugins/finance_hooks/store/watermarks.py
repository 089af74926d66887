"""Remember up to which instant of change each resource of the source was read."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.metadata import metadata

watermark = sa.Table(
    "watermark",
    metadata,
    sa.Column("sync_id", sa.Text, primary_key=True),
    sa.Column("resource", sa.Text, primary_key=True),
    sa.Column("changed_until", sa.DateTime(timezone=True), nullable=False),
    sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
)
"""One row per administration and resource; it only moves forward."""


def read_watermark(connection: sa.Connection, sync_id: str) -> datetime | None:
    """Return the earliest watermark of the administration, `None` before the first run."""
    chosen = sa.select(sa.func.min(watermark.c.changed_until)).where(watermark.c.sync_id == sync_id)
    found: datetime | None = connection.execute(chosen).scalar_one()
    return found


def read_moved_at(connection: sa.Connection, sync_id: str) -> datetime | None:
    """Return when a watermark of the administration last moved, `None` before the first run."""
    chosen = sa.select(sa.func.max(watermark.c.moved_at)).where(watermark.c.sync_id == sync_id)
    found: datetime | None = connection.execute(chosen).scalar_one()
    return found


def move_watermark(
    connection: sa.Connection, sync_id: str, resource: str, *, changed_until: datetime, at: datetime
) -> None:
    """Move a watermark forward, never back."""
    insert = pg.insert(watermark).values(
        sync_id=sync_id, resource=resource, changed_until=changed_until, moved_at=at
    )
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["sync_id", "resource"],
            set_={"changed_until": changed_until, "moved_at": at},
            where=watermark.c.changed_until < changed_until,
        )
    )
