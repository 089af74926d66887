"""Confirm what was delivered as a file by an audit file of the books: our references stand in its texts."""

from collections.abc import Iterable
from itertools import islice

from finance_hooks.model.outcome import Booked, Totals
from finance_hooks.posting.audit_file import AuditFile, AuditTransaction
from finance_hooks.posting.work import Work
from finance_hooks.store.engine import Connection
from finance_hooks.store.export_files import delivered_with
from finance_hooks.store.posting_moves import to_booked

CHUNK = 500
"""Bookings of the file in memory at once."""


def confirm_by_file(work: Work, file: AuditFile) -> int:
    """Note as booked what the file shows of the administration's delivered entries; returns how many.

    Whether the amounts are right is for a comparison to say, as with any other booking.
    """
    confirmed = 0
    transactions = file.transactions()
    while chunk := list(islice(transactions, CHUNK)):
        with work.engine.begin() as connection:
            confirmed += _confirm(connection, work, chunk)
    return confirmed


def _confirm(connection: Connection, work: Work, chunk: Iterable[AuditTransaction]) -> int:
    shown = {reference: one for one in chunk for reference in one.references}
    delivered = delivered_with(connection, work.administration.books, shown)
    for posting_id, reference in delivered.items():
        found = shown[reference]
        booked = Booked(
            reference=reference,
            id=f"audit file:{found.journal} {found.number}",
            number=found.number,
            totals=Totals(),
        )
        to_booked(connection, posting_id, booked, work.stamp(connection))
    return len(delivered)
