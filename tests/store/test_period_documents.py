"""Journals and periods are found, and their documents paged, without reading all that is booked."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from finance_hooks.model.entry import Period
from finance_hooks.store.engine import store_engine
from finance_hooks.store.events import Stamp
from finance_hooks.store.findings import FindingKind, note_finding
from finance_hooks.store.last_bookings import last_bookings
from finance_hooks.store.period_documents import Cursor, Place, read_differing, read_period_documents
from finance_hooks.store.proof import Standing
from tests.store.counting import Counted, counted, plan_of
from tests.store.many_postings import BEGAN, book_many

POSTINGS = 200_000
OTHERS = tuple(f"other_{n}" for n in range(5))
PLACE = Place(sync_id="exact_nl", journal="70", period=Period(fiscal_year=2026, number=12))


@pytest.fixture(scope="module")
def full(module_store_url: str) -> Iterator[sa.Engine]:
    engine = store_engine(module_store_url)
    book_many(engine, POSTINGS, "exact_nl")
    book_many(engine, 100, *OTHERS)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(full: sa.Engine) -> Iterator[sa.Connection]:
    """Return a connection whose changes are forgotten."""
    with full.connect() as opened:
        yield opened


def cursor_of(last: Standing) -> Cursor:
    return Cursor(booked_at=last.booked_at, posting_id=last.posting_id)


def test_last_booking_of_every_journal_and_period_is_found(connection: sa.Connection) -> None:
    found = {(one.period, one.journal): one.booked_at for one in last_bookings(connection, ["exact_nl"])}

    assert len(found) == 48
    assert {period.fiscal_year for period, _ in found} == {2025, 2026}
    newest = connection.execute(sa.text("SELECT max(booked_at) FROM posting WHERE sync_id = 'exact_nl'"))
    assert max(found.values()) == newest.scalar_one()


def test_last_bookings_take_one_statement_and_an_index_whatever_the_number_of_administrations(
    connection: sa.Connection,
) -> None:
    with counted(connection) as one:
        last_bookings(connection, ["exact_nl"])
    with counted(connection) as many:
        found = last_bookings(connection, ["exact_nl", *OTHERS])

    assert (len(one.statements), len(many.statements)) == (1, 1)
    assert {found_one.sync_id for found_one in found} == {"exact_nl", *OTHERS}
    assert looks_in_index(connection, many, "ix_posting_place")


def test_place_in_which_nothing_is_booked_yet_is_no_place(connection: sa.Connection) -> None:
    taken = "UPDATE posting SET booked_at = NULL WHERE sync_id = 'other_0' AND fiscal_year = 2026"
    connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
    connection.execute(sa.text(taken))

    assert {one.period.fiscal_year for one in last_bookings(connection, ["other_0"])} == {2025}


def test_pages_show_every_document_once_newest_first(connection: sa.Connection) -> None:
    seen: list[Standing] = []
    page = read_period_documents(connection, PLACE, limit=1000)
    while page:
        seen += page
        page = read_period_documents(connection, PLACE, cursor_of(page[-1]), limit=1000)

    booked = [one.booked_at for one in seen if one.booked_at]
    assert booked == sorted(booked, reverse=True)
    assert len({one.posting_id for one in seen}) == len(seen) == POSTINGS // 48


def test_what_is_not_booked_comes_first_and_is_paged_too(connection: sa.Connection) -> None:
    connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
    first = read_period_documents(connection, PLACE, limit=5)
    opened = sorted((one.posting_id for one in first[1:4]), reverse=True)
    connection.execute(
        sa.text("UPDATE posting SET booked_at = NULL, state = 'unknown' WHERE posting_id = ANY(:ids)"),
        {"ids": opened},
    )

    one = read_period_documents(connection, PLACE, limit=2)
    two = read_period_documents(connection, PLACE, cursor_of(one[-1]), limit=2)

    assert [each.posting_id for each in (*one, *two)] == [*opened, first[0].posting_id]


def test_page_deep_in_a_large_period_comes_from_the_index(connection: sa.Connection) -> None:
    after = Cursor(booked_at=BEGAN + timedelta(days=1), posting_id=POSTINGS)
    with counted(connection) as made:
        page = read_period_documents(connection, PLACE, after)

    assert len(page) == 50
    assert len(made.statements) == 1
    assert looks_in_index(connection, made, "ix_posting_place")


def test_what_differs_in_a_place_is_named_and_what_is_settled_or_elsewhere_is_not(
    connection: sa.Connection,
) -> None:
    here = read_period_documents(connection, PLACE, limit=2)
    elsewhere = read_period_documents(
        connection, Place(sync_id="exact_nl", journal="60", period=PLACE.period), limit=1
    )
    stamp = Stamp(run_id="night", at=BEGAN)
    for standing in (*here, *elsewhere):
        note_finding(
            connection, FindingKind.MISSING_IN_BOOKS, standing.posting_id, subject="x", detail={}, stamp=stamp
        )
    settled = "UPDATE finding SET settled_at = now() WHERE posting_id = :id"
    connection.execute(sa.text(settled), {"id": here[1].posting_id})

    (found,) = read_differing(connection, PLACE)

    assert (found.kind, found.reference) == ("missing_in_books", here[0].reference)
    assert found.document == here[0].document


def looks_in_index(connection: sa.Connection, made: Counted, index: str) -> bool:
    """Say whether a statement reads postings by this index and nowhere from end to end."""
    plan = plan_of(connection, made)
    return index in plan and "Seq Scan on posting" not in plan
