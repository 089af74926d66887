"""Write entries in Twinfield's codes briefly."""

from tests.targets.brief_entries import MEMORIAL, PURCHASE, SALES, BriefEntries

OFFICE = "NL42"
BE_OFFICE = "BE01"
JOURNALS = {SALES: "VRK", PURCHASE: "INK", MEMORIAL: "MEMO"}
BRIEF = BriefEntries(
    target="twinfield",
    organisation="300",
    administration=OFFICE,
    journals=JOURNALS,
    vat_accounts={"IVLH": "1520"},
    reverse_charge_accounts={"IVLH": "1535"},
)
BRIEF_BE = BriefEntries(
    target="twinfield",
    organisation="200",
    administration=BE_OFFICE,
    journals=JOURNALS,
    vat_accounts={"AMC": "411000"},
    reverse_charge_accounts={"AMC": "451056"},
)
line, invoice, memorial = BRIEF.line, BRIEF.invoice, BRIEF.memorial
