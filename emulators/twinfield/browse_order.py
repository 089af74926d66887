"""The order of a report's rows: as a `sort` element asks, else by daybook, number and line.

Sources: the requests of php-twinfield/twinfield (fields with an order of their own) and murb/twinfield.
"""

from decimal import Decimal

from lxml.etree import _Element as Element

from emulators.twinfield.books import Booking, Books, Line
from emulators.twinfield.browse_definitions import fields
from emulators.twinfield.browse_values import Value, value_of
from emulators.twinfield.errors import FaultError

ORDERS = {"ascending", "descending"}
Row = tuple[Booking, Line]


def ordered(books: Books, sent: Element, rows: list[Row]) -> list[Row]:
    """Return the rows in the order asked; a field or an order that does not exist ends in a fault."""
    for node in reversed(sent.findall("sort/field")):
        field, order = node.text or "", node.get("order", "ascending")
        if field not in fields() or order not in ORDERS:
            raise FaultError(100)
        keys = [_key(value_of(books, *row, field)) for row in rows]
        places = sorted(range(len(rows)), key=keys.__getitem__, reverse=order == "descending")
        rows = [rows[place] for place in places]
    return rows


def _key(value: Value) -> tuple[Decimal, str]:
    return (value, "") if isinstance(value, Decimal) else (Decimal(0), value)
