"""The database itself keeps postings to the model's moves, and events as they were written."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.model.posting_state import MOVES, PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.events import Stamp, append_event, event
from finance_hooks.store.postings import posting, posting_move

AT = datetime(2026, 11, 6, 3, tzinfo=UTC)
P = PostingState
WAYS: Mapping[PostingState, tuple[PostingState, ...]] = {
    P.PENDING: (),
    P.SENDING: (P.SENDING,),
    P.DELIVERED: (P.SENDING, P.DELIVERED),
    P.BOOKED: (P.BOOKED,),
    P.UNKNOWN: (P.SENDING, P.UNKNOWN),
    P.PARKED: (P.PARKED,),
}
"""How a new posting comes into each state."""


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction over a store with one document."""
    with engine.connect() as connection:
        connection.execute(
            sa.insert(document).values(
                document_key="key",
                source_id="qubz",
                organisation="100",
                document_type="sales_invoice",
                source_document_id="1",
                export_sequence=1,
                content_digest="v1:1",
                received_at=AT,
            )
        )
        yield connection


def insert_posting(connection: sa.Connection, **changes: object) -> None:
    """Insert a posting that holds whatever any state may demand of it."""
    values: dict[str, Any] = {
        "posting_key": "key|books:1|book|1",
        "reference": "QABCDEFGHIJ",
        "document_id": sa.select(document.c.document_id).scalar_subquery(),
        "sync_id": "books_nl",
        "books": "books:1",
        "purpose": "book",
        "n": 1,
        "state": P.PENDING.value,
        "reasons": [{"code": "on_hold"}],
        "content_digest": "v1:1",
        "entry": {"gross": "418.60"},
        "frozen_at": AT,
        "target_entry_id": "id-1",
        "created_at": AT,
    }
    connection.execute(sa.insert(posting).values(**(values | changes)))


def move(connection: sa.Connection, to: PostingState) -> None:
    connection.execute(sa.update(posting).values(state=to.value))


def is_allowed(connection: sa.Connection, origin: PostingState, to: PostingState) -> bool:
    """Try one move on a posting of its own, and take everything back."""
    with connection.begin_nested() as attempt:
        insert_posting(connection)
        for state in WAYS[origin]:
            move(connection, state)
        try:
            move(connection, to)
        except sa.exc.DBAPIError as error:
            assert f"may not move from {origin} to {to}" in str(error)  # noqa: PT017 - the others pass
            return False
        else:
            return True
        finally:
            attempt.rollback()


def test_table_of_moves_is_the_models(connection: sa.Connection) -> None:
    rows = connection.execute(sa.select(posting_move)).all()

    assert {(row.from_state, row.to_state) for row in rows} == MOVES


def test_database_allows_the_models_moves_and_no_other(connection: sa.Connection) -> None:
    allowed = {move for move in permutations(P, 2) if is_allowed(connection, *move)}

    assert allowed == MOVES


@pytest.mark.parametrize("state", sorted(set(P) - {P.PENDING}))
def test_posting_starts_as_pending(connection: sa.Connection, state: PostingState) -> None:
    with pytest.raises(sa.exc.DBAPIError, match=f"starts as pending, not as {state}"):
        insert_posting(connection, state=state.value)


def test_entry_is_frozen_until_it_is_settled(connection: sa.Connection) -> None:
    insert_posting(connection)

    with pytest.raises(sa.exc.DBAPIError, match="is frozen until it is settled"):
        connection.execute(sa.update(posting).values(entry={"gross": "418.61"}))


@pytest.mark.parametrize(
    ("state", "missing"),
    [(P.BOOKED, {"target_entry_id": None}), (P.PARKED, {"reasons": []}), (P.SENDING, {"frozen_at": None})],
)
def test_state_demands_what_explains_it(
    connection: sa.Connection, state: PostingState, missing: dict[str, object]
) -> None:
    insert_posting(connection, **missing)

    with pytest.raises(sa.exc.IntegrityError, match="ck_posting"):
        move(connection, state)


@pytest.mark.parametrize("change", [sa.update(event).values(name="undone"), sa.delete(event)])
def test_event_is_never_changed_nor_deleted(connection: sa.Connection, change: sa.Update | sa.Delete) -> None:
    append_event(connection, "received", Stamp(run_id="run", at=AT))

    with pytest.raises(sa.exc.DBAPIError, match="only ever added"):
        connection.execute(change)
