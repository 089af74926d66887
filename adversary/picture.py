"""What source, store and books hold after a script, as plain values that anybody could have read."""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
REFERENCE = re.compile(r"Q[A-Z2-7]{10}")
Sums = Mapping[str, Decimal]
"""What is booked per ledger account of the package, debit positive, in the currency of the books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A document that the source has finished; `sums` is `None` where nobody could work out its legs."""

    number: str
    dated_on: str
    lines: int
    sums: Sums | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A posting in the store, with the states it went through in their order."""

    reference: str
    number: str
    purpose: str
    state: str
    reasons: tuple[str, ...]
    history: tuple[str, ...]
    is_gone: bool
    findings: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """An entry in the books of a package; `references` are ours, wherever they stand in it."""

    administration: str
    document: str
    dated_on: str
    references: frozenset[str]
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that is judged. `administration` is where everything belongs.

    `deeds` are what people did to bookings, by reference of ours, in their order. `closed` are the months
    that are closed in the end; with `moves_on`, what belongs in one may stand in the next that is open.
    `told_moved` are the documents that the last report says stand on another day than their own, and where.
    After a store `was_restored`, `forgotten` are the references that its last report says it does not know.
    `is_beyond` says that calls were carried out later than the package is known to: what is unclear then
    stays so.
    """

    administration: str
    issued: tuple[Issued, ...]
    posted: tuple[Posted, ...]
    entered: tuple[Entered, ...]
    deeds: Mapping[str, tuple[str, ...]]
    closed: frozenset[str] = frozenset()
    moves_on: bool = False
    told_moved: frozenset[tuple[str, str]] = frozenset()
    was_restored: bool = False
    forgotten: frozenset[str] = frozenset()
    is_beyond: bool = False


def read_issued(entries: Iterable[Mapping[str, Any]], accounts: Mapping[str, str]) -> tuple[Issued, ...]:
    """Read the source's own account of its documents; `accounts` translate its ledger accounts."""
    return tuple(
        Issued(
            number=str(entry["number"]),
            dated_on=str(entry["date"]),
            lines=len(entry["lines"]),
            sums=_wanted(entry, accounts),
        )
        for entry in entries
    )


def references_in(entry: Mapping[str, Any]) -> frozenset[str]:
    """Return what in an entry of a package's books looks like a reference of ours, wherever it stands."""
    return frozenset(REFERENCE.findall(json.dumps(entry)))


def read_entered(entries: Iterable[Mapping[str, Any]], merged: Mapping[str, str]) -> tuple[Entered, ...]:
    """Read the package's own account of its books; `merged` name accounts kept apart by the package only."""
    return tuple(
        Entered(
            administration=str(entry["administration"]),
            document=str(entry["document"] or entry["number"]),
            dated_on=str(entry["date"]),
            references=references_in(entry),
            sums=_sums((merged.get(line["account"], line["account"]), _net(line)) for line in entry["lines"]),
        )
        for entry in entries
    )


def read_accounts(rows: Iterable[str], sync_id: str) -> dict[str, str]:
    """Read the lines of a table of ledger accounts: the source's, to the package's."""
    return {
        row["source_account"]: row["target_account"]
        for row in csv.DictReader(rows)
        if row["administration"] in {sync_id, "*"}
    }


def _wanted(entry: Mapping[str, Any], accounts: Mapping[str, str]) -> Sums | None:
    if any(line["account"] not in accounts for line in entry["lines"]):
        return None
    rate = Decimal(entry["rate"])
    return _sums(
        (accounts[line["account"]], (_net(line) * rate).quantize(CENT, rounding=ROUND_HALF_UP))
        for line in entry["lines"]
    )


def _net(line: Mapping[str, Any]) -> Decimal:
    return Decimal(line["debit"]) - Decimal(line["credit"])


def _sums(legs: Iterable[tuple[str, Decimal]]) -> Sums:
    sums: dict[str, Decimal] = {}
    for account, amount in legs:
        sums[account] = sums.get(account, Decimal(0)) + amount
    return {account: amount for account, amount in sums.items() if amount}
