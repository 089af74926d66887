"""The control routes' view of the books, and dimension documents put in from outside."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from emulators.twinfield import dimensions
from emulators.twinfield.books import Booking, Line, Office
from emulators.twinfield.desk import Desk
from emulators.twinfield.periods import read_date
from emulators.twinfield.transaction_reply import plain
from emulators.twinfield.wire import MalformedError, local_name, parse

RELATIONS = {"DEB", "CRD"}
READ_ONLY = {
    "uid", "inuse", "created", "modified", "touched", "beginperiod", "beginyear", "endperiod", "endyear",
    "editdimensionname", "ictcountrycode",
}  # fmt: skip


def entries(office: Office, since: datetime | None) -> Iterator[dict[str, Any]]:
    """Return the bookings of an office, in the order they were made."""
    for booking in office.bookings.values():
        if since is None or booking.modified_at >= since.replace(microsecond=0):
            yield _entry(office, booking)


def load(desk: Desk, rows: Mapping[str, Any]) -> dict[str, int]:
    """Put documents in: `{"NL42": {"dimensions": ["<dimension>…</dimension>"]}}`, in the read shape."""
    counts: dict[str, int] = {}
    for code, by_kind in rows.items():
        office = desk.offices.get(code)
        if office is None:
            raise ValueError(f"no office {code!r}; there are {sorted(desk.offices)}")
        for kind, documents in by_kind.items():
            if kind != "dimensions":
                raise ValueError(f"{kind!r} cannot be loaded, only dimensions")
            for document in documents:
                _load_one(desk, code, document)
            counts[kind] = counts.get(kind, 0) + len(documents)
    return counts


def _load_one(desk: Desk, code: str, document: str) -> None:
    try:
        node = parse(document)
    except MalformedError as error:
        raise ValueError(f"not XML: {document}") from error
    for parent in (node, *node.findall("addresses/address")):
        for each in list(parent):
            if local_name(each) in READ_ONLY:
                parent.remove(each)
    office = node.find("office")
    if office is not None:
        office.text = code
    node.attrib.pop("result", "")
    desk_of = Desk(
        offices=desk.offices, user=desk.user, clock=desk.clock, switches=desk.switches, company=code
    )
    reply = dimensions.receive(desk_of, node)
    if reply.get("result") != "1":
        wrong = [str(each.get("msg")) for each in reply.iter() if each.get("msg")]
        raise ValueError(f"{' '.join(wrong)} in {document}")


def _entry(office: Office, booking: Booking) -> dict[str, Any]:
    day = read_date(booking.date)
    total = booking.lines[0]
    return {
        "administration": office.code,
        "journal": booking.code,
        "number": booking.number,
        "document": booking.invoicenumber or None,
        "reference": next((text for name, text in booking.head.items() if name.startswith("freetext")), None),
        "date": day.isoformat() if day else booking.date,
        "period": booking.period,
        "party": booking.relation or None,
        "currency": booking.currency,
        "rate": plain(total.rate),
        "lines": [_line(office, line) for line in booking.lines if line.value or line.kind != "vat"],
    }


def _line(office: Office, line: Line) -> dict[str, Any]:
    second = office.dimensions.get((2, line.dim2))
    party = second is not None and second.type in RELATIONS
    return {
        "account": line.dim1,
        "debit": str(line.base if line.debit else "0.00"),
        "credit": str("0.00" if line.debit else line.base),
        "vat_code": line.vatcode or None,
        "in_currency": str(line.value if line.debit else -line.value),
        "is_vat": line.kind == "vat",
        "cost_centre": (line.dim2 or None) if not party else None,
        "party": line.dim2 if party else None,
        "text": line.description,
    }
