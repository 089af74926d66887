"""Viewers see and operators act, at every route and on every page; nobody without a login sees anything."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote_plus, urlsplit

import pytest
import requests
from lxml import html

from finance_hooks.web.document_acts import FOR_MANY
from tests.access.books import Books
from tests.access.people import ACTOR, READER, Person
from tests.access.routes import ROUTES, Takes, ask, find, pages, served
from tests.integration.chain.files import by_file

pytestmark = pytest.mark.xdist_group("airflow")

ACTING = ("Admin", "Op", "User", ACTOR)
SEEING = (*ACTING, "Viewer", READER)
HERE, ELSEWHERE, BY_FILE = "exact_nl", "exact_be", "twinfield_nl"
FILES = ("POST", "/links/{sync_id}/files")
"""Offered where documents go by file only."""


def allowed(role: str, takes: Takes, sync_id: str) -> int | None:
    """Return how whoever has a role is refused; `None` where he is not."""
    if takes is Takes.LOGIN:
        return None
    if role not in SEEING or (role in {READER, ACTOR} and sync_id != HERE):
        return 404
    return 403 if takes is Takes.EDIT and role not in ACTING else None


def refused(answers: Mapping[tuple[str, str], requests.Response]) -> dict[tuple[str, str], int]:
    return {where: answer.status_code for where, answer in answers.items()}


def untold(answer: requests.Response) -> str:
    """Return what an answer says besides the address that was asked for."""
    return unquote_plus(answer.text).replace(unquote_plus(urlsplit(answer.request.url or "").path), "")


def forms(page: requests.Response) -> set[tuple[str, str]]:
    """List the routes that the buttons of a page lead to; those without an address, to its own."""
    own = urlsplit(page.url).path
    return {
        find(button.get("formaction") or form.get("action") or own)
        for form in html.fromstring(page.text).iter("form")
        for button in form.iter("button")
        if form.get("method") == "post"
    }


def test_every_route_is_tried() -> None:
    assert set(ROUTES) == served()


@pytest.mark.parametrize("sync_id", [HERE, ELSEWHERE])
@pytest.mark.parametrize("role", ["Admin", "Op", "User", "Viewer", "Public", READER, ACTOR])
def test_every_route_answers_by_role(
    people: Mapping[str, Person], books: Mapping[str, Books], role: str, sync_id: str
) -> None:
    answers = {where: ask(people[role], where, books[sync_id]) for where in ROUTES}

    wanted = {where: allowed(role, route.takes, sync_id) or route.answers for where, route in ROUTES.items()}
    assert refused(answers) == wanted


@pytest.mark.parametrize("role", ["Viewer", READER])
def test_navigation_of_airflow_leads_to_the_pages(people: Mapping[str, Person], role: str) -> None:
    plugins = people[role].ask("GET", "/api/v2/plugins").json()["plugins"]

    leads_to = [view["href"] for plugin in plugins for view in plugin["external_views"]]
    assert "/finance/" in leads_to


@pytest.mark.parametrize("token", ["", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."])
def test_nobody_without_a_login_gets_anything_though_strangers_have_the_role_of_an_admin(
    people: Mapping[str, Person], books: Mapping[str, Books], token: str
) -> None:
    stranger = replace(people["Admin"], name="Anonymous", token=token)

    answers = {where: ask(stranger, where, books[HERE]) for where in ROUTES}

    assert set(refused(answers).values()) <= {401, 403}
    # What tells Airflow itself is another matter: it lets strangers in.
    assert stranger.ask("GET", "/api/v2/dags").ok is not bool(token)
    told = {word for answer in answers.values() for word in books[HERE].words() if word in untold(answer)}
    assert told == set()


@pytest.mark.parametrize("role", ["Viewer", "Public", READER, *ACTING])
def test_pages_offer_what_one_may_do_and_nothing_else(
    people: Mapping[str, Person], books: Mapping[str, Books], role: str
) -> None:
    by_reason = {"sync_id": HERE, "reason": books[HERE].parts["reason"]}
    shown = [ask(people[role], where, books[HERE]) for where in pages()]
    shown.append(people[role].ask("GET", "/finance/documents", params=by_reason))

    offered = [forms(page) for page in shown if page.ok and "html" in page.headers["Content-Type"]]

    acts = {where for found in offered for where in found if ROUTES[where].takes is Takes.EDIT}
    every = {where for where, route in ROUTES.items() if where[0] == "POST" and route.takes is Takes.EDIT}
    assert acts == (every - {FILES} if role in ACTING else set())


@pytest.fixture(scope="module")
def file(fab_store_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Deliver documents in a file, and return its name."""
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        by_file(fab_store_url, "twinfield_nl", monkeypatch, tmp_path_factory.mktemp("export")) as files,
    ):
        files.chain.generate(2)
        files.chain.night("by file")
        return files.written()[0].name


@pytest.mark.parametrize("role", [*SEEING, "Public"])
def test_files_are_decided_about_by_whoever_acts_and_seen_by_whoever_sees(
    people: Mapping[str, Person], file: str, role: str
) -> None:
    page = people[role].ask("GET", f"/finance/links/{BY_FILE}/files")

    assert page.status_code == (allowed(role, Takes.READ, BY_FILE) or 200)
    assert (file in page.text) is (allowed(role, Takes.READ, BY_FILE) is None)
    assert (FILES in forms(page)) is (allowed(role, Takes.EDIT, BY_FILE) is None)


@pytest.mark.parametrize("role", ACTING)
def test_whoever_may_edit_the_dag_acts_under_his_own_name(
    people: Mapping[str, Person], books: Mapping[str, Books], role: str
) -> None:
    person, mine = people[role], books[HERE]
    many = {"sync_id": HERE, "reason": mine.parts["reason"], "why": "x"}
    one = f"/finance/documents/{HERE}/{mine.parked()}"

    assert person.ask("POST", f"{one}/hold", data={"why": "asked"}).status_code == 303
    held = mine.held_by()
    assert person.ask("POST", f"{one}/release", data={"why": "answered"}).status_code == 303

    assert held == {person.name}
    assert mine.held_by() == set()
    answers = [
        person.ask("POST", "/finance/documents", data=many | {"act": act}) for act in reversed(FOR_MANY)
    ]
    assert [answer.status_code for answer in answers] == [303] * len(FOR_MANY)
    assert mine.held_by() == set()


def test_whoever_may_act_on_one_administration_consents_for_it(people: Mapping[str, Person]) -> None:
    person = people[ACTOR]
    vendor = person.ask("POST", f"/finance/links/{HERE}/authorise").headers["Location"]
    with requests.Session() as session:
        session.trust_env = False
        back = session.get(vendor, allow_redirects=False, timeout=30).headers["Location"]

    answer = person.ask("GET", f"/finance/callback?{urlsplit(back).query}")

    assert answer.status_code == 200
    assert "The link is authorised" in answer.text
