"""The samples of each package that imports files, with its chart, and what a file of them must come to."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.chart import Chart
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.targets.registry import TARGETS
from tests.targets.accountview import samples as accountview
from tests.targets.accountview.sample_company import sample_company
from tests.targets.afas import sample_chart as afas_chart
from tests.targets.afas import samples as afas
from tests.targets.files.readers import Amounts
from tests.targets.twinfield import sample_chart as twinfield_chart
from tests.targets.twinfield import samples as twinfield


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The samples of one package by name, and the chart of an administration."""

    entries: Mapping[str, Entry]
    chart_of: Callable[[str], Chart]


PACKAGES: Mapping[str, Package] = {
    "accountview": Package(
        entries={**accountview.SAMPLES, **accountview.OTHERS}, chart_of=lambda _: sample_company().chart
    ),
    "afas": Package(
        entries={**afas.SAMPLES, **afas.OTHERS}, chart_of=lambda code: afas_chart.sample_chart(code).chart
    ),
    "twinfield": Package(
        entries={**twinfield.SAMPLES, **twinfield.OTHERS}, chart_of=twinfield_chart.make_chart
    ),
}
WRITERS = [(slug, variant) for slug in PACKAGES for variant in TARGETS[slug].make_file_format().variants]


def holds(slug: str, variant: str, entry: Entry) -> bool:
    """Say whether a variant has a place for all of an entry: one layout has none for foreign amounts."""
    return (slug, variant) != ("accountview", "csv") or entry.rate is None


SAMPLES = [
    (slug, variant, name)
    for slug, variant in WRITERS
    for name, entry in PACKAGES[slug].entries.items()
    if holds(slug, variant, entry)
]


def expected_amounts(slug: str, entry: Entry) -> Amounts:
    """Say what a package's file of an entry must come to, in the entry's own currency."""
    amounts: Amounts = defaultdict(Decimal)
    side = -1 if entry.kind is EntryKind.SALES else 1
    for line in entry.lines:
        amounts[_place(slug, line)] += side * line.amount
        for place, amount in _vat(slug, entry, line):
            amounts[place] += side * amount
    if entry.kind is not EntryKind.MEMORIAL:
        amounts["party", entry.party or ""] -= side * entry.gross
    return {place: amount for place, amount in amounts.items() if amount}


def _place(slug: str, line: EntryLine) -> tuple[str, str]:
    if slug == "afas" and line.party:
        return "party", line.party
    return "account", line.ledger_account


def _vat(slug: str, entry: Entry, line: EntryLine) -> list[tuple[tuple[str, str], Decimal]]:
    code, shifted = line.vat_code or "", line.reverse_charge_amount
    if slug == "accountview":
        return [(("VAT", code), line.vat_amount + shifted)]
    both = [("account", line.vat_account or ""), ("account", line.reverse_charge_account or "")]
    sides = list(zip(both, (shifted, -shifted), strict=True)) if shifted else []
    place = ("VAT", code) if slug == "twinfield" else ("account", _vat_account(slug, entry, line))
    return [(place, line.vat_amount), *sides]


def _vat_account(slug: str, entry: Entry, line: EntryLine) -> str:
    if line.vat_account or not line.vat_code:
        return line.vat_account or ""
    return PACKAGES[slug].chart_of(entry.administration).vat_codes[line.vat_code].id or ""
