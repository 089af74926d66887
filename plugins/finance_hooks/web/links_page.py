"""Gather what page Koppelingen shows, in as many statements for many administrations as for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from finance_hooks.mapping.administrations import AdministrationRow
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.consenting import find_grant_key
from finance_hooks.store import overview
from finance_hooks.web.access import User
from finance_hooks.web.administrations import visible_rows
from finance_hooks.web.airflow_state import next_runs
from finance_hooks.web.links import Link, Standing, make_link
from finance_hooks.web.pages import show
from finance_hooks.web.reading import reading

router = APIRouter()


@router.get("/")
def links_page(request: Request, user: User) -> HTMLResponse:
    """Show every administration that the user may see."""
    return show(request, "links.html", links=read_links(visible_rows(user)))


def read_links(rows: Sequence[AdministrationRow]) -> list[Link]:
    """Say how these administrations stand."""
    sync_ids = [row.sync_id for row in rows]
    consenting = {row.sync_id: _ask_of_consent(row) for row in rows}
    grant_keys = {sync_id: one.grant_key for sync_id, one in consenting.items() if one.grant_key is not None}
    with reading() as connection:
        consents = overview.consents(connection, set(grant_keys.values()))
        standing = Standing(
            runs=overview.last_runs(connection, sync_ids),
            unbooked=overview.unbooked(connection, sync_ids),
            consents={sync_id: consents.get(key) for sync_id, key in grant_keys.items()},
            stops=overview.stops(connection),
            next_runs=next_runs(sync_ids),
            unusable={sync_id: one.why for sync_id, one in consenting.items() if one.why is not None},
            now=datetime.now(tz=UTC),
        )
    return [make_link(row, standing) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Under which key an administration's consent is kept, or why its connection cannot be used."""

    grant_key: str | None = None
    why: str | None = None


def _ask_of_consent(row: AdministrationRow) -> _Asked:
    if row.administration is None:
        return _Asked()
    try:
        return _Asked(grant_key=find_grant_key(row.administration))
    except ConfigurationError as error:
        return _Asked(why=str(error))
