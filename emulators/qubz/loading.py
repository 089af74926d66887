"""Take rows in the contract's own shape, or generated ones, into the books."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from emulators.qubz.books import Books
from emulators.qubz.generator import LENGTHS, LONGER, Wanted, generate
from emulators.qubz.masters import SEEDED_AS, masters
from emulators.qubz.resources import RESOURCES
from emulators.qubz.wire import from_wire


def load_rows(books: Books, rows: Mapping[str, Any]) -> dict[str, int]:
    """Put rows by resource name into the books and count them; ValueError for an unknown resource.

    `{"delete": {resource: [key]}}` takes rows out for good; `{"generate": {...}}` streams documents in;
    `{"copies": {"500": {"9001": "C001"}}}` adds organisations that trade as a Dutch one does, each with the
    code of its administration.
    """
    doomed = rows.get("delete", {})
    unknown = sorted((set(rows) - {"generate", "delete", "copies"} | set(doomed)) - set(RESOURCES))
    if unknown:
        raise ValueError(f"no resource {', '.join(unknown)}; there are {', '.join(RESOURCES)}")
    counts: dict[str, int] = {}
    for organisation, copies in rows.get("copies", {}).items():
        counts["copies"] = counts.get("copies", 0) + _copy_masters(books, organisation, copies)
    for resource in RESOURCES:
        for row in rows.get(resource, ()):
            books.put(resource, from_wire(row))
            counts[resource] = counts.get(resource, 0) + 1
    deleted = sum(books.remove(resource, str(key)) for resource, keys in doomed.items() for key in keys)
    if doomed:
        counts["deleted"] = deleted
    if "generate" in rows:
        for document in generate(_wanted(rows["generate"], books)):
            books.put(document.resource, document.row)
            counts[document.resource] = counts.get(document.resource, 0) + 1
    return counts


def _copy_masters(books: Books, organisation: str, copies: Mapping[str, str]) -> int:
    if SEEDED_AS.get(organisation) != "100":
        raise ValueError(f"no Dutch organisation {organisation!r} to copy")
    own = [(resource, row) for resource, row in masters() if row.get("Organisation") == organisation]
    (named,) = (
        row for resource, row in masters() if resource == "organisations" and row["Code"] == organisation
    )
    for code, administration in copies.items():
        link = named["FinanceLink"] | {"AdministrationCode": administration}
        books.put("organisations", named | {"Id": int(code), "Code": code, "FinanceLink": link})
        for resource, row in own:
            books.put(resource, row | {"Organisation": code})
    return len(copies)


def _wanted(asked: Mapping[str, Any], books: Books) -> Wanted:
    """Read `{"count","until"}` and, optional, `{"seed","from","bad_share","organisations","first_id"}`.

    Also `"inclusive_share"`, `"whole_credit_share"` and `"longer"`, which allows for 1,000 lines.
    """
    until = date.fromisoformat(str(asked["until"])) if "until" in asked else None
    if until is None:
        raise ValueError("generate needs until, the latest document date")
    since = date.fromisoformat(str(asked["from"])) if "from" in asked else until - timedelta(days=30)
    return Wanted(
        count=int(asked["count"]),
        seed=int(asked.get("seed", 0)),
        dated_from=since,
        dated_until=until,
        bad_share=float(asked.get("bad_share", 0)),
        organisations=tuple(asked.get("organisations", ("100", "200"))),
        inclusive_share=float(asked.get("inclusive_share", 0)),
        whole_credit_share=float(asked.get("whole_credit_share", 0)),
        lengths=LONGER if asked.get("longer") else LENGTHS,
        first_id=int(asked.get("first_id", max(books.highest_id(), 999_999) + 1)),
    )
