"""Entries of most kinds of a Belgian organisation, S9 among them, in the codes of one package."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from finance_hooks.model.entry import Entry, EntryLine
from tests.targets.brief_entries import PURCHASE, SALES, BriefEntries

COLLECTION, RENT, PROCESSING, SURCHARGES = "700000", "700100", "700200", "700300"
EXPORT, CO_CONTRACTOR = "700420", "700430"
TO_INVOICE, TO_INVOICE_CHANGE = "404000", "700900"
SCRAP, INCINERATION, LEVIES = "600100", "602000", "640000"


@dataclass(frozen=True, slots=True, kw_only=True)
class BelgianCodes:
    """What a package calls things; `accounts` by number of the Belgian scheme, where it has another."""

    sales_21: str
    sales_co_contractor: str
    export: str
    purchase_21: str
    purchase_co_contractor: str
    self_billing_journal: str
    foreign_journal: str
    customer: str = "{}"
    supplier: str = "{}"
    accounts: Mapping[str, str] = field(default_factory=dict)
    cost_centres: Mapping[str, str] = field(default_factory=lambda: {COLLECTION: "INZ"})


@dataclass(frozen=True, slots=True)
class BelgianEntries:
    """Make the entries of one administration."""

    brief: BriefEntries
    codes: BelgianCodes

    def all(self) -> Mapping[str, Entry]:
        """Return them by kind; the sale is S9."""
        return {
            "sales": self._sale("V2026-0001", "50010", {COLLECTION: "37.50", RENT: "12.50"}, vat="10.50"),
            "credit note": self._sale("VC2026-0001", "50010", {COLLECTION: "-18.75"}, vat="-3.94"),
            "mixed signs": self._sale(
                "V2026-0002",
                "50020",
                {PROCESSING: "200.00", SURCHARGES: "-50.00", CO_CONTRACTOR: "-10.00"},
                vat="31.50",
            ),
            "purchase": self._purchase(),
            "self-billed": self._self_billed("ZB2026-0001", "1957.60", shifted="411.10"),
            "self-billed credit note": self._self_billed("ZB2026-0002", "-100.00", shifted="-21.00"),
            "memorial": self._memorial(),
            "foreign currency": self._export(),
        }

    def _sale(self, number: str, party: str, amounts: Mapping[str, str], *, vat: str) -> Entry:
        codes = dict.fromkeys(amounts, self.codes.sales_21) | {CO_CONTRACTOR: self.codes.sales_co_contractor}
        lines = [
            self._line(place, account, amount, codes[account])
            for place, (account, amount) in enumerate(amounts.items(), start=1)
        ]
        customer = self.codes.customer.format(party)
        return self.brief.invoice(SALES, number, customer, lines, vat={self.codes.sales_21: vat})

    def _purchase(self) -> Entry:
        lines = [
            self._line(1, INCINERATION, "2422.56", self.codes.purchase_21),
            self._line(2, LEVIES, "988.80", self.codes.purchase_21),
        ]
        supplier = self.codes.supplier.format("75010")
        return self.brief.invoice(PURCHASE, "VO-77", supplier, lines, vat={self.codes.purchase_21: "716.39"})

    def _self_billed(self, number: str, amount: str, *, shifted: str) -> Entry:
        line = self._line(1, SCRAP, amount, self.codes.purchase_co_contractor, shifted=shifted)
        supplier = self.codes.supplier.format("75040")
        return self.brief.invoice(PURCHASE, number, supplier, [line], journal=self.codes.self_billing_journal)

    def _memorial(self) -> Entry:
        lines = [
            self._line(1, TO_INVOICE, "1250.00", None),
            self._line(2, TO_INVOICE_CHANGE, "-1250.00", None),
        ]
        return self.brief.memorial("MB2026-0001", lines)

    def _export(self) -> Entry:
        return self.brief.invoice(
            SALES,
            "V2026-0003",
            self.codes.customer.format("50030"),
            [self._line(1, EXPORT, "1000.00", self.codes.export)],
            journal=self.codes.foreign_journal,
            currency="USD",
            rate="0.92",
        )

    def _line(
        self, place: int, account: str, amount: str, vat_code: str | None, *, shifted: str = "0.00"
    ) -> EntryLine:
        return self.brief.line(
            place,
            self.codes.accounts.get(account, account),
            amount,
            vat_code,
            TEXTS[account],
            cost_centre=self.codes.cost_centres.get(account),
            reverse_charge=shifted,
        )


TEXTS = {
    COLLECTION: "Lediging rolcontainer",
    RENT: "Huur container",
    PROCESSING: "Verwerking",
    SURCHARGES: "Korting",
    CO_CONTRACTOR: "Vergoeding schroot",
    EXPORT: "Uitvoer",
    TO_INVOICE: "Op te stellen",
    TO_INVOICE_CHANGE: "Op te stellen",
    SCRAP: "Schroot",
    INCINERATION: "Verbranding",
    LEVIES: "Heffing",
}
