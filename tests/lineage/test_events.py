"""Events of assets say how much a run touched, and of what."""

import hashlib
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from airflow.sdk import Asset
from airflow.sdk.definitions.context import Context
from airflow.sdk.execution_time.context import OutletEventAccessors

from finance_hooks.operators.lineage import books_assets, source_assets
from finance_hooks.operators.lineage_events import tell_moved, tell_stored
from tests.integration.chain.chain import SOURCE_ID, Chain
from tests.integration.chain.dollars import issue_dollars
from tests.integration.chain.offering import administration

COUNT = 12
UNTOUCHED = {"booked": 0, "already_booked": 0, "parked": 0, "waiting": 0, "unknown": 0, "digest": None}


def extras(context: Context, assets: Mapping[str, Asset]) -> dict[str, Any]:
    return {resource: context["outlet_events"][asset].extra for resource, asset in assets.items()}


def totals(told: Mapping[str, Any]) -> dict[str, int]:
    names = [name for name in next(iter(told.values())) if name != "digest"]
    return {name: sum(extra[name] for extra in told.values()) for name in names}


def stored_extras(chain: Chain, context: Context, run_id: str) -> dict[str, Any]:
    tell_stored(context, chain.work(run_id), SOURCE_ID)
    return extras(context, source_assets(chain.administration))


def moved_extras(chain: Chain, context: Context, run_id: str) -> dict[str, Any]:
    tell_moved(context, chain.work(run_id))
    return extras(context, books_assets(chain.administration))


def test_source_tells_how_many_documents_of_each_kind_were_stored(chain: Chain, context: Context) -> None:
    chain.generate(COUNT)
    chain.prepare("first")

    told = stored_extras(chain, context, "first")

    with chain.engine.begin() as connection:
        rows = connection.execute(
            sa.text("SELECT resource, count(*) AS n FROM document_version GROUP BY resource")
        )
        stored = {row.resource: row.n for row in rows}
    assert {resource: extra["stored"] for resource, extra in told.items() if extra["stored"]} == stored
    assert totals(told) == {"stored": COUNT, "vanished": 0}


def test_digest_can_be_computed_again_from_keys_and_contents(chain: Chain, context: Context) -> None:
    chain.generate(COUNT)
    chain.prepare("first")

    told = stored_extras(chain, context, "first")

    chosen = "SELECT resource, document_key, content_digest FROM document JOIN document_version"
    with chain.engine.begin() as connection:
        rows = connection.execute(sa.text(f"{chosen} USING (document_id, content_digest)")).all()
    for resource, extra in told.items():
        lines = sorted(
            f"{row.document_key} {row.content_digest}\n" for row in rows if row.resource == resource
        )
        digest = hashlib.sha256("".join(lines).encode()).hexdigest()
        assert extra["digest"] == (f"v1:{digest}" if lines else None)


def test_run_that_stores_nothing_new_says_so(chain: Chain, context: Context) -> None:
    chain.generate(COUNT)
    chain.prepare("first")
    chain.prepare("second")

    told = stored_extras(chain, context, "second")

    assert all(extra == {"stored": 0, "vanished": 0, "digest": None} for extra in told.values())


def test_books_tell_what_was_booked_and_what_was_parked(chain: Chain, context: Context) -> None:
    chain.generate(COUNT)
    chain.night("first")
    issue_dollars(chain, ["100.00"], rate="0")
    chain.night("second")

    first = moved_extras(chain, context, "first")
    second = moved_extras(chain, Context(outlet_events=OutletEventAccessors()), "second")

    assert totals(first) == {
        "booked": COUNT,
        "already_booked": 0,
        "parked": 0,
        "waiting": 0,
        "unknown": 0,
    }
    assert second["salesinvoices"]["parked"] == 1
    assert second["purchaseinvoices"] == UNTOUCHED


def test_night_without_anything_new_touches_nothing(chain: Chain, context: Context) -> None:
    chain.generate(COUNT)
    chain.night("first")
    chain.night("second")

    told = moved_extras(chain, context, "second")

    assert all(extra == UNTOUCHED for extra in told.values())


def test_what_was_found_in_the_books_is_not_told_as_booked(chain: Chain, context: Context) -> None:
    chain.generate(COUNT)
    chain.night("first")
    chain.forget_documents()
    chain.night("second")

    told = totals(moved_extras(chain, context, "second"))

    assert (told["booked"], told["already_booked"]) == (0, COUNT)


def test_same_run_id_of_another_administration_is_not_counted(chain: Chain, context: Context) -> None:
    chain.generate(COUNT)
    chain.night("first")
    chain.administration = administration("exact_be")

    stored, moved = stored_extras(chain, context, "first"), moved_extras(chain, context, "first")

    assert totals(stored)["stored"] == 0
    assert totals(moved)["booked"] == 0
