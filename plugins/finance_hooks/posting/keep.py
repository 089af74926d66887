"""Keep documents as long as they must be kept, then purge what is personal; what is booked stays proved."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from finance_hooks.model.retention import Retention
from finance_hooks.store import purging
from finance_hooks.store.cache import forget_old
from finance_hooks.store.engine import Connection, Engine
from finance_hooks.store.events import Stamp, append_event
from finance_hooks.store.metadata import Now, database_now
from finance_hooks.store.party_names import forget_names
from finance_hooks.store.purging import Due
from finance_hooks.store.runs import forget_sentences

BATCH = 1000
"""Documents purged in one transaction."""

CACHE_KEPT = timedelta(days=30)
"""Nobody reads a cached answer older than a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """One purge: by which rule, on which business date, in which run, and who lets it run."""

    retention: Retention
    today: date
    run_id: str
    who: str


def preview(engine: Engine, purge: Purge, *, now: Now = database_now) -> tuple[list[Due], dict[str, int]]:
    """Say what is due, what of it is purged and what is kept and why, and what else goes; change nothing."""
    with engine.begin() as connection:
        due = purging.count_due(connection, purge.retention, purge.today)
        return due, _forget_others(connection, purge, now(connection), dry_run=True)


def keep(engine: Engine, purge: Purge, *, now: Now = database_now) -> dict[str, int]:
    """Purge what was kept long enough and is settled, batch by batch; returns what was purged."""
    counts: Counter[str] = Counter()
    last = 0
    while True:
        with engine.begin() as connection:
            ids = purging.lock_settled(connection, purge.retention, purge.today, after=last, limit=BATCH)
            if not ids:
                break
            stamp = Stamp(run_id=purge.run_id, at=now(connection))
            purged = purging.purge(connection, ids, at=stamp.at)
            append_event(connection, "purged", stamp, detail={**_detail(purge), **purged})
            counts.update(purged)
            last = ids[-1]
    with engine.begin() as connection:
        counts.update(_forget_others(connection, purge, now(connection), dry_run=False))
    return dict(counts)


def _forget_others(connection: Connection, purge: Purge, at: datetime, *, dry_run: bool) -> dict[str, int]:
    before = datetime.combine(purge.retention.due_before(purge.today), time.min, tzinfo=UTC)
    return {
        "cache_rows": forget_old(connection, before=at - CACHE_KEPT, dry_run=dry_run),
        "party_names": forget_names(connection, dry_run=dry_run),
        "proposals": purging.forget_proposals(connection, before=before, dry_run=dry_run),
        "reports": forget_sentences(connection, before=before, dry_run=dry_run),
    }


def _detail(purge: Purge) -> dict[str, object]:
    years = {"*": purge.retention.years, **purge.retention.by_organisation}
    return {"who": purge.who, "why": "kept long enough", "years": years, "on": purge.today.isoformat()}
