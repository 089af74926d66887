"""Write entries in AccountView's codes briefly."""

from tests.targets.brief_entries import ENTRY_DATE, MEMORIAL, PURCHASE, SALES, BriefEntries

__all__ = ["BRIEF", "COMPANY", "ENTRY_DATE", "PURCHASE", "SALES", "invoice", "line", "memorial"]

COMPANY = "VB01"
BRIEF = BriefEntries(
    target="accountview",
    organisation="500",
    administration=COMPANY,
    journals={SALES: "VRK", PURCHASE: "INK", MEMORIAL: "MEM"},
)
line, invoice, memorial = BRIEF.line, BRIEF.invoice, BRIEF.memorial
