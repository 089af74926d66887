"""One link: how it is set up, whether its user consented, and the way to consent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse

from finance_hooks.mapping.administrations import AdministrationRow
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.operators.connections import connection_of
from finance_hooks.operators.examining import examine, read_limits
from finance_hooks.operators.resources import open_resources
from finance_hooks.sources.qubz.form import CONNECTION_TYPE as SOURCE
from finance_hooks.targets.registry import find_target
from finance_hooks.transport.budget import Room
from finance_hooks.web import consent
from finance_hooks.web.access import User, may_act
from finance_hooks.web.administrations import require_act, visible_row
from finance_hooks.web.links_page import read_links
from finance_hooks.web.pages import read_language, show
from finance_hooks.web.settings import Setting, of_administration, of_connection

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One link as its page shows it; `rooms` are what the package's limits leave."""

    settings: Sequence[Setting]
    rooms: Sequence[Room]
    is_framed: bool
    may_act: bool


@router.get("/links/{sync_id}")
def link_page(request: Request, user: User, sync_id: str) -> HTMLResponse:
    """Show one link."""
    row = visible_row(user, sync_id)
    (link,) = read_links([row])
    shown = Shown(
        settings=tuple(_settings(row)),
        rooms=tuple(_rooms(sync_id)),
        # A vendor's page lets nobody frame it: from within Airflow's frame the way would end on a blank page.
        is_framed=request.headers.get("sec-fetch-dest") in {"iframe", "frame"},
        may_act=may_act(user, sync_id),
    )
    # A browser holds every hop of the way to the vendor's sign-in, and back, against the policy of the page.
    leads_to = f"https: {consent.origin(open_resources(sync_id))}" if link.needs_consent else ""
    return show(request, "link.html", leads_to=leads_to, link=link, shown=shown)


@router.post("/links/{sync_id}/examine")
def examine_link(request: Request, user: User, sync_id: str) -> HTMLResponse:
    """Look at everything the link depends on, and show what was found; nothing changes."""
    require_act(user, sync_id)
    return show(request, "examined.html", sync_id=sync_id, findings=examine(sync_id, read_language(request)))


@router.post("/links/{sync_id}/authorise")
def authorise(user: User, sync_id: str) -> RedirectResponse:
    """Send the user to the vendor to consent."""
    require_act(user, sync_id)
    return RedirectResponse(consent.begin(sync_id, user.get_name()), status.HTTP_303_SEE_OTHER)


@router.get("/callback")
def callback(request: Request, user: User, state: str = "") -> HTMLResponse:
    """Take back a user whom the vendor sends here."""
    begun = consent.begun_with(state, user.get_name())
    require_act(user, begun.sync_id)
    address = consent.redirect_address(begun, request.url.query)
    return show(request, "consented.html", consented=consent.end(begun, address, state))


@router.post("/links/{sync_id}/paste")
def paste(request: Request, user: User, sync_id: str, address: Annotated[str, Form()]) -> HTMLResponse:
    """Take the address that the vendor sent the user to, where that does not lead here."""
    require_act(user, sync_id)
    state = consent.state_in(address)
    begun = consent.begun_with(state, user.get_name())
    require_act(user, begun.sync_id)
    return show(request, "consented.html", consented=consent.end(begun, address, state))


def _rooms(sync_id: str) -> list[Room]:
    """Tell what the limits leave; what cannot be opened is told by the link's advice."""
    try:
        return read_limits(open_resources(sync_id))
    except (ConfigurationError, TemporaryFailure):
        return []


def _settings(row: AdministrationRow) -> Iterator[Setting]:
    administration = row.administration
    if administration is None:
        return
    yield from of_administration(administration)
    types = {
        administration.source_conn_id: SOURCE,
        administration.target_conn_id: find_target(administration.target).connection_type,
    }
    for conn_id, declared in types.items():
        if not conn_id:
            continue
        try:
            connection = connection_of(conn_id)
        except ConfigurationError as error:
            yield Setting(name=conn_id, value=str(error), place=conn_id)
            continue
        yield from of_connection(conn_id, connection, connection.extra_dejson, declared)
