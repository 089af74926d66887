"""The pages as an application of their own, which Airflow's API server mounts under /finance."""

from functools import cache
from pathlib import Path
from urllib.parse import quote

from fastapi import Depends, FastAPI, HTTPException, Request, status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.web import (
    document_decisions,
    document_page,
    documents_page,
    files_page,
    link_page,
    links_page,
    mapping_change_page,
    mapping_page,
    nights_page,
    period_page,
    reconciliation_page,
    runbook_page,
    runs_page,
)
from finance_hooks.web.access import get_user, refuse_other_sites
from finance_hooks.web.language import COOKIE, LANGUAGES
from finance_hooks.web.pages import show

PAGES = (
    links_page,
    link_page,
    files_page,
    documents_page,
    document_page,
    document_decisions,
    mapping_page,
    mapping_change_page,
    reconciliation_page,
    period_page,
    nights_page,
    runs_page,
    runbook_page,
)
STATIC = Path(__file__).with_name("static")
PREFIX = "/finance"
LOGIN = "/auth/login"
YEAR_S = 365 * 86400


@cache
def app() -> FastAPI:
    """Make the application; whatever goes wrong, it answers with a page that says what to do."""
    made = FastAPI(
        title="Finance",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(refuse_other_sites)],
    )
    made.mount("/static", StaticFiles(directory=STATIC), name="static")
    for page in PAGES:
        made.include_router(page.router)
    made.post("/language", dependencies=[Depends(get_user)])(choose)
    made.exception_handler(StarletteHTTPException)(_refused)
    made.exception_handler(RequestValidationError)(_refused)
    made.exception_handler(ConfigurationError)(_not_in_order)
    made.exception_handler(TemporaryFailure)(_not_in_order)
    made.exception_handler(Exception)(_refused)
    return made


def choose(language: str, here: str = "") -> RedirectResponse:
    """Keep the language that the user chose, and go back to where that was."""
    if language not in LANGUAGES:
        raise HTTPException(status.HTTP_404_NOT_FOUND, language)
    inside = here if here.startswith(f"{PREFIX}/") and "//" not in here else f"{PREFIX}/"
    answer = RedirectResponse(inside, status.HTTP_303_SEE_OTHER)
    answer.set_cookie(COOKIE, language, max_age=YEAR_S, path=PREFIX, samesite="lax", httponly=True)
    return answer


async def _refused(request: Request, error: Exception) -> HTMLResponse:
    known = {401: "error.login", 403: "error.forbidden", 404: "error.not_found"}
    code = _code_of(error)
    login = f"{LOGIN}?next={quote(request.url.path, safe='')}" if code == status.HTTP_401_UNAUTHORIZED else ""
    return show(
        request, "message.html", status=code, key=known.get(code, "error.other"), said="", login=login
    )


async def _not_in_order(request: Request, error: Exception) -> HTMLResponse:
    return show(request, "message.html", status=503, key="error.not_in_order", said=str(error), login="")


def _code_of(error: Exception) -> int:
    if isinstance(error, StarletteHTTPException):
        return error.status_code
    # An address with a part of another kind than it has to be leads nowhere.
    return status.HTTP_404_NOT_FOUND if isinstance(error, RequestValidationError) else 500
