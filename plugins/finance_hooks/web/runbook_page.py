"""Show the runbook to whoever is logged in: it names no administration."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from finance_hooks.web.access import User
from finance_hooks.web.pages import read_language, show
from finance_hooks.web.runbook import runbook_html

router = APIRouter()


@router.get("/runbook")
def runbook_page(request: Request, _user: User) -> HTMLResponse:
    """Show what to do about each kind of problem."""
    steps = Markup(runbook_html(read_language(request)))  # noqa: S704 - a file of the package, nobody's input
    return show(request, "runbook.html", steps=steps)
