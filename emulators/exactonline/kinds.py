"""What sales and purchase entries have in common and where they differ.

Source: the vendor's pages SalesEntrySalesEntries and PurchaseEntryPurchaseEntries.
"""

from dataclasses import dataclass

GENERAL_JOURNAL = 90
OTHER_ENTRY = 90
OPEN, SETTLED = 20, 50
STATUS_NAMES = {OPEN: "Open", SETTLED: "Verwerkt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of invoice entry; `sign` is that of the control account in the ledger."""

    path: str
    lines_path: str
    link: str
    party: str
    party_name: str
    role_term: str
    journal_types: frozenset[int]
    types: tuple[int, int]
    type_names: tuple[str, str]
    sign: int
    direction: str
    control_type: int
    control_field: str
    condition_field: str
    makes_document: bool

    def is_party(self, account: dict[str, object]) -> bool:
        """Tell whether a relation has the role."""
        return account["Status"] == "C" if self.sign > 0 else bool(account["IsSupplier"])


SALES = Kind(
    path="salesentry/SalesEntries",
    lines_path="salesentry/SalesEntryLines",
    link="SalesEntryLines",
    party="Customer",
    party_name="CustomerName",
    role_term="customer_type",
    journal_types=frozenset({20, 21}),
    types=(20, 21),
    type_names=("Verkoopboeking", "Creditnota verkoop"),
    sign=1,
    direction="S",
    control_type=20,
    control_field="GLAR",
    condition_field="PaymentConditionSales",
    makes_document=False,
)
PURCHASE = Kind(
    path="purchaseentry/PurchaseEntries",
    lines_path="purchaseentry/PurchaseEntryLines",
    link="PurchaseEntryLines",
    party="Supplier",
    party_name="SupplierName",
    role_term="supplier_type",
    journal_types=frozenset({22, 23}),
    types=(30, 31),
    type_names=("Inkoopboeking", "Creditnota inkoop"),
    sign=-1,
    direction="P",
    control_type=22,
    control_field="GLAP",
    condition_field="PaymentConditionPurchase",
    makes_document=True,
)
MEMORIAL = "generaljournalentry/GeneralJournalEntries"
MEMORIAL_LINES = "generaljournalentry/GeneralJournalEntryLines"
MEMORIAL_LINK = "GeneralJournalEntryLines"
BY_PATH = {kind.path: kind for kind in (SALES, PURCHASE)}
BY_LINES_PATH = {kind.lines_path: kind for kind in (SALES, PURCHASE)}
