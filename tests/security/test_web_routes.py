"""Every route of the web server refuses whoever has not logged in; our own pages will stand among them."""

import re
from collections.abc import Iterator

import pytest
import requests

from local.airflow_api import AirflowApi

pytestmark = pytest.mark.xdist_group("airflow")
REFUSED = frozenset({401, 403})
OPEN = frozenset({"/api/v2/monitor/health", "/api/v2/version", "/api/v2/auth/login", "/api/v2/auth/logout"})
"""What a load balancer asks, and the way to the login itself."""


@pytest.fixture
def stranger() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def routes(base_url: str, stranger: requests.Session) -> list[tuple[str, str]]:
    """List every route with its method, ids filled in."""
    described = stranger.get(f"{base_url}/openapi.json", timeout=30).json()
    return [
        (method.upper(), re.sub(r"\{[^}]+\}", "1", path))
        for path, methods in described["paths"].items()
        for method in methods
        if path not in OPEN
    ]


def test_every_route_refuses_without_a_login(airflow: AirflowApi, stranger: requests.Session) -> None:
    found = routes(airflow.base_url, stranger)

    answered = {
        (method, path): stranger.request(
            method, f"{airflow.base_url}{path}", json={}, timeout=30, allow_redirects=False
        ).status_code
        for method, path in found
    }

    assert len(found) > 100
    assert {route: status for route, status in answered.items() if status not in REFUSED} == {}


@pytest.mark.parametrize("token", ["", "x", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsInJvbGUiOiJhZG1pbiJ9."])
def test_a_token_that_airflow_did_not_sign_is_refused(
    airflow: AirflowApi, stranger: requests.Session, token: str
) -> None:
    headers = {"Authorization": f"Bearer {token}"}

    answers = [
        stranger.get(f"{airflow.base_url}/api/v2/{path}", headers=headers, timeout=30).status_code
        for path in (
            "connections",
            "dags",
            "variables",
            "eventLogs",
            "dags/~/dagRuns/~/taskInstances",
        )
    ]

    assert set(answers) <= REFUSED


def test_a_wrong_password_gives_no_token(airflow: AirflowApi, stranger: requests.Session) -> None:
    login = {"username": "admin", "password": "a guess"}

    answer = stranger.post(f"{airflow.base_url}/auth/token", json=login, timeout=30)

    assert answer.status_code in REFUSED
    assert "access_token" not in answer.text


def test_another_site_may_not_call_with_a_browser_s_login(
    airflow: AirflowApi, stranger: requests.Session
) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}

    answer = stranger.options(f"{airflow.base_url}/api/v2/connections", headers=headers, timeout=30)

    assert "Access-Control-Allow-Origin" not in answer.headers
