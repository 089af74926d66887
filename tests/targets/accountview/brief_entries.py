"""Write entries in AccountView's codes briefly."""

from tests.targets.brief_entries import MEMORIAL, PURCHASE, SALES, BriefEntries

COMPANY = "VB01"
BE_COMPANY = "VB04"
JOURNALS = {SALES: "VRK", PURCHASE: "INK", MEMORIAL: "MEM"}
BRIEF = BriefEntries(
    target="accountview",
    organisation="500",
    administration=COMPANY,
    journals=JOURNALS,
)
BRIEF_BE = BriefEntries(
    target="accountview", organisation="200", administration=BE_COMPANY, journals=JOURNALS
)
line, invoice, memorial = BRIEF.line, BRIEF.invoice, BRIEF.memorial
