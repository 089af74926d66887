"""Say from when on it counts that the books do not hold what was sent."""

from datetime import datetime, timedelta


def settles_at(posting_sent_until: datetime | None, settle_s: int) -> datetime | None:
    """Return from when on absence from the books counts: the vendor cannot be working on it any more."""
    return None if posting_sent_until is None else posting_sent_until + timedelta(seconds=settle_s)
