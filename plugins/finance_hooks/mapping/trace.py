"""Collect what mapping one document finds: why it must be parked, which rows it used, what to warn of."""

from dataclasses import dataclass, field

from finance_hooks.mapping.lookup import TableRow
from finance_hooks.model.digest import digest_of
from finance_hooks.model.document_warning import DocumentWarning, WarningCode
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.party import PartyNeed

VERSION = "v1"


@dataclass(slots=True, kw_only=True)
class Trace:
    """The findings of one document; `document` is its number as people know it."""

    document: str
    reasons: dict[tuple[ReasonCode, str, str | None, str | None], Reason] = field(default_factory=dict)
    rows: dict[str, TableRow] = field(default_factory=dict)
    warnings: list[DocumentWarning] = field(default_factory=list)
    parties: dict[PartyNeed, None] = field(default_factory=dict)

    def park(
        self, code: ReasonCode, name: str, value: str | None, detail: str | None, *, line: int | None = None
    ) -> None:
        """Give a reason once; the same fault on further lines adds nothing."""
        reason = Reason(code=code, document=self.document, line=line, field=name, value=value, detail=detail)
        self.reasons.setdefault((code, name, value, detail), reason)

    def warn(self, code: WarningCode, name: str, value: str, detail: str) -> None:
        """Report something odd that does not keep the document from being booked."""
        self.warnings.append(
            DocumentWarning(code=code, document=self.document, field=name, value=value, detail=detail)
        )

    def use(self, row: TableRow) -> TableRow:
        """Remember a row that this document relies on."""
        self.rows[row.at] = row
        return row

    def need(self, party: PartyNeed) -> None:
        """Remember a party that the document is booked on, once."""
        self.parties[party] = None

    def mapping_digest(self) -> str:
        """Digest what the used rows say; moving a row to another line changes nothing."""
        return f"{VERSION}:{digest_of(sorted({row.content for row in self.rows.values()}))}"
