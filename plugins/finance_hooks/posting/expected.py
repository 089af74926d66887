"""Say what the books should have of one posting, so that all postings of a document add up to it."""

from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.keys import Purpose
from finance_hooks.model.money import ZERO
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.proof import Standing


def expected_gross(standing: Standing) -> Decimal:
    """Return what the books should have of a posting in their currency.

    A booking that counts is held against the source as it is now; one that was reversed, or whose change was
    accepted, against what was sent. One that has gone counts for nothing.
    """
    if standing.is_gone:
        return ZERO
    if standing.purpose is Purpose.BOOK and not (standing.is_undone or standing.is_accepted):
        return standing.gross or ZERO
    return ZERO if standing.entry is None else books_sign(standing) * standing.entry.gross_in_books


def books_sign(standing: Standing) -> int:
    """Tell how the total of a posting in the books counts: that of a memorial's reversal counts down.

    A memorial's total is its sum of debit, which is positive whichever way its lines stand.
    """
    is_memorial = standing.entry is not None and standing.entry.kind is EntryKind.MEMORIAL
    return -1 if is_memorial and standing.purpose is Purpose.REVERSE else 1


def is_taken_back(standing: Standing) -> bool:
    """Say whether a document is out of the books again, with nothing of it left to be booked."""
    return standing.purpose is Purpose.REVERSE and standing.state is PostingState.BOOKED


def is_being_sent(standing: Standing, *, run_id: str, lent: int | None) -> bool:
    """Say whether another run than `run_id` is sending it at this moment, under the lease that is `lent`."""
    return (
        standing.state is PostingState.SENDING
        and standing.sent_run_id != run_id
        and lent is not None
        and standing.lease_generation == lent
    )
