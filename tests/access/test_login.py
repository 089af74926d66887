"""FAB's own login opens our pages as its tokens do; a cookie alone is no leave for another site."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
import requests

from tests.access.books import Books
from tests.access.people import TIMEOUT_S, Person

pytestmark = pytest.mark.xdist_group("airflow")

WAY = re.compile(r'href="(/auth/login[^"]+)"')
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture(scope="module")
def operator(people: Mapping[str, Person]) -> Person:
    return people["Op"]


@pytest.fixture(scope="module")
def browser(operator: Person) -> Iterator[requests.Session]:
    """Go from one of our pages to FAB's login, log in there, and keep the cookies."""
    with requests.Session() as session:
        session.trust_env = False
        refused = session.get(f"{operator.base_url}/finance/documents", timeout=TIMEOUT_S)
        way = WAY.search(refused.text)
        assert refused.status_code == 401
        assert way is not None
        page = session.get(f"{operator.base_url}{way[1]}", timeout=TIMEOUT_S)
        token = CSRF.search(page.text)
        assert token is not None
        login = {"username": operator.name, "password": operator.password, "csrf_token": token[1]}
        sent_to = session.post(page.url, data=login, timeout=TIMEOUT_S)
        assert (sent_to.status_code, sent_to.url) == (200, refused.url)
        yield session


def test_who_logged_in_on_fab_s_page_sees_the_page_he_came_for(
    browser: requests.Session, operator: Person, books: Mapping[str, Books]
) -> None:
    page = browser.get(f"{operator.base_url}/finance/documents", timeout=TIMEOUT_S)

    assert page.status_code == 200
    assert books["exact_nl"].parked() in page.text


@pytest.mark.parametrize(
    ("headers", "answers"),
    [
        ({}, 303),
        ({"Origin": "{own}", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_cookie_of_fab_decides_from_our_own_pages_only(
    browser: requests.Session,
    operator: Person,
    books: Mapping[str, Books],
    headers: Mapping[str, str],
    answers: int,
) -> None:
    own, mine = operator.base_url, books["exact_nl"]
    sent = {name: value.replace("{own}", own) for name, value in headers.items()}
    one = f"{own}/finance/documents/exact_nl/{mine.parked()}"

    answer = browser.post(
        f"{one}/hold", data={"why": "x"}, headers=sent, allow_redirects=False, timeout=TIMEOUT_S
    )

    assert answer.status_code == answers
    assert mine.held_by() == ({operator.name} if answers == 303 else set())
    operator.ask("POST", one.removeprefix(own) + "/release", data={"why": "x"})


def test_token_of_fab_does_not_make_up_for_another_site_either(
    operator: Person, books: Mapping[str, Books]
) -> None:
    address = f"/finance/documents/exact_nl/{books['exact_nl'].parked()}/hold"

    answer = operator.ask("POST", address, data={"why": "x"}, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert books["exact_nl"].held_by() == set()


def test_cookie_that_fab_did_not_sign_opens_nothing(browser: requests.Session, operator: Person) -> None:
    forged = f"{browser.cookies['_token'].rpartition('.')[0]}.AAAA"

    stranger = replace(operator, token="")
    answer = stranger.ask("GET", "/finance/documents", headers={"Cookie": f"_token={forged}"})

    assert answer.status_code in {401, 403}
