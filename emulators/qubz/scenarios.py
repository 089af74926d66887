"""Who buys what under which VAT code: the scenarios documents are generated from, in `seed`."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from emulators.qubz.masters import SEED, seeded


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A document type: its resource, the type that credits it, and the prefix of its numbers."""

    resource: str
    credit: str
    prefix: str


KINDS = {
    "SalesInvoice": Kind(resource="salesinvoices", credit="SalesCreditNote", prefix=""),
    "PurchaseInvoice": Kind(resource="purchaseinvoices", credit="PurchaseCreditNote", prefix="IF-"),
    "SelfBilledPurchase": Kind(resource="purchaseinvoices", credit="SelfBilledCreditNote", prefix="ZF-"),
}
MEMORIAL_PAIRS = (
    ({"LedgerAccount": "1350"}, {"LedgerAccount": "8090", "CostCentre": "INZ"}),
    ({"LedgerAccount": "8010", "CostCentre": "VERH"}, {"LedgerAccount": "8000", "CostCentre": "INZ"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An article under a VAT code, with the range of its quantities (and their digits) and prices."""

    article: str
    vat_code: str
    quantity_low: Decimal
    quantity_high: Decimal
    quantity_digits: int
    price_low: Decimal
    price_high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A relation and what it is invoiced for."""

    organisation: str
    kind: str
    relation: str
    delivers_to: str
    offers: tuple[Offer, ...]

    @property
    def resource(self) -> str:
        """The resource its documents belong to."""
        return KINDS[self.kind].resource


@cache
def scenarios_of(organisation: str) -> tuple[Scenario, ...]:
    """Read the scenarios of an organisation."""
    return tuple(
        Scenario(
            organisation=organisation,
            kind=row["Kind"],
            relation=row["Relation"],
            delivers_to=row["DeliversTo"],
            offers=tuple(_offer(*each.split(":")) for each in row["Offers"].split()),
        )
        for row in seeded("scenarios", organisation)
    )


@cache
def _offer(article: str, vat_code: str) -> Offer:
    with (SEED / "offers.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["Article"] == article)
    return Offer(
        article=article,
        vat_code=vat_code,
        quantity_low=Decimal(row["QuantityLow"]),
        quantity_high=Decimal(row["QuantityHigh"]),
        quantity_digits=int(row["QuantityDigits"]),
        price_low=Decimal(row["PriceLow"]),
        price_high=Decimal(row["PriceHigh"]),
    )
