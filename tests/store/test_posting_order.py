"""The database itself keeps the order of a correction: booked, reversed, booked anew, each once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from finance_hooks.model.keys import Purpose
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.following import Undone, is_gone, undone
from finance_hooks.store.postings import posting

AT = datetime(2026, 11, 6, 3, tzinfo=UTC)
P = PostingState
BOOKS = "books:1"


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction over a store with two documents."""
    with engine.connect() as connection:
        for number in ("1", "2"):
            connection.execute(
                sa.insert(document).values(
                    document_key=number,
                    source_id="qubz",
                    organisation="100",
                    document_type="sales_invoice",
                    source_document_id=number,
                    export_sequence=1,
                    content_digest="v1:1",
                    received_at=AT,
                )
            )
        yield connection


def insert(
    connection: sa.Connection,
    purpose: Purpose,
    n: int,
    follows: int | None = None,
    *,
    number: str = "1",
    books: str = BOOKS,
) -> int:
    """Insert a posting of a document, and return its id."""
    key = f"{number}|{books}|{purpose}|{n}"
    values = {
        "posting_key": key,
        "reference": key,
        "document_id": sa.select(document.c.document_id)
        .where(document.c.document_key == number)
        .scalar_subquery(),
        "sync_id": "books_nl",
        "books": books,
        "purpose": purpose.value,
        "n": n,
        "follows": follows,
        "state": P.PENDING.value,
        "content_digest": "v1:1",
        "entry": {"gross": "1.00"},
        "frozen_at": AT,
        "target_entry_id": f"id-{key}",
        "created_at": AT,
    }
    inserted = connection.execute(sa.insert(posting).values(**values).returning(posting.c.posting_id))
    return int(inserted.scalar_one())


def move(connection: sa.Connection, posting_id: int, to: PostingState) -> None:
    connection.execute(sa.update(posting).where(posting.c.posting_id == posting_id).values(state=to.value))


def booked(connection: sa.Connection, purpose: Purpose, n: int, follows: int | None = None) -> int:
    posting_id = insert(connection, purpose, n, follows)
    move(connection, posting_id, P.BOOKED)
    return posting_id


def test_new_booking_is_sent_only_when_its_reversal_is_booked(connection: sa.Connection) -> None:
    first = booked(connection, Purpose.BOOK, 1)
    reversal = insert(connection, Purpose.REVERSE, 1, first)
    anew = insert(connection, Purpose.BOOK, 2, reversal)

    with pytest.raises(sa.exc.DBAPIError, match="waits until the reversal"), connection.begin_nested():
        move(connection, anew, P.SENDING)
    move(connection, reversal, P.BOOKED)
    move(connection, anew, P.SENDING)


def test_posting_is_followed_once(connection: sa.Connection) -> None:
    first = booked(connection, Purpose.BOOK, 1)
    insert(connection, Purpose.REVERSE, 1, first)

    with pytest.raises(sa.exc.IntegrityError, match="uq_posting_follows"):
        insert(connection, Purpose.REVERSE, 7, first)


def test_only_what_is_booked_is_reversed(connection: sa.Connection) -> None:
    first = insert(connection, Purpose.BOOK, 1)

    with pytest.raises(sa.exc.DBAPIError, match="may not follow"):
        insert(connection, Purpose.REVERSE, 1, first)


def test_booking_follows_another_one_only_when_that_has_gone(connection: sa.Connection) -> None:
    first = booked(connection, Purpose.BOOK, 1)

    with pytest.raises(sa.exc.DBAPIError, match="may not follow"), connection.begin_nested():
        insert(connection, Purpose.BOOK, 2, first)
    connection.execute(sa.update(posting).values(gone_at=AT))
    insert(connection, Purpose.BOOK, 2, first)


@pytest.mark.parametrize(("number", "books"), [("2", BOOKS), ("1", "books:2")])
def test_posting_follows_none_of_another_document_or_other_books(
    connection: sa.Connection, number: str, books: str
) -> None:
    first = booked(connection, Purpose.BOOK, 1)

    with pytest.raises(sa.exc.DBAPIError, match="may not follow"):
        insert(connection, Purpose.REVERSE, 1, first, number=number, books=books)


def test_booking_and_its_reversal_come_to_nothing_once_both_stand(connection: sa.Connection) -> None:
    first = booked(connection, Purpose.BOOK, 1)
    reversal = insert(connection, Purpose.REVERSE, 1, first)
    assert undone(connection, BOOKS) == Undone()

    move(connection, reversal, P.BOOKED)

    names = frozenset({"1|books:1|book|1", "1|books:1|reverse|1"})
    ids = frozenset(f"id-{name}" for name in names)
    assert undone(connection, BOOKS) == Undone(references=names, entry_ids=ids)


@pytest.mark.parametrize("deleted", [Purpose.BOOK, Purpose.REVERSE])
def test_neither_half_of_a_reversed_pair_stands_on_once_the_other_has_gone(
    connection: sa.Connection, deleted: Purpose
) -> None:
    first = booked(connection, Purpose.BOOK, 1)
    reversal = booked(connection, Purpose.REVERSE, 1, first)
    anew = booked(connection, Purpose.BOOK, 2, reversal)
    connection.execute(
        sa.update(posting).where(posting.c.purpose == deleted.value, posting.c.n == 1).values(gone_at=AT)
    )

    for by in (None, AT):
        gone = {
            row.posting_id: row.gone
            for row in connection.execute(sa.select(posting.c.posting_id, is_gone(by).label("gone")))
        }
        assert gone == {first: True, reversal: True, anew: False}
    before = connection.execute(sa.select(sa.func.bool_or(is_gone(AT - timedelta(days=1))))).scalar_one()
    assert before is False
