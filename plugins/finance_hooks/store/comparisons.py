"""Keep the newest comparison of source and books, of each journal and period, for whoever wants to see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.entry import Period
from finance_hooks.store.metadata import metadata

comparison = sa.Table(
    "comparison",
    metadata,
    sa.Column("sync_id", sa.Text, primary_key=True),
    sa.Column("fiscal_year", sa.Integer, primary_key=True),
    sa.Column("period", sa.Integer, primary_key=True),
    sa.Column("journal", sa.Text, primary_key=True),
    sa.Column("run_id", sa.Text, nullable=False),
    sa.Column("compared_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("documents", sa.Integer, nullable=False),
    sa.Column("source_gross", sa.Numeric(18, 2), nullable=False),
    sa.Column("store_gross", sa.Numeric(18, 2), nullable=False),
    sa.Column("books_gross", sa.Numeric(18, 2), nullable=False),
    sa.Column("debit", sa.Numeric(18, 2), nullable=False),
    sa.Column("credit", sa.Numeric(18, 2), nullable=False),
    sa.Column("not_ours", sa.Integer, nullable=False),
    sa.Column("forgotten", sa.Integer, nullable=False),
    sa.Column("agrees", sa.Boolean, nullable=False),
    sa.Column("figures", pg.JSONB, nullable=False),
)
"""One row per administration, journal and period.

`figures` is the whole comparison as its run wrote it; the other columns are what lists of many need of it.
`forgotten` are the bookings of others that bear a reference of ours and are not known to be booked. `agrees`
says that VAT, boxes and parties are the same on both sides, too.
"""

LISTED = tuple(
    column.name for column in comparison.c if column.name not in {"fiscal_year", "period", "figures"}
)
COUNTS = ("documents", "not_ours")
AMOUNTS = ("source_gross", "store_gross", "books_gross", "debit", "credit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The newest comparison of one journal and period, without its figures by code, box and party."""

    sync_id: str
    journal: str
    period: Period
    run_id: str
    compared_at: datetime
    documents: int
    source_gross: Decimal
    store_gross: Decimal
    books_gross: Decimal
    debit: Decimal
    credit: Decimal
    not_ours: int
    forgotten: int
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A comparison that a run has just made, its figures as they are reported; see `comparison`."""

    figures: Mapping[str, Any]
    compared_at: datetime
    forgotten: int
    agrees: bool


def keep_comparisons(
    connection: sa.Connection, sync_id: str, run_id: str, finished: Sequence[Finished]
) -> None:
    """Keep what a run compared in place of what was compared before; a later comparison stays."""
    if not finished:
        return
    insert = pg.insert(comparison).values([_columns(sync_id, run_id, one) for one in finished])
    keys = {column.name for column in comparison.primary_key}
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=comparison.primary_key.columns,
            set_={column.name: column for column in insert.excluded if column.name not in keys},
            where=comparison.c.compared_at <= insert.excluded.compared_at,
        )
    )


def newest_comparisons(connection: sa.Connection, sync_ids: Collection[str]) -> list[Compared]:
    """Read the newest comparison of every journal and period of administrations, newest periods first."""
    chosen = (
        sa.select(comparison.c.fiscal_year, comparison.c.period, *(comparison.c[name] for name in LISTED))
        .where(comparison.c.sync_id == sa.any_(pg.array(sorted(sync_ids), type_=sa.Text)))
        .order_by(
            comparison.c.sync_id,
            comparison.c.fiscal_year.desc(),
            comparison.c.period.desc(),
            comparison.c.journal,
        )
    )
    return [
        Compared(
            period=Period(fiscal_year=fiscal_year, number=number),
            **dict(zip(LISTED, listed, strict=True)),
        )
        for fiscal_year, number, *listed in connection.execute(chosen)
    ]


def read_figures(
    connection: sa.Connection, sync_id: str, journal: str, period: Period
) -> dict[str, Any] | None:
    """Read the whole newest comparison of one journal and period, `None` where none was made."""
    chosen = sa.select(comparison.c.figures).where(
        comparison.c.sync_id == sync_id,
        comparison.c.fiscal_year == period.fiscal_year,
        comparison.c.period == period.number,
        comparison.c.journal == journal,
    )
    return connection.execute(chosen).scalar_one_or_none()


def _columns(sync_id: str, run_id: str, finished: Finished) -> dict[str, Any]:
    figures = finished.figures
    return {
        "sync_id": sync_id,
        "run_id": run_id,
        **{name: figures[name] for name in ("journal", "fiscal_year", "period", *COUNTS)},
        **{name: Decimal(figures[name]) for name in AMOUNTS},
        "compared_at": finished.compared_at,
        "forgotten": finished.forgotten,
        "agrees": finished.agrees,
        "figures": figures,
    }
