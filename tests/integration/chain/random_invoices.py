"""Book random invoices and hold every leg in the books against the source, by the emulators' own accounts.

The product is asked only which reference stands for which document, and what is parked and why.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from finance_hooks.posting.report import Report
from tests.integration.chain.chain import Chain
from tests.integration.chain.test_books_equal_source import ledger_accounts, legs, translated

REFERENCE = re.compile(r"Q[A-Z2-7]{10}")
NIGHTS = 40
"""Nights until nothing waits any more: a package that limits calls per day takes a few."""

ACCOUNT, VAT_CODE, PARTY = "account", "vat_code", "party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of random invoices; the last four name documents, and are empty when all is well.

    `shifted_apart` are documents whose shifted VAT the package worked out by itself to other cents than the
    source: due and deductible alike, so that nothing but those two legs differs.
    """

    documents: int
    lines: int
    longest: int
    inclusive: int
    booked: int
    parked: Mapping[str, int]
    pairs_booked: int
    source_gross: Decimal
    report: Report
    shifted_apart: tuple[str, ...]
    differing: tuple[str, ...]
    doubled: tuple[str, ...]
    lost: tuple[str, ...]
    not_netting: tuple[str, ...]


def wish(chain: Chain, count: int, seed: int) -> dict[str, Any]:
    """Ask the source for invoices of every kind: inclusive and exclusive, credited, of 1 to 1,000 lines."""
    return {
        "count": count,
        "seed": seed,
        "from": str(chain.today.replace(day=1)),
        "until": str(chain.today),
        "organisations": [chain.administration.organisation],
        "inclusive_share": 0.5,
        "whole_credit_share": 0.25,
        "longer": True,
    }


def book_all(chain: Chain) -> Report:
    """Run nights until nothing waits; what is parked stays parked."""
    for number in range(NIGHTS):
        report = chain.night(f"night {number}")
        if report.waiting == report.unknown == 0:
            return report
        chain.clock.sleep(86_400)
    raise AssertionError(
        f"after {NIGHTS} nights {report.waiting} documents wait, {report.unknown} are unknown"
    )


def tally(chain: Chain, report: Report) -> Tally:
    """Compare what stands in the books with what the source issued."""
    sources = {str(entry["number"]): entry for entry in chain.expected()}
    numbers, reasons = _standings(chain)
    books = _by_number(chain.bench.books(), numbers)
    accounts = ledger_accounts(chain)
    merged = chain.bench.merged_accounts
    once = {number: entries[0] for number, entries in books.items()}
    apart = {
        number: _difference(dict(legs(entry, merged)), dict(translated(sources[number], accounts)))
        for number, entry in once.items()
        if number in sources
    }
    shifted = {number for number, off in apart.items() if off and _only_shifted(sources[number], off)}
    rows = list(_rows(chain))
    pairs = [(one, two) for one, two in _pairs(rows) if one in once and two in once]
    return Tally(
        documents=len(sources),
        lines=sum(len(row["Lines"]) for row in rows),
        longest=max(len(row["Lines"]) for row in rows),
        inclusive=sum(_is_inclusive(row) for row in rows),
        booked=len(books),
        parked=Counter(" + ".join(codes) for codes in reasons.values()),
        pairs_booked=len(pairs),
        source_gross=sum((Decimal(str(row.get("TotalGross", 0))) for row in rows), Decimal(0)),
        report=report,
        shifted_apart=tuple(sorted(shifted)),
        differing=tuple(number for number in once if apart.get(number, True) and number not in shifted),
        doubled=tuple(number for number, entries in books.items() if len(entries) > 1),
        lost=tuple(sorted(set(sources) - set(books) - set(reasons))),
        not_netting=tuple(one for one, two in pairs if any(_net((once[one], once[two])).values())),
    )


def _standings(chain: Chain) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return document numbers by reference, and of parked documents their reasons."""
    chosen = sa.text(
        "SELECT p.reference, d.number, p.state, p.reasons FROM posting p JOIN document d USING (document_id)"
    )
    with chain.engine.begin() as connection:
        rows = connection.execute(chosen).all()
    numbers = {row.reference: str(row.number) for row in rows}
    parked = {
        str(row.number): tuple(sorted({reason["code"] for reason in row.reasons}))
        for row in rows
        if row.state == "parked"
    }
    return numbers, parked


def _difference(booked: Mapping[str, Decimal], wanted: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return by how much each ledger account is off."""
    off = {one: booked.get(one, Decimal(0)) - wanted.get(one, Decimal(0)) for one in {*booked, *wanted}}
    return {account: amount for account, amount in off.items() if amount}


def _only_shifted(source: Mapping[str, Any], off: Mapping[str, Decimal]) -> bool:
    """Say whether two legs are off by the same, at most half a cent for each line that shifts VAT."""
    at_most = Decimal("0.005") * len(source["lines"])
    amounts = sorted(off.values())
    return len(amounts) == 2 and sum(amounts) == 0 and amounts[1] <= max(at_most, Decimal("0.01"))


def _by_number(
    books: Iterable[dict[str, Any]], numbers: Mapping[str, str]
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in books:
        # Packages differ in where the reference stands; it is looked for in all that an entry shows.
        stands = {numbers[one] for one in REFERENCE.findall(json.dumps(entry)) if one in numbers}
        (number,) = stands or {f"unknown {entry['number']}"}
        found[number].append(entry)
    return found


def _rows(chain: Chain) -> Iterator[dict[str, Any]]:
    for resource in ("salesinvoices", "purchaseinvoices", "memorials"):
        yield from chain.source_emulator.documents.rows[resource].values()


def _pairs(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the invoices with the credit note that takes back the whole of them."""
    by_id = sorted((row for row in rows if "TotalGross" in row), key=lambda row: int(row["Id"]))
    for one, two in pairwise(by_id):
        whole = (
            two["OriginalInvoiceNumber"] == one["InvoiceNumber"] and two["TotalGross"] == -one["TotalGross"]
        )
        if whole and len(one["Lines"]) == len(two["Lines"]):
            yield str(one["InvoiceNumber"]), str(two["InvoiceNumber"])


def _is_inclusive(row: Mapping[str, Any]) -> bool:
    return any(
        line.get("UnitPrice") is not None
        and line["VatRate"]
        and abs(line["Quantity"] * line["UnitPrice"] - line["NetAmount"]) > Decimal("0.01")
        for line in row["Lines"]
    )


def _net(entries: Iterable[dict[str, Any]]) -> dict[tuple[str, str], Decimal]:
    """Sum debit minus credit per ledger account, per VAT code and per party."""
    net: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in entries:
        for line in entry["lines"]:
            amount = Decimal(line["debit"]) - Decimal(line["credit"])
            for kind in (ACCOUNT, VAT_CODE, PARTY):
                net[kind, str(line[kind])] += amount
            net["account of party", f"{line[ACCOUNT]} {line[PARTY]}"] += amount
            net["account of VAT code", f"{line[ACCOUNT]} {line[VAT_CODE]}"] += amount
    return net
