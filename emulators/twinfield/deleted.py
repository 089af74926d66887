"""DeletedTransactionsService.svc: which bookings were deleted, when, why.

Source: the vendor's page on deleted transactions; zypp-io/twinfield.
"""

from lxml.etree import _Element as Element

from emulators.twinfield.desk import Desk
from emulators.twinfield.errors import FaultError
from emulators.twinfield.queries import CONTRACTS, QueryFaultError, add, parameters, result, type_of
from emulators.twinfield.wire import Envelope

NAMESPACE = f"{CONTRACTS}.DeletedTransactionsService"
FAULT = "DeletedTransactionsServiceFault"
DAY = 10


def answer(desk: Desk, envelope: Envelope) -> Element:
    """Answer GetDeletedTransactions."""
    if envelope.operation != "Query" or type_of(envelope) != "GetDeletedTransactions":
        raise FaultError(187)
    asked = parameters(envelope)
    books = desk.open(asked.get("CompanyCode", desk.company))
    if books is None:
        raise QueryFaultError(NAMESPACE, FAULT, "InvalidCompanyCode", "The company code is invalid.")
    daybook = asked.get("Daybook", "")
    if daybook and daybook not in books.office.daybooks:
        raise QueryFaultError(NAMESPACE, FAULT, "InvalidDaybook", "The daybook is invalid.")
    start, end = asked.get("DateFrom", "")[:DAY], asked.get("DateTo", "")[:DAY]
    if start and end and start > end:
        raise QueryFaultError(NAMESPACE, FAULT, "InvalidDates", "The dates are invalid.")
    root = result(NAMESPACE, "GetDeletedTransactionsResult")
    rows = add(root, NAMESPACE, "DeletedTransactions")
    for each in books.office.deletions:
        day = each.deleted_at.date().isoformat()
        if (daybook and each.code != daybook) or (start and day < start) or (end and day > end):
            continue
        row = add(rows, NAMESPACE, "DeletedTransaction")
        for name, text in (
            ("Daybook", each.code),
            ("DeletionDate", f"{each.deleted_at:%Y-%m-%dT%H:%M:%S}"),
            ("ReasonForDeletion", each.reason),
            ("TransactionDate", f"{each.date}T00:00:00"),
            ("TransactionNumber", each.number),
            ("User", desk.user.code),
        ):
            add(row, NAMESPACE, name, text)
    return root
