"""What parks documents for want of a mapping row is counted once for each document."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from finance_hooks.model.document import DocumentType
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.store.mapping_gaps import NOTHING, Gaps, find_gaps, held_up
from finance_hooks.store.mapping_waiting import parked_for
from tests.store.mapped import CAME, Shelf, reason

WANTED = Gaps(
    codes=frozenset({ReasonCode.LEDGER_ACCOUNT_UNMAPPED, ReasonCode.PARTY_UNMAPPED}),
    sides={
        DocumentType.SALES_INVOICE: "debtor",
        DocumentType.SALES_CREDIT_NOTE: "debtor",
        DocumentType.PURCHASE_INVOICE: "creditor",
    },
)
ACCOUNT = reason(ReasonCode.LEDGER_ACCOUNT_UNMAPPED, "ledger_account", "8000", "on 2026-11-01")
SAME_ACCOUNT = reason(ReasonCode.LEDGER_ACCOUNT_UNMAPPED, "ledger_account", "8000", "on 2026-11-02")
PARTY = reason(ReasonCode.PARTY_UNMAPPED, "party", "10045")
CLOSED = reason(ReasonCode.PERIOD_CLOSED, "period", "2026-10")


@pytest.fixture
def shelf(engine: sa.Engine) -> Shelf:
    return Shelf(engine)


def test_code_says_how_many_documents_it_holds_up_and_since_when(shelf: Shelf) -> None:
    earlier = CAME - timedelta(days=3)
    shelf.park(ACCOUNT, SAME_ACCOUNT, CLOSED, gross=Decimal("121.00"))
    shelf.park(ACCOUNT, gross=Decimal("-21.00"), created_at=earlier, document_date=date(2026, 10, 1))
    shelf.park(ACCOUNT, gross=None)

    with shelf.engine.connect() as connection:
        _, (gap,) = find_gaps(connection, "books_nl", WANTED)

    assert (gap.code, gap.field, gap.value) == (
        ReasonCode.LEDGER_ACCOUNT_UNMAPPED,
        "ledger_account",
        "8000",
    )
    assert (gap.documents, gap.gross, gap.unread) == (3, Decimal("142.00"), 1)
    assert (gap.since, gap.dated_from, gap.dated_until) == (earlier, date(2026, 10, 1), date(2026, 11, 1))


def test_codes_are_told_apart_by_side_and_the_worst_comes_first(shelf: Shelf) -> None:
    shelf.park(PARTY)
    shelf.park(PARTY, document_type="sales_credit_note")
    shelf.park(PARTY, ACCOUNT, document_type="purchase_invoice")
    shelf.park(PARTY, document_type="memorial")

    with shelf.engine.connect() as connection:
        found = [(gap.value, gap.side, gap.documents) for gap in find_gaps(connection, "books_nl", WANTED)[1]]

    assert found[0] == ("10045", "debtor", 2)
    assert set(found[1:]) == {("8000", "creditor", 1), ("10045", "creditor", 1), ("10045", "", 1)}


def test_what_is_held_up_counts_a_document_once_whatever_it_lacks(shelf: Shelf) -> None:
    shelf.park(ACCOUNT, PARTY)
    shelf.park(ACCOUNT)
    shelf.park(CLOSED)
    shelf.park(ACCOUNT, sync_id="other")
    shelf.park(ACCOUNT, gone_at=CAME)
    shelf.book(["x"], state="pending")

    with shelf.engine.connect() as connection:
        found = held_up(connection, ["books_nl", "other", "third"], WANTED)
        alone = [find_gaps(connection, sync_id, WANTED)[0] for sync_id in ("books_nl", "third")]

    mine = found["books_nl"]
    assert (mine.gaps, mine.documents, mine.gross, mine.unread) == (2, 2, Decimal(200), 0)
    assert not mine.is_cut
    assert found.keys() == {"books_nl", "other"}
    assert alone == [mine, NOTHING]


def test_more_than_is_looked_at_is_said(shelf: Shelf) -> None:
    for _ in range(3):
        shelf.park(ACCOUNT)

    with shelf.engine.connect() as connection:
        assert held_up(connection, ["books_nl"], WANTED, most=2)["books_nl"].is_cut
        assert not held_up(connection, ["books_nl"], WANTED, most=3)["books_nl"].is_cut


def test_documents_that_wait_for_a_row_come_with_all_their_reasons(shelf: Shelf) -> None:
    first = shelf.park(ACCOUNT, CLOSED)
    shelf.park(CLOSED)
    second = shelf.park(PARTY, document_type="purchase_invoice")

    with shelf.engine.connect() as connection:
        found = parked_for(connection, "books_nl", WANTED)

    assert [(one.posting_id, one.side, len(one.reasons)) for one in found] == [
        (first, "debtor", 2),
        (second, "creditor", 1),
    ]
    assert found[0].gross == Decimal(100)
