"""Documents that arrive together are stored as if they had come one after the other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from finance_hooks.model.document import DocumentType
from finance_hooks.model.keys import DocumentKey
from finance_hooks.store.arrival import Arrival
from finance_hooks.store.arrivals import receive
from finance_hooks.store.engine import store_engine
from finance_hooks.store.events import Stamp

AT = Stamp(run_id="night", at=datetime(2026, 11, 2, 3, 0, tzinfo=UTC))
KEY = DocumentKey(
    source_id="qubz",
    organisation="100",
    document_type=DocumentType.SALES_INVOICE,
    source_document_id="1",
    export_sequence=1,
)


def arrival(source_document_id: str, number: str | None, *, export_sequence: int = 1) -> Arrival:
    return Arrival(
        key=replace(KEY, source_document_id=source_document_id, export_sequence=export_sequence),
        resource="salesinvoices",
        number=number,
        party=None,
        document_date=date(2026, 11, 1),
        gross=Decimal("121.00"),
        content_digest=f"digest of {source_document_id}, {export_sequence}",
        body=b"{}",
        changed_at=None,
    )


@pytest.fixture
def engine(store_url: str) -> Iterator[sa.Engine]:
    made = store_engine(store_url)
    yield made
    made.dispose()


def store(engine: sa.Engine, *arriving: Arrival) -> int:
    with engine.begin() as connection:
        return receive(connection, arriving, AT)


def stored(engine: sa.Engine) -> dict[str, tuple[str | None, str | None]]:
    """Return of every document whose number it has reused and why it is withdrawn."""
    chosen = """
        SELECT d.document_key, holder.source_document_id AS holder, d.withdrawn_why
        FROM document d LEFT JOIN document holder ON holder.document_id = d.number_reused_of
    """
    with engine.connect() as connection:
        return {
            row.document_key: (row.holder, row.withdrawn_why) for row in connection.execute(sa.text(chosen))
        }


def test_every_new_document_is_stored_with_its_version(engine: sa.Engine) -> None:
    assert store(engine, *(arrival(str(number), f"F{number}") for number in range(50))) == 50

    with engine.connect() as connection:
        versions = connection.execute(sa.text("SELECT count(*) FROM document_version")).scalar_one()
    assert len(stored(engine)) == versions == 50


def test_of_two_with_one_number_the_first_has_it(engine: sa.Engine) -> None:
    first, second, other = arrival("1", "F1"), arrival("2", "F1"), arrival("3", "F3")

    assert store(engine, first, second, other) == 3

    assert stored(engine) == {
        str(first.key): (None, None),
        str(second.key): ("1", None),
        str(other.key): (None, None),
    }


def test_number_that_the_store_knows_is_marked_as_reused(engine: sa.Engine) -> None:
    first, second = arrival("1", "F1"), arrival("2", "F1")

    store(engine, first)
    store(engine, second)

    assert stored(engine)[str(second.key)] == ("1", None)


def test_later_export_replaces_the_earlier_one_of_the_same_batch(engine: sa.Engine) -> None:
    earlier, later = arrival("1", "F1"), arrival("1", "F1", export_sequence=2)

    assert store(engine, earlier, later) == 2

    assert stored(engine) == {
        str(earlier.key): (None, f"replaced by {later.key}"),
        str(later.key): (None, None),
    }


def test_document_that_is_shown_twice_is_stored_once(engine: sa.Engine) -> None:
    assert store(engine, arrival("1", "F1"), arrival("1", "F1"), arrival("2", None)) == 2
    assert store(engine, arrival("1", "F1")) == 0

    assert len(stored(engine)) == 2


def test_new_documents_need_as_many_statements_as_one(engine: sa.Engine) -> None:
    said: list[str] = []
    sa.event.listen(
        engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: said.append(statement)
    )

    store(engine, arrival("0", "F0"))
    for_one = len(said)
    store(engine, *(arrival(str(number), f"F{number}") for number in range(1, 101)))

    assert len(said) == 2 * for_one
