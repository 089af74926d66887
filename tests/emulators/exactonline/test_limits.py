"""Calls per minute and day, client errors per hour, and their headers."""

import pytest

from emulators.exactonline.limits import PER_DAY
from tests.emulators.exactonline_client import ExactClient

DAY = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
MINUTE = tuple(name.replace("RateLimit-", "RateLimit-Minutely-") for name in DAY)


@pytest.fixture
def limited(stranger: ExactClient) -> ExactClient:
    """A client with the vendor's limits."""
    return stranger.authorise()


def test_every_answer_of_a_division_carries_both_families(limited: ExactClient) -> None:
    answer = limited.get("hrm/Costcenters", top=1)

    assert {name: answer.headers[name] for name in DAY + MINUTE} == {
        "X-RateLimit-Limit": "5000",
        "X-RateLimit-Remaining": "4999",
        "X-RateLimit-Reset": "1794009600000",
        "X-RateLimit-Minutely-Limit": "60",
        "X-RateLimit-Minutely-Remaining": "59",
        "X-RateLimit-Minutely-Reset": "1793934060000",
    }


def test_calls_without_a_division_are_not_counted(limited: ExactClient) -> None:
    answer = limited.session.get(f"{limited.base}/api/v1/current/Me", timeout=5)

    assert "X-RateLimit-Limit" not in answer.headers


def test_full_minute_answers_429_with_its_own_headers_only(limited: ExactClient) -> None:
    statuses = [limited.get("hrm/Costcenters", top=1).status_code for _ in range(60)]

    refused = limited.get("hrm/Costcenters", top=1)
    limited.advance(60)
    later = limited.get("hrm/Costcenters", top=1)

    assert set(statuses) == {200}
    assert (refused.status_code, refused.text) == (429, "")
    assert refused.headers["X-RateLimit-Minutely-Remaining"] == "0"
    assert not any(name in refused.headers for name in DAY)
    assert later.status_code == 200


def test_full_day_answers_429_with_its_own_headers_only(limited: ExactClient) -> None:
    now = limited.emulator.clock.now()
    for minute in range(PER_DAY // 50):
        moment = now.replace(hour=minute // 60, minute=minute % 60)
        for _ in range(50):
            limited.emulator.limits.take(limited.client_id, limited.division, moment, 1.0)

    refused = limited.get("hrm/Costcenters", top=1)

    assert refused.status_code == 429
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert not any(name in refused.headers for name in MINUTE)


def test_divisions_are_counted_apart(limited: ExactClient) -> None:
    limited.get("hrm/Costcenters", top=1)
    limited.division = 1234568

    answer = limited.get("hrm/Costcenters", top=1)

    assert answer.headers["X-RateLimit-Remaining"] == "4999"


@pytest.mark.parametrize("status", [429, 403])
def test_eleventh_client_error_closes_the_endpoint_for_an_hour(limited: ExactClient, status: int) -> None:
    limited.switch(error_limit_status=status)
    errors = [limited.get("hrm/Costcenters", filter="X eq 1").status_code for _ in range(11)]

    closed = limited.get("hrm/Costcenters", top=1)
    elsewhere = limited.get("hrm/Costunits", top=1)
    limited.advance(3600)
    limited.use(limited.refresh().json())
    reopened = limited.get("hrm/Costcenters", top=1)

    assert set(errors) == {400}
    assert closed.status_code == status
    assert int(closed.headers["X-RateLimit-Minutely-Remaining"]) > 0
    assert (elsewhere.status_code, reopened.status_code) == (200, 200)


def test_validation_is_no_client_error(limited: ExactClient) -> None:
    statuses = [limited.sale("10045", []).status_code for _ in range(12)]

    assert statuses == [500] * 12


def test_limits_can_be_switched_off(limited: ExactClient) -> None:
    limited.control("limits", {"scale": 0})

    answers = [limited.get("hrm/Costcenters", top=1) for _ in range(70)]

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers[DAY[1]] for answer in answers} == {str(PER_DAY)}
