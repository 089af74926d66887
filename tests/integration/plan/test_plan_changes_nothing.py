"""A plan writes nothing: not in the store, not in the source, not in the books."""

from typing import Any

import pytest
import requests
import sqlalchemy as sa

from finance_hooks.store.engine import reading_only
from finance_hooks.transport.answer import NeverSent
from tests.integration.chain.chain import Chain
from tests.integration.plan.comparing import Comparison

COUNTS_OF_CALLS = {"lease", "budget", "token"}
"""What is written for calls that are really made: who may make them, how many there were, tokens."""


def everything(chain: Chain) -> dict[str, Any]:
    """Return all rows of the store, all documents of the source and all bookings of the package."""
    with chain.engine.begin() as connection:
        tables = set(sa.inspect(connection).get_table_names()) - COUNTS_OF_CALLS
        stored = {
            table: sorted(connection.scalars(sa.text(f"SELECT t::text FROM {table} t")))  # noqa: S608
            for table in tables
        }
    source = {resource: dict(rows) for resource, rows in chain.source_emulator.documents.rows.items()}
    return {"store": stored, "source": str(source), "books": chain.bench.books()}


def test_plan_changes_neither_store_nor_source_nor_books(each: Comparison) -> None:
    chain = each.chain
    chain.generate(12, bad_share=0.1)
    each.plan()
    each.night("first")
    chain.generate(6, seed=2)
    kept = dict(chain.bench.cache.kept)
    before, posted = everything(chain), chain.bench.posting_calls()

    plan = each.plan()

    assert len(plan.planned) > 12
    assert everything(chain) == before
    assert chain.bench.posting_calls() == posted
    assert chain.bench.cache.kept == kept
    assert {call["method"] for call in chain.source_emulator.calls.since(None)} == {"GET"}


def test_plan_before_the_first_night_leaves_store_and_cache_empty(exact: Comparison) -> None:
    exact.chain.generate(5)
    before = everything(exact.chain)

    exact.plan()

    assert everything(exact.chain) == before
    assert exact.chain.bench.cache.kept == {}


def test_store_of_a_plan_refuses_to_be_written_to(exact: Comparison) -> None:
    engine = reading_only(exact.chain.engine)

    with pytest.raises(sa.exc.InternalError, match="read-only"), engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM watermark"))


def test_way_out_of_a_plan_refuses_what_changes_books(exact: Comparison) -> None:
    refusals: list[object] = []

    def post(_hook: object, lease: Any) -> dict[str, int]:
        hook = exact.planner.hook(lease, exact.chain.bench.cache)
        request = requests.Request("POST", hook.connection.base_url)
        refusals.append(hook.transport.send(request, changes_books=True, timeout_s=1))
        return {}

    exact.chain.with_books(post)

    [refusal] = refusals
    assert isinstance(refusal, NeverSent)
    assert "stopped" in refusal.why
