"""The report of one local run: its totals, its verdict, its file, and how it is printed."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypedDict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

COUNTS: Final = ("documents", "booked", "already_booked", "parked", "waiting", "unknown", "delivered")
OUTCOMES: Final = COUNTS[1:]
PRINTED: Final = (
    "sync_id",
    *COUNTS,
    "before_start",
    "not_ours",
    "source_gross",
    "books_gross",
    "parked_gross",
    "difference",
)
PER_JOURNAL: Final = (
    "journal",
    "fiscal_year",
    "period",
    "documents",
    "source_gross",
    "books_gross",
    "debit",
    "credit",
    "difference",
    "not_ours",
)
IN_FILE: Final = (
    "sync_id",
    "organisation",
    "target",
    "country",
    "target_administration",
    *COUNTS,
    *PRINTED[-6:],
    "reasons",
    "findings",
    "moved",
    "corrections",
)


class ParkedDocument(TypedDict):
    """One parked document with every reason: its code, and a sentence that names the remedy."""

    document: str
    codes: list[str]
    sentences: list[str]


class AdministrationReport(TypedDict):
    """What became of the documents of one administration; amounts are decimal strings.

    `journals` has a row per journal and period; `findings` are about documents booked before; `moved` stand
    on a later day than their own; `corrections` are reversals, and bookings after the first.
    """

    sync_id: str
    organisation: str
    target: str
    country: str
    target_administration: str
    documents: int
    booked: int
    already_booked: int
    parked: int
    waiting: int
    unknown: int
    delivered: int
    before_start: int
    not_ours: int
    source_gross: str
    books_gross: str
    parked_gross: str
    difference: str
    reasons: list[ParkedDocument]
    journals: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    moved: list[dict[str, Any]]
    corrections: list[dict[str, Any]]


def report_file(administrations: Sequence[AdministrationReport], *, seconds: float) -> dict[str, object]:
    """Return what goes into sync-report.json; the total difference adds up sizes, so that none cancel out."""
    totals = {count: sum(_count(row, count) for row in administrations) for count in COUNTS}
    difference = sum((abs(Decimal(row["difference"])) for row in administrations), Decimal("0.00"))
    rows = [{name: row[name] for name in IN_FILE} for row in administrations]
    return {
        "seconds": round(seconds, 1),
        **totals,
        "difference": f"{difference:.2f}",
        "administrations": rows,
    }


def write_report(path: Path, report: Mapping[str, object]) -> None:
    """Write the report so that a reader sees the old file or the whole new one."""
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    unfinished.replace(path)


def complaints(administrations: Sequence[AdministrationReport], *, expected: Sequence[str]) -> list[str]:
    """Say what keeps this run from being right; nothing when every document is accounted for.

    Parked and waiting documents are accounted for: a person or time will move them.
    """
    reported = {row["sync_id"] for row in administrations}
    said = [f"{sync_id}: there is no report" for sync_id in expected if sync_id not in reported]
    for row in administrations:
        accounted = sum(_count(row, outcome) for outcome in OUTCOMES)
        if accounted != row["documents"]:
            said.append(f"{row['sync_id']}: {row['documents']} documents, {accounted} accounted for")
        if row["unknown"]:
            said.append(f"{row['sync_id']}: the outcome of {row['unknown']} documents is unknown")
        if Decimal(row["difference"]):
            said.append(f"{row['sync_id']}: source and books differ by {row['difference']}")
        said += [
            f"{row['sync_id']}: journal {journal['journal']} differs by {journal['difference']}"
            for journal in row["journals"]
            if Decimal(journal["difference"])
        ]
    return said


def print_report(administrations: Sequence[AdministrationReport], *, console: Console) -> None:
    """Print the report per administration and journal, then each parked document with its reasons."""
    _print_table(console, "Administrations", PRINTED, administrations)
    for row in administrations:
        _print_table(console, f"{row['sync_id']}, per journal and period", PER_JOURNAL, row["journals"])
    for row in administrations:
        _print_parked(console, row)
        for finding in row["findings"]:
            console.print(
                f"  {row['sync_id']} finding: {json.dumps(finding, ensure_ascii=False)}", markup=False
            )
        for moved in row["moved"]:
            _say(console, f"  {row['sync_id']} moved: {moved['document']} {moved['from']} -> {moved['to']}")
        for one in row["corrections"]:
            said = f"{one['document']} {one['purpose']} {one['n']}, {one['place']}"
            _say(console, f"  {row['sync_id']} correction: {said}")
        for warning in row["warnings"]:
            said = ", ".join(warning["warnings"])
            _say(console, f"  {row['sync_id']} warning: {warning['document']}: {said}")


def summary(report: Mapping[str, object]) -> str:
    """Say in one line what this run did."""
    if not report["booked"]:
        return f"Nothing new to book: {report['already_booked']} documents were booked before."
    return f"{report['booked']} of {report['documents']} documents were booked in this run."


def _count(row: AdministrationReport, name: str) -> int:
    return int(str(row[name]))  # type: ignore[literal-required]


def _print_parked(console: Console, row: AdministrationReport) -> None:
    if row["reasons"]:
        console.print(f"\n{row['sync_id']}, parked", markup=False, style="bold")
    for parked in row["reasons"]:
        _say(console, f"  {parked['document']}")
        for code, sentence in zip(parked["codes"], parked["sentences"], strict=True):
            _say(console, f"    - {code}: {sentence}")


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def _print_table(
    console: Console, title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    if not rows:
        return
    table = Table(title=title, title_justify="left", title_style="bold")
    for position, name in enumerate(columns):
        table.add_column(
            name.replace("_", " "), justify="left" if position == 0 else "right", overflow="fold"
        )
    for row in rows:
        table.add_row(*(escape(str(row.get(name, ""))) for name in columns))
    console.print()
    console.print(table)
