"""Describe one row of administrations.csv: one set of books that one organisation is brought into."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from finance_hooks.model.export import ExportType, FileExport


class ClosedPeriodPolicy(StrEnum):
    """What happens to a document whose period is closed."""

    PARK = "park"
    NEXT_OPEN = "next_open"


class CorrectionPolicy(StrEnum):
    """What happens when the source changes or takes back a document after it was booked."""

    PERSON = "person"
    REVERSE = "reverse"


class RelationsPolicy(StrEnum):
    """What may be written to the debtors and creditors of the package."""

    WRITE = "write"
    PROPOSE = "propose"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """One organisation's books: where its documents come from, where they go, and from when until when.

    `starts_on` and `ends_on` (inclusive) are document dates. `books_closed_until` is the bookkeeper's own
    lock, inclusive. The policies of the last ones come from policies.csv, where the administration has a row
    there, and `export` from exports.csv. Without a `target_conn_id` nobody can ask the books.
    """

    sync_id: str
    organisation: str
    source_conn_id: str
    target: str
    target_conn_id: str
    target_administration: str
    country: str
    starts_on: date
    ends_on: date | None
    books_closed_until: date | None
    closed_period_policy: ClosedPeriodPolicy
    exchange_difference_account: str | None
    correction_policy: CorrectionPolicy = CorrectionPolicy.PERSON
    relations_policy: RelationsPolicy = RelationsPolicy.WRITE
    export: FileExport | None = None

    @property
    def export_type(self) -> ExportType:
        """How entries reach the package."""
        return ExportType.API if self.export is None else ExportType.FILE

    @property
    def can_be_asked(self) -> bool:
        """Whether the package has an API that is used, if only for reading."""
        return bool(self.target_conn_id)

    @property
    def books(self) -> str:
        """Name the set of books for posting keys, the same whatever the row is called."""
        return f"{self.target}:{self.target_administration}"
