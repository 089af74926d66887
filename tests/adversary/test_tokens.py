"""Workers share one grant through bad hours: nothing that could be saved is lost, nobody asks too often."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from adversary.tokens_rules import NO_GRANT_IS_LOST, NOT_TOO_OFTEN, ONE_ALERT, Rule
from adversary.tokens_simulation import Outcome, simulate
from adversary.tokens_vendors import VENDORS
from finance_hooks.transport.oauth import OAuthEndpoints, TokenRefusal

WORKERS = 10
STORMY_S = 2 * 3600
SEEDS = (2, 3)
SEVERITY = 2.0
Simulating = Callable[..., Outcome]


@pytest.fixture(scope="module")
def store(module_store_url: str) -> Iterator[sa.Engine]:
    engine = sa.create_engine(module_store_url, connect_args={"options": "-c synchronous_commit=off"})
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def simulating(store: sa.Engine) -> Simulating:
    def run(package: str, **settings: object) -> Outcome:
        with store.begin() as connection:
            connection.execute(sa.text("TRUNCATE token, lease"))
        return simulate(store, package, stormy_s=STORMY_S, workers=WORKERS, severity=SEVERITY, **settings)  # type: ignore[arg-type]

    return run


@pytest.fixture(scope="module", params=[f"{package} {seed}" for package in VENDORS for seed in SEEDS])
def outcome(request: pytest.FixtureRequest, simulating: Simulating) -> Outcome:
    package, _, seed = request.param.partition(" ")
    return simulating(package, seed=int(seed))


def test_the_hours_are_bad_and_tokens_are_needed_in_them(outcome: Outcome) -> None:
    assert outcome.counts["tokens handed out"] > WORKERS
    assert outcome.counts["refreshes"] > 1
    assert outcome.harms["consents withdrawn behind our back"] == 1
    assert sum(outcome.harms.values()) > 10


def test_no_grant_that_could_be_saved_is_lost(outcome: Outcome) -> None:
    assert outcome.broken.keys() & NO_GRANT_IS_LOST == set()


def test_no_refresh_comes_sooner_or_more_often_than_allowed(outcome: Outcome) -> None:
    assert outcome.broken.keys() & NOT_TOO_OFTEN == set()


def test_grant_that_is_gone_alerts_once_and_says_what_to_do(outcome: Outcome) -> None:
    assert outcome.broken.keys() & ONE_ALERT == set()
    assert outcome.counts["alerts"] >= 1


def test_no_worker_is_given_a_token_that_the_vendor_refuses(outcome: Outcome) -> None:
    assert Rule.REFUSED not in outcome.broken


def test_no_token_stands_in_the_store_in_clear(outcome: Outcome, store: sa.Engine) -> None:
    dumped = dump(store)

    assert "grant:" in dumped
    assert [secret for secret in outcome.secrets if secret in dumped] == []


def test_one_seed_is_one_story(simulating: Simulating) -> None:
    first, again = (simulating("accountview", seed=2) for _ in range(2))

    assert (first.counts, first.harms) == (again.counts, again.harms)


def test_product_that_does_not_know_the_minimum_age_is_caught(simulating: Simulating) -> None:
    def forget(endpoints: OAuthEndpoints) -> OAuthEndpoints:
        return replace(endpoints, minimum_age_s=0)

    assert Rule.TOO_EARLY in simulating("exactonline", seed=2, declare=forget).broken


def test_product_that_gives_a_grant_up_too_soon_is_caught(simulating: Simulating) -> None:
    def despair(endpoints: OAuthEndpoints) -> OAuthEndpoints:
        return replace(endpoints, judge_refusal=lambda _answer: TokenRefusal.NEEDS_CONSENT)

    assert Rule.CALLED_GONE in simulating("exactonline", seed=2, declare=despair).broken


def dump(store: sa.Engine) -> str:
    """Return every row of every table as text."""
    with store.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        rows = [
            connection.execute(sa.text(f'SELECT "{name}"::text FROM "{name}"')).scalars()  # noqa: S608
            for name in tables
        ]
        return "\n".join(row for each in rows for row in each)
