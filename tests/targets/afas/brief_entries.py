"""Write entries in AFAS's codes briefly."""

from tests.targets.brief_entries import MEMORIAL, PURCHASE, SALES, BriefEntries

ADMINISTRATION = "1"
BE_ADMINISTRATION = "4"
JOURNALS = {SALES: "20", PURCHASE: "10", MEMORIAL: "80"}
BRIEF = BriefEntries(
    target="afas",
    organisation="400",
    administration=ADMINISTRATION,
    journals=JOURNALS,
    vat_accounts={"1": "1510", "2": "1511", "5": "1500", "6": "1501", "7": "1505", "8": "1505"},
    reverse_charge_accounts={"7": "1520", "8": "1525"},
)
BRIEF_BE = BriefEntries(
    target="afas",
    organisation="200",
    administration=BE_ADMINISTRATION,
    journals=JOURNALS,
    vat_accounts={"31": "1515", "35": "1506", "37": "1506"},
    reverse_charge_accounts={"37": "1526"},
)
line, invoice, memorial = BRIEF.line, BRIEF.invoice, BRIEF.memorial
