"""Write a reconciliation as figures: one row for each amount that stands on both sides, or is named."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from finance_hooks.posting.comparison import BOTH_SIDES, Comparison, comparison_to_plain
from finance_hooks.posting.reconciliation import Fault, Reconciliation


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row: where, what (of which code, box, party or document), source, books, and the difference."""

    journal: str
    fiscal_year: int | str
    period: int | str
    what: str
    key: str
    source: str
    books: str
    difference: str


HEADER = tuple(Figure.__dataclass_fields__)


def figures_of(found: Reconciliation) -> Iterator[Figure]:
    """Return every figure, journal by journal, and then everything that is wrong with a booking."""
    for comparison in found.comparisons:
        yield from _of_comparison(comparison)
    for fault in found.faults:
        yield Figure(
            journal="",
            fiscal_year="",
            period="",
            what=fault.kind.value,
            key=fault.document,
            source="",
            books=fault.subject,
            difference=said(fault),
        )


def reconciliation_to_plain(found: Reconciliation) -> dict[str, Any]:
    """Write a reconciliation as JSON-ready values, every party and booking of others listed."""
    return {
        "agrees": found.agrees,
        "compared_at": found.at.isoformat(),
        "documents": sum(one.documents for one in found.comparisons),
        "entries": sum(one.entries for one in found.comparisons),
        "source_gross": str(sum(one.source_gross for one in found.comparisons)),
        "books_gross": str(sum(one.books_gross for one in found.comparisons)),
        "difference": str(sum(one.difference for one in found.comparisons)),
        "journals": [comparison_to_plain(one, found.at, listed=None) for one in found.comparisons],
        "findings": [
            {"kind": fault.kind.value, "document": fault.document, "subject": fault.subject, **fault.detail}
            for fault in found.faults
        ],
        "untold": dict(found.untold),
        "after_reading": found.after_reading,
        "forgotten": found.forgotten,
    }


def said(fault: Fault) -> str:
    """Say what is wrong with a booking: what was sent and what is booked, or what else the finding tells."""
    differences = fault.detail.get("differences")
    if not isinstance(differences, list):
        return "; ".join(f"{name} {value}" for name, value in fault.detail.items())
    return "; ".join(f"{one['what']}: {one['sent']} / {one['booked']}" for one in differences)


def _of_comparison(comparison: Comparison) -> Iterator[Figure]:
    where = {
        "journal": comparison.journal,
        "fiscal_year": comparison.fiscal_year,
        "period": comparison.period,
    }

    def figure(what: str, key: str, source: object, books: object, difference: object) -> Figure:
        texts = {"source": str(source), "books": str(books), "difference": str(difference)}
        return Figure(**where, what=what, key=key, **texts)  # type: ignore[arg-type]

    missing = comparison.documents - comparison.entries
    yield figure("documents", "", comparison.documents, comparison.entries, missing)
    yield figure("gross", "", comparison.source_gross, comparison.books_gross, comparison.difference)
    yield figure("debit", "", "", comparison.debit, "")
    yield figure("credit", "", "", comparison.credit, "")
    for name in BOTH_SIDES:
        for key, (sent, booked) in sorted(getattr(comparison, name).items()):
            yield figure(name, key, sent, booked, sent - booked)
    for other in sorted(comparison.not_ours_entries, key=lambda one: (one.entry_date, one.number)):
        told = [f"{name} {value}" for name, value in asdict(other).items() if value and name != "debit"]
        yield figure("not_ours", "; ".join(told), "", other.debit, "")
