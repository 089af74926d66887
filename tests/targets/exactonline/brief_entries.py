"""Write entries in Exact's codes briefly."""

from tests.targets.brief_entries import MEMORIAL, PURCHASE, SALES, BriefEntries

NL_DIVISION = "1234567"
BE_DIVISION = "7654321"
JOURNALS = {SALES: "70", PURCHASE: "60", MEMORIAL: "90"}
BRIEF = BriefEntries(target="exactonline", organisation="100", administration=NL_DIVISION, journals=JOURNALS)
BRIEF_BE = BriefEntries(
    target="exactonline", organisation="200", administration=BE_DIVISION, journals=JOURNALS
)
line, invoice, memorial = BRIEF.line, BRIEF.invoice, BRIEF.memorial
