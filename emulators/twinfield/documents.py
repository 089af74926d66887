"""The documents that are posted to processxml.asmx, by their root.

Sources: the vendor's web services guidelines (at most 25 documents a parent, 1000 lines a transaction);
breaking changes page of the vendor (`general` ended, HTTP 400 beyond 1000 lines).
"""

from collections.abc import Callable

from lxml.etree import _Element as Element

from emulators.twinfield import browse, dimensions, masters, transactions
from emulators.twinfield.desk import Desk
from emulators.twinfield.errors import FaultError
from emulators.twinfield.wire import MalformedError, local_name

MOST_DOCUMENTS = 25
MOST_LINES = 1000
OPERATIONS = {
    "transactions": "transactions",
    "transaction": "transactions",
    "dimensions": "dimensions",
    "dimension": "dimensions",
    "columns": "browse",
    "read": "read",
    "list": "list",
}
QUERIES = {"browse", "read", "list"}
BATCHES = {"transactions", "dimensions"}


class TooManyDocumentsError(Exception):
    """More than 25 documents were carried out, and the emulator is to time out on them."""


def operation_of(document: Element) -> str:
    """Name what a document does: transactions, dimensions, browse, read, list, or its root's name."""
    name = local_name(document)
    return OPERATIONS.get(name, name)


def check_size(desk: Desk, document: Element) -> None:
    """Refuse what is too large: 26 documents (switch `over_25_documents`), 1001 lines (bare 400)."""
    if _is_over(document) and desk.switches.text("over_25_documents") == "fault":
        raise FaultError(100)
    if any(len(lines) > MOST_LINES for lines in document.iter("lines")):
        raise MalformedError("more than 1000 lines")


def answer(desk: Desk, document: Element) -> Element:
    """Carry out one document and return the document that answers it, unless too many time out."""
    taker = TAKERS.get(local_name(document))
    if taker is None:
        raise FaultError(187)
    result = taker(desk, document)
    if _is_over(document) and desk.switches.text("over_25_documents") == "timeout":
        raise TooManyDocumentsError
    return result


def _is_over(document: Element) -> bool:
    return local_name(document) in BATCHES and len(document) > MOST_DOCUMENTS


def _columns(desk: Desk, document: Element) -> Element:
    books = desk.open(_office_filter(document) or desk.company)
    if books is None:
        raise FaultError(102)
    return browse.answer(books, document)


def _office_filter(document: Element) -> str:
    """Return the office that a browse asks for in its columns, which wins over the header."""
    for column in document.iterchildren("column"):
        if column.findtext("field") == browse.OFFICE and column.findtext("operator") == "equal":
            return column.findtext("from") or ""
    return ""


TAKERS: dict[str, Callable[[Desk, Element], Element]] = {
    "transactions": transactions.receive_all,
    "transaction": transactions.receive,
    "dimensions": dimensions.receive_all,
    "dimension": dimensions.receive,
    "columns": _columns,
    "read": masters.read,
    "list": masters.listing,
}
