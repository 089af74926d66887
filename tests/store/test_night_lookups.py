"""What a night asks of the store is answered from indexes, however much is booked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command

from finance_hooks.store import migrate
from finance_hooks.store.arrivals import receive
from finance_hooks.store.corrections import changed_after_booking
from finance_hooks.store.documents import read_unnamed
from finance_hooks.store.engine import store_engine
from finance_hooks.store.events import Stamp
from finance_hooks.store.first_arrivals import receive_first
from finance_hooks.store.scope import without_posting
from tests.integration.chain.offering import administration
from tests.store.counting import Counted, counted, plan_of
from tests.store.many_postings import book_many
from tests.store.test_arrivals import AT, arrival

LATER = Stamp(run_id="later", at=AT.at + timedelta(days=1))
BOOKS = "link"


@pytest.fixture
def booked(engine: sa.Engine) -> sa.Engine:
    book_many(engine, 5_000, BOOKS)
    return engine


def asked(engine: sa.Engine, act: Callable[[sa.Connection], object]) -> str:
    """Return how PostgreSQL goes about the first thing that an act asks."""
    with engine.begin() as connection:
        # All of these few rows are soon read; whether an index has what is asked shows without that way.
        connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        with counted(connection) as made:
            act(connection)
        return plan_of(connection, Counted(statements=made.statements[:1]))


def test_changes_after_booking_are_sought_among_what_came_again(booked: sa.Engine) -> None:
    plan = asked(booked, lambda connection: changed_after_booking(connection, BOOKS))

    assert "ix_document_revised" in plan
    assert "Seq Scan on posting" not in plan


def test_documents_without_a_type_are_found_by_an_index_of_their_own(booked: sa.Engine) -> None:
    plan = asked(booked, lambda connection: list(read_unnamed(connection, "qubz", "100")))

    assert "ix_document_unnamed" in plan


def test_the_postings_that_documents_have_are_read_from_an_index_alone(booked: sa.Engine) -> None:
    link = replace(administration("exact_nl"), starts_on=date(2024, 1, 1))

    plan = asked(booked, lambda connection: connection.execute(without_posting(link, "qubz")).all())

    assert "Index Only Scan using ix_posting_books_state" in plan


def test_numbers_of_arriving_documents_are_looked_up_one_by_one(booked: sa.Engine) -> None:
    arriving = [arrival(str(number), f"new-{number}") for number in range(10_000, 10_003)]

    with booked.begin() as connection, counted(connection) as made:
        receive_first(connection, arriving, AT)
        (numbers,) = (one for one in made.statements if "number_reused_of IS NULL" in one[0])

    with booked.begin() as connection:
        assert "ix_document_number" in plan_of(connection, Counted(statements=[numbers]))


def test_a_document_that_comes_again_otherwise_is_known_as_revised(engine: sa.Engine) -> None:
    first, same = arrival("1", "A"), arrival("2", "B")
    with engine.begin() as connection:
        receive(connection, [first, same], AT)

    with engine.begin() as connection:
        receive(connection, [replace(first, content_digest="other"), same], LATER)

    assert revised(engine) == {"1": LATER.at, "2": None}


def test_migrating_knows_what_came_again_before(engine: sa.Engine, store_url: str) -> None:
    first, same = arrival("1", "A"), arrival("2", "B")
    with engine.begin() as connection:
        receive(connection, [first, same], AT)
        receive(connection, [replace(first, content_digest="other")], LATER)
    with engine.begin() as connection:
        command.downgrade(migrate.alembic_config(connection), "0020")
    engine.dispose()

    migrate.upgrade(store_url)

    again = store_engine(store_url)
    assert revised(again) == {"1": LATER.at, "2": None}


def revised(engine: sa.Engine) -> dict[str, datetime | None]:
    chosen = sa.text("SELECT source_document_id, revised_at FROM document")
    with engine.connect() as connection:
        rows = connection.execute(chosen).all()
    return {row.source_document_id: row.revised_at and row.revised_at.astimezone(UTC) for row in rows}
