"""What is not booked is tallied by state and by reason, with what it comes to; nothing is left out unseen."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.store import document_tally
from finance_hooks.store.document_tally import by_reason, by_state
from finance_hooks.store.unprepared import find_unprepared
from tests.store.counting import counted
from tests.store.written_documents import AT, SCOPE, Shelf

ROW = next(row for row in read_administrations() if row.sync_id == "exact_nl")


@pytest.fixture
def shelf(engine: sa.Engine) -> Iterator[Shelf]:
    with engine.begin() as connection:
        yield Shelf(connection=connection)


def test_states_are_tallied_with_their_net_amount_and_what_has_none(shelf: Shelf) -> None:
    shelf.add("booked")
    shelf.add("waits", "pending", not_before=AT)
    shelf.add("invoice", "parked", reason="unit_unknown", refused_on=date(2026, 11, 2))
    shelf.add("credit", "parked", reason="unit_unknown", gross=Decimal("-21.00"))
    shelf.add("unreadable", "parked", reason="unreadable", gross=None, held_at=AT + timedelta(days=1))
    shelf.add("void", "parked", reason="reversed_missing", purpose="reverse", gone_at=AT)
    shelf.add("other", "parked", reason="unit_unknown", sync_id="afas_nl")

    found = by_state(shelf.connection, SCOPE.sync_id)

    assert list(found) == ["parked", "pending"]
    parked = found["parked"]
    assert (parked.documents, parked.gross, parked.unreadable) == (3, Decimal("100.00"), 1)
    assert (parked.held, parked.retriable, parked.since, parked.is_bounded) == (1, 1, AT, False)
    assert (found["pending"].documents, found["pending"].retriable) == (1, 1)


def test_document_counts_once_with_each_of_its_reasons(shelf: Shelf) -> None:
    shelf.run("night", AT - timedelta(days=9))
    shelf.add("one", "parked", reason="unit_unknown unit_unknown vat_disagrees", reasons_since_run="night")
    shelf.add("two", "parked", reason="unit_unknown")
    shelf.add("was", "pending", reason="vat_category")

    found = by_reason(shelf.connection, SCOPE.sync_id)

    assert {code: (one.documents, one.gross) for code, one in found.items()} == {
        "unit_unknown": (2, Decimal("242.00")),
        "vat_disagrees": (1, Decimal("121.00")),
    }
    assert list(found) == ["unit_unknown", "vat_disagrees"]
    assert found["unit_unknown"].since == AT - timedelta(days=9)


def test_more_than_are_tallied_is_said(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_tally, "MOST", 2)
    for number in range(4):
        shelf.add(str(number), "parked", reason="unit_unknown")

    found = by_state(shelf.connection, SCOPE.sync_id)

    assert (found["parked"].documents, found["parked"].is_bounded) == (3, True)


def test_tallies_take_one_statement_each_however_many_documents_there_are(
    engine: sa.Engine, shelf: Shelf
) -> None:
    for number in range(60):
        shelf.add(str(number), "parked", reason="unit_unknown vat_disagrees")

    with counted(engine) as made:
        by_state(shelf.connection, SCOPE.sync_id)
        by_reason(shelf.connection, SCOPE.sync_id)

    assert len(made.statements) == 2


def test_document_that_no_run_has_prepared_is_named_and_no_other(shelf: Shelf) -> None:
    assert ROW.administration is not None
    day = ROW.administration.starts_on
    shelf.receive("new", document_date=day)
    shelf.receive("undated", document_date=None)
    shelf.receive("before the start", document_date=day - timedelta(days=1))
    shelf.receive("taken back", document_date=day, withdrawn_at=AT)
    shelf.receive("of others", document_date=day, organisation="999")
    shelf.post(shelf.receive("prepared", document_date=day), books=ROW.administration.books)

    found = find_unprepared(shelf.connection, [ROW.administration], limit=10)

    assert [(one.sync_id, one.document_number) for one in found] == [
        ("exact_nl", "undated"),
        ("exact_nl", "new"),
    ]
    (asked,) = find_unprepared(shelf.connection, [ROW.administration], number=" NEW ", limit=10)
    assert (asked.document_number, asked.gross, asked.received_at) == ("new", Decimal("121.00"), AT)
    assert len(find_unprepared(shelf.connection, [ROW.administration], limit=1)) == 1
    assert find_unprepared(shelf.connection, [], limit=10) == []
