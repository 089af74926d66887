"""One link: how it is set up, whether its user consented, and the way to consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from airflow.sdk import BaseHook
from fastapi import APIRouter, Form, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse

from finance_hooks.mapping.administrations import AdministrationRow
from finance_hooks.operators.resources import open_resources
from finance_hooks.sources.qubz.form import CONNECTION_TYPE as SOURCE
from finance_hooks.targets.registry import find_target
from finance_hooks.web import consent
from finance_hooks.web.access import User, may_act
from finance_hooks.web.administrations import require_act, visible_row
from finance_hooks.web.links_page import read_links
from finance_hooks.web.pages import show
from finance_hooks.web.settings import Setting, of_administration, of_connection

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One link as its page shows it."""

    settings: Sequence[Setting]
    is_framed: bool
    may_act: bool


@router.get("/links/{sync_id}")
def link_page(request: Request, user: User, sync_id: str) -> HTMLResponse:
    """Show one link."""
    row = visible_row(user, sync_id)
    (link,) = read_links([row])
    shown = Shown(
        settings=tuple(_settings(row)),
        # A vendor's page lets nobody frame it: from within Airflow's frame the way would end on a blank page.
        is_framed=request.headers.get("sec-fetch-dest") in {"iframe", "frame"},
        may_act=may_act(user, sync_id),
    )
    # A browser holds every hop of the way to the vendor's sign-in, and back, against the policy of the page.
    leads_to = f"https: {consent.origin(open_resources(sync_id))}" if link.needs_consent else ""
    return show(request, "link.html", leads_to=leads_to, link=link, shown=shown)


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


def _settings(row: AdministrationRow) -> list[Setting]:
    administration = row.administration
    if administration is None:
        return []
    found = list(of_administration(administration))
    types = {
        administration.source_conn_id: SOURCE,
        administration.target_conn_id: find_target(administration.target).connection_type,
    }
    for conn_id, declared in types.items():
        connection = BaseHook.get_connection(conn_id)
        found += of_connection(conn_id, connection, connection.extra_dejson, declared)
    return found
