"""Which rows recent documents used is counted by what the rows said, within a window that is stated."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from finance_hooks.store import mapping_use
from finance_hooks.store.mapping_use import Window, count_booked_by, row_use
from tests.store.mapped import BOOKS, ORGANISATION, SOURCE_ID, Shelf

TODAY = date(2026, 11, 29)
WINDOW = Window(
    source_id=SOURCE_ID,
    organisation=ORGANISATION,
    books=BOOKS,
    dated_from=TODAY - timedelta(days=90),
    dated_until=TODAY,
)


@pytest.fixture
def shelf(engine: sa.Engine) -> Shelf:
    return Shelf(engine)


def test_row_is_counted_by_what_it_said_wherever_it_stood(shelf: Shelf) -> None:
    shelf.book(["a", "b"])
    shelf.book(["b", "c"], state="pending")
    shelf.book(["a"], document_date=TODAY - timedelta(days=91))
    shelf.book(["a"], organisation="200")

    with shelf.engine.connect() as connection:
        use = row_use(connection, WINDOW)

    assert use.by_row == {"a": 1, "b": 2, "c": 1}
    assert (use.documents, use.oldest, use.is_cut) == (2, date(2026, 11, 1), False)


def test_window_without_documents_has_no_oldest(shelf: Shelf) -> None:
    with shelf.engine.connect() as connection:
        use = row_use(connection, WINDOW)

    assert (use.documents, use.oldest, use.by_row) == (0, None, {})


def test_only_the_newest_documents_are_looked_at_and_that_is_said(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping_use, "DOCUMENTS_MAX", 2)
    for days in range(4):
        shelf.book([f"row {days}"], document_date=TODAY - timedelta(days=days))

    with shelf.engine.connect() as connection:
        use = row_use(connection, WINDOW)

    assert (use.documents, use.is_cut, use.oldest) == (2, True, TODAY - timedelta(days=1))
    assert set(use.by_row) == {"row 0", "row 1"}


def test_bookings_that_used_any_of_some_rows_are_counted_once(shelf: Shelf) -> None:
    shelf.book(["a", "b"])
    shelf.book(["b"])
    shelf.book(["a"], state="pending")
    shelf.book(["c"])

    with shelf.engine.connect() as connection:
        assert count_booked_by(connection, WINDOW, ["a", "b"]) == 2
        assert count_booked_by(connection, replace(WINDOW, books="other"), ["a", "b"]) == 0
        assert count_booked_by(connection, WINDOW, []) == 0
