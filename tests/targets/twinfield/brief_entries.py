"""Write entries in Twinfield's codes briefly."""

from tests.targets.brief_entries import MEMORIAL, PURCHASE, SALES, BriefEntries

OFFICE = "NL42"
BRIEF = BriefEntries(
    target="twinfield",
    organisation="300",
    administration=OFFICE,
    journals={SALES: "VRK", PURCHASE: "INK", MEMORIAL: "MEMO"},
    vat_accounts={"IVLH": "1520"},
    reverse_charge_accounts={"IVLH": "1535"},
)
line, invoice, memorial = BRIEF.line, BRIEF.invoice, BRIEF.memorial
