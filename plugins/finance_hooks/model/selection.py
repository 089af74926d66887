"""Say which documents a run asks the source for."""

from dataclasses import dataclass
from datetime import date, datetime

from finance_hooks.model.document import EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Documents changed since an instant and/or dated in a range (both ends inclusive).

    A nightly run unites both: all that changed since the watermark, and all that is dated in the open
    window. A backfill has dates only and moves no watermark. `kinds` are the kinds of documents asked for,
    `None` for all; who asks for some only has not seen all that changed, and moves no watermark either.
    """

    changed_since: datetime | None
    dated_from: date | None
    dated_until: date | None
    moves_watermark: bool
    kinds: frozenset[EntryKind] | None = None

    def to_plain(self) -> dict[str, str | bool | list[str] | None]:
        """Write the selection as JSON-ready values."""
        changed_since, dated_from, dated_until = (
            moment.isoformat() if moment else None
            for moment in (self.changed_since, self.dated_from, self.dated_until)
        )
        return {
            "changed_since": changed_since,
            "dated_from": dated_from,
            "dated_until": dated_until,
            "moves_watermark": self.moves_watermark,
            "kinds": None if self.kinds is None else sorted(self.kinds),
        }
