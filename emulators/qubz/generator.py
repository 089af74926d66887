"""A seeded stream of any number of realistic documents of both organisations."""

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from emulators.qubz.breakage import break_one
from emulators.qubz.documents import Line, invoice, memorial
from emulators.qubz.pricing import keep_gross, turned_round, with_net_worked_out
from emulators.qubz.scenarios import KINDS, MEMORIAL_PAIRS, Scenario, scenarios_of

# Most documents are short; one in two hundred is a collective invoice of up to 400 lines.
LENGTHS = ((0.70, 1, 4), (0.94, 5, 12), (0.995, 13, 40), (1.0, 41, 400))
# The same, with collective invoices of up to 1,000 lines.
LONGER = ((0.70, 1, 4), (0.94, 5, 12), (0.99, 13, 40), (0.998, 41, 200), (1.0, 201, 1000))
REMEMBERED = 200
MEMORIAL_SHARE = 0.03
CREDIT_SHARE = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to generate: how many, from which seed, dated when, and the share that breaks a rule.

    `inclusive_share` of the invoices have prices that include VAT, half of them with the total that those
    say; `whole_credit_share` of them are followed by a credit note of the whole.
    """

    count: int
    dated_from: date
    dated_until: date
    seed: int = 0
    bad_share: float = 0.0
    organisations: tuple[str, ...] = ("100", "200")
    first_id: int = 1_000_000
    rounding: str = "PerInvoice"
    inclusive_share: float = 0.0
    whole_credit_share: float = 0.0
    lengths: tuple[tuple[float, int, int], ...] = LENGTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """A document and the rule it breaks on purpose, None for a good one."""

    resource: str
    row: dict[str, Any]
    broken_rule: str | None = None


def generate(wanted: Wanted) -> Iterator[Generated]:
    """Stream documents; the same wish gives the same documents, whatever else was generated."""
    chance = random.Random(wanted.seed)  # noqa: S311 - repeatable documents, not secrets
    earlier: dict[str, deque[tuple[Scenario, dict[str, Any]]]] = {}
    owed: tuple[Scenario, dict[str, Any]] | None = None
    for position in range(wanted.count):
        number = wanted.first_id + position
        if owed is not None:
            yield Generated(resource=owed[0].resource, row=_whole_credit(wanted, *owed, number))
            owed = None
            continue
        organisation = chance.choice(wanted.organisations)
        if chance.random() < MEMORIAL_SHARE:
            yield Generated(resource="memorials", row=_memorial(chance, wanted, organisation, number))
            continue
        remembered = earlier.setdefault(organisation, deque(maxlen=REMEMBERED))
        if remembered and chance.random() < CREDIT_SHARE:
            scenario, original = chance.choice(remembered)
            row = _credit(chance, wanted, scenario, original, number)
        else:
            scenario = chance.choice(scenarios_of(organisation))
            row = _invoice(chance, wanted, scenario, number)
            remembered.append((scenario, row))
            owed = (scenario, row) if _drawn(chance, wanted.whole_credit_share) else None
        rule = break_one(chance, row) if chance.random() < wanted.bad_share else None
        yield Generated(resource=scenario.resource, row=row, broken_rule=rule)


def _invoice(chance: random.Random, wanted: Wanted, scenario: Scenario, number: int) -> dict[str, Any]:
    lines = [_line(chance, scenario) for _ in range(_length(chance, wanted.lengths))]
    dated_on = _day(chance, wanted.dated_from, wanted.dated_until)
    if not _drawn(chance, wanted.inclusive_share):
        return _build(wanted, scenario, number, scenario.kind, dated_on, lines)
    lines = [with_net_worked_out(scenario.organisation, line) for line in lines]
    row = _build(wanted, scenario, number, scenario.kind, dated_on, lines)
    if chance.random() < 0.5:
        keep_gross(row)
    return row


def _drawn(chance: random.Random, share: float) -> bool:
    """Draw with a chance; without one nothing is drawn, so that other wishes give what they gave."""
    return share > 0 and chance.random() < share


def _whole_credit(
    wanted: Wanted, scenario: Scenario, original: dict[str, Any], number: int
) -> dict[str, Any]:
    """Credit the whole of an invoice on the same day: every amount with the other sign."""
    lines = [_credited(line) for line in original["Lines"]]
    row = _build(wanted, scenario, number, KINDS[scenario.kind].credit, original["InvoiceDate"], lines)
    return row | turned_round(original) | {"OriginalInvoiceNumber": original["InvoiceNumber"]}


def _credited(line: dict[str, Any]) -> Line:
    return Line(
        article=line["ArticleCode"],
        quantity=str(-line["Quantity"]),
        price=str(line["UnitPrice"]),
        vat_code=line["VatCode"],
        description=line["Description"],
        fields={"NetAmount": -line["NetAmount"]},
    )


def _credit(
    chance: random.Random, wanted: Wanted, scenario: Scenario, original: dict[str, Any], number: int
) -> dict[str, Any]:
    """Credit the whole of an earlier invoice, or one of its lines."""
    sources = original["Lines"] if chance.random() < 0.3 else [chance.choice(original["Lines"])]
    lines = [_credited(line) for line in sources]
    dated_on = _day(chance, original["InvoiceDate"], wanted.dated_until)
    row = _build(wanted, scenario, number, KINDS[scenario.kind].credit, dated_on, lines)
    return row | {"OriginalInvoiceNumber": original["InvoiceNumber"]}


def _build(
    wanted: Wanted, scenario: Scenario, number: int, kind: str, dated_on: date, lines: list[Line]
) -> dict[str, Any]:
    row = invoice(
        number=number,
        organisation=scenario.organisation,
        invoice_number=f"{KINDS[scenario.kind].prefix}{dated_on:%Y}{number:08d}",
        kind=kind,
        dated_on=dated_on,
        relation=scenario.relation,
        lines=lines,
        rounding=wanted.rounding,
    )
    if scenario.kind == "PurchaseInvoice":
        row["SupplierInvoiceNumber"] = f"L{number}"
    if scenario.delivers_to:
        row |= {"DeliveryDate": dated_on, "DeliveryCountry": scenario.delivers_to}
    return row


def _line(chance: random.Random, scenario: Scenario) -> Line:
    offer = chance.choice(scenario.offers)
    return Line(
        article=offer.article,
        quantity=_between(chance, offer.quantity_low, offer.quantity_high, offer.quantity_digits),
        price=_between(chance, offer.price_low, offer.price_high, 2),
        vat_code=offer.vat_code,
    )


def _between(chance: random.Random, low: Decimal, high: Decimal, digits: int) -> str:
    drawn = chance.randint(int(low.scaleb(digits)), int(high.scaleb(digits)))
    return str(Decimal(drawn).scaleb(-digits))


def _memorial(chance: random.Random, wanted: Wanted, organisation: str, number: int) -> dict[str, Any]:
    dated_on = _day(chance, wanted.dated_from, wanted.dated_until)
    debit, credit = chance.choice(MEMORIAL_PAIRS)
    lines: list[dict[str, Any]] = []
    for _ in range(chance.randint(1, 3)):
        amount = Decimal(chance.randint(1, 500_000)).scaleb(-2)
        lines += [debit | {"Debit": amount}, credit | {"Credit": amount}]
    return memorial(
        number=number,
        organisation=organisation,
        entry_number=f"MEM-{dated_on:%Y-%m}-{number}",
        dated_on=dated_on,
        description="Nog te factureren omzet",
        lines=lines,
    )


def _length(chance: random.Random, lengths: tuple[tuple[float, int, int], ...]) -> int:
    drawn = chance.random()
    low, high = next((low, high) for share, low, high in lengths if drawn < share)
    return chance.randint(low, high)


def _day(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, max(0, (last - first).days)))
