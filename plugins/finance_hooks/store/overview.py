"""Say of many administrations at once how they stand, in as many statements as of one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.postings import posting
from finance_hooks.store.runs import run
from finance_hooks.store.sending_stops import sending_stop
from finance_hooks.store.token_table import token

P = PostingState


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The newest run of an administration; `report` is empty until it is concluded."""

    run_id: str
    started_at: datetime
    concluded_at: datetime | None
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbooked:
    """How many postings of an administration are not booked, by state, and since when one is parked."""

    by_state: Mapping[str, int]
    parked_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """How a user's consent stands: when its tokens were renewed, and since when and why it is gone."""

    obtained_at: datetime
    needs_consent_since: datetime | None
    needs_consent_why: str | None


def last_runs(connection: sa.Connection, sync_ids: Collection[str]) -> dict[str, LastRun]:
    """Return the newest run of each administration that ever ran."""
    wanted = sa.func.unnest(_texts(sync_ids)).table_valued("sync_id").render_derived("wanted")
    newest = (
        sa.select(run)
        .where(run.c.sync_id == wanted.c.sync_id)
        .order_by(run.c.started_at.desc())
        .limit(1)
        .lateral("newest")
    )
    rows = connection.execute(sa.select(newest).select_from(wanted.join(newest, sa.true())))
    return {
        row.sync_id: LastRun(
            run_id=row.run_id,
            started_at=row.started_at,
            concluded_at=row.concluded_at,
            report=row.report or {},
        )
        for row in rows
    }


def unbooked(connection: sa.Connection, sync_ids: Collection[str]) -> dict[str, Unbooked]:
    """Count what is not booked, by administration."""
    chosen = (
        sa.select(
            posting.c.sync_id,
            posting.c.state,
            sa.func.count().label("postings"),
            sa.func.min(posting.c.created_at).label("since"),
        )
        .where(
            posting.c.sync_id == sa.any_(_texts(sync_ids)),
            posting.c.state != P.BOOKED.value,
            posting.c.gone_at.is_(None),
        )
        .group_by(posting.c.sync_id, posting.c.state)
    )
    rows = connection.execute(chosen).all()
    return {
        sync_id: Unbooked(
            by_state={row.state: row.postings for row in rows if row.sync_id == sync_id},
            parked_since=next(
                (row.since for row in rows if (row.sync_id, row.state) == (sync_id, P.PARKED.value)), None
            ),
        )
        for sync_id in {row.sync_id for row in rows}
    }


def consents(connection: sa.Connection, grant_keys: Collection[str]) -> dict[str, Consent]:
    """Say how the consents behind these grants stand; those never given are left out."""
    columns = (token.c.grant_key, token.c.obtained_at, token.c.needs_consent_since, token.c.needs_consent_why)
    rows = connection.execute(sa.select(*columns).where(token.c.grant_key == sa.any_(_texts(grant_keys))))
    return {
        row.grant_key: Consent(
            obtained_at=row.obtained_at,
            needs_consent_since=row.needs_consent_since,
            needs_consent_why=row.needs_consent_why,
        )
        for row in rows
    }


def stops(connection: sa.Connection) -> dict[str, str]:
    """Say why somebody stopped sending, by administration; `EVERY` where it is for all of them."""
    rows = connection.execute(sa.select(sending_stop.c.sync_id, sending_stop.c.why))
    return {row.sync_id: row.why for row in rows}


def _texts(values: Collection[str]) -> sa.ColumnElement[Any]:
    return pg.array(sorted(values), type_=sa.Text)
