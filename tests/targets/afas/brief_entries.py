"""Write entries in AFAS's codes briefly."""

from tests.targets.brief_entries import MEMORIAL, PURCHASE, SALES, BriefEntries

ADMINISTRATION = "1"
BRIEF = BriefEntries(
    target="afas",
    organisation="400",
    administration=ADMINISTRATION,
    journals={SALES: "20", PURCHASE: "10", MEMORIAL: "80"},
    vat_accounts={"1": "1510", "2": "1511", "5": "1500", "6": "1501", "7": "1505", "8": "1505"},
    reverse_charge_accounts={"7": "1520", "8": "1525"},
)
line, invoice, memorial = BRIEF.line, BRIEF.invoice, BRIEF.memorial
