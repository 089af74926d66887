"""A year of documents in one administration, books that people worked in, and both ways of proving them."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from emulators.audit_file import write_audit_file
from emulators.audit_file_style import Header, Style
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Booked, Totals
from finance_hooks.model.plain import entry_from_plain
from finance_hooks.posting.audit_file import AuditFile
from finance_hooks.posting.figures import Figure, figures_of
from finance_hooks.posting.open_boxes import open_boxes
from finance_hooks.posting.reconcile_file import reconcile_files
from finance_hooks.posting.reconcile_now import reconcile_now
from finance_hooks.posting.reconciliation import Asked, Reconciliation
from finance_hooks.posting.span import EVERYTHING_BOOKED, scope_of
from finance_hooks.store import posting_moves
from finance_hooks.store.events import Stamp
from finance_hooks.targets.base import TargetHook
from tests.integration.chain.chain import SOURCE_ID, Chain

YEAR = timedelta(days=365)
HANDS = ("deleted", "by hand", "by hand", "another amount", "another day", "another period")
"""What people do to the books, in the order in which it is done to sales that are not booked yet."""


@dataclass(slots=True)
class Worked:
    """Which documents people worked on in the books, by what they did."""

    done: dict[str, str] = field(default_factory=dict)


def issue_a_year(chain: Chain, count: int, *, seed: int) -> None:
    """Let the source issue documents of a year, and the samples with dollars and everything else."""
    chain.source_emulator.load_demo(today=chain.today, documents=0)
    wanted = {
        "count": count,
        "seed": seed,
        "from": str(chain.today - YEAR),
        "until": str(chain.today),
        "organisations": [chain.administration.organisation],
    }
    chain.source_emulator.load({"generate": wanted})


def live_a_year(chain: Chain, *, hands: Sequence[str] = HANDS) -> Worked:
    """Book the year in one night, with people at work in the books before it is compared."""
    worked = Worked()
    selection = _all_of(chain)
    chain.prepare("year", selection)
    pending = _pending_sales(chain)
    assert len(pending) >= len(hands)
    for hand, (posting_id, entry) in zip(hands, pending, strict=False):
        _work(chain, hand, posting_id, entry)
        worked.done[entry.number] = hand
    chain.load_until_done("year")
    return worked


def by_books(chain: Chain) -> Reconciliation:
    """Prove everything by the package's own reading of its books."""
    found: list[Reconciliation] = []

    def read(hook: TargetHook, _lease: object) -> dict[str, int]:
        found.append(reconcile_now(chain.work("by books"), hook, asked(chain)))
        return {}

    chain.clock.sleep(chain.settings.settle_s + 1)
    chain.with_books(read)
    return found[0]


def by_files(chain: Chain, folder: Path, style: Style) -> Reconciliation:
    """Prove everything by the audit files that the emulated package writes, one a fiscal year."""
    files = [AuditFile(path) for path in write_files(chain, folder, style)]
    return reconcile_files(chain.work("by files"), files, asked(chain))


def write_files(chain: Chain, folder: Path, style: Style) -> list[Path]:
    """Write an audit file for each fiscal year that has bookings."""
    years: dict[str, list[dict[str, Any]]] = {}
    for entry in chain.bench.books():
        years.setdefault(str(entry["period"]).partition("/")[0], []).append(entry)
    paths = []
    for year, entries in sorted(years.items()):
        header = Header(
            company=chain.administration.target_administration,
            fiscal_year=year,
            first_day=f"{year}-01-01",
            last_day=f"{year}-12-31",
            made_on=str(chain.today + timedelta(days=1)),
        )
        written = io.BytesIO()
        write_audit_file(written, header, entries, style)
        path = folder / f"{chain.sync_id}-{year}-{style.version}.xaf"
        path.write_bytes(written.getvalue())
        paths.append(path)
    return paths


def asked(chain: Chain) -> Asked:
    """Ask for everything that is booked."""
    work = chain.work("asked")
    return Asked(
        source_id=SOURCE_ID,
        scope=scope_of(work, SOURCE_ID, EVERYTHING_BOOKED),
        boxes=open_boxes(chain.administration),
    )


def told_alike(found: Reconciliation) -> list[Figure]:
    """Return every figure, without what the two ways name differently: ids, and texts of other people's."""
    figures = []
    for figure in figures_of(found):
        if figure.what == "not_ours":
            figures.append(replace(figure, key=""))
        elif not figure.journal:
            figures.append(replace(figure, books="", difference=_without_ids(figure.difference)))
        else:
            figures.append(figure)
    return sorted(figures, key=str)


def faults(found: Reconciliation) -> Counter[str]:
    """Count what is wrong by kind."""
    return Counter(fault.kind.value for fault in found.faults)


def _without_ids(said: str) -> str:
    return "; ".join(part for part in said.split("; ") if not part.startswith("number "))


def _all_of(chain: Chain) -> Any:
    from finance_hooks.model.selection import Selection  # noqa: PLC0415 - beside its only use

    return Selection(
        changed_since=None,
        dated_from=chain.today - YEAR - timedelta(days=60),
        dated_until=chain.today,
        moves_watermark=True,
    )


def _pending_sales(chain: Chain) -> list[tuple[int, Entry]]:
    chosen = sa.text("SELECT posting_id, entry FROM posting WHERE state = 'pending' ORDER BY posting_id")
    with chain.engine.begin() as connection:
        rows = [(row.posting_id, entry_from_plain(row.entry)) for row in connection.execute(chosen)]
    this_month = date(chain.today.year, chain.today.month, 1)
    return [
        (posting_id, entry)
        for posting_id, entry in rows
        if entry.kind is EntryKind.SALES
        and entry.rate is None
        and entry.gross > 0
        and this_month - timedelta(days=60) < entry.entry_date < this_month
    ]


def _work(chain: Chain, hand: str, posting_id: int, entry: Entry) -> None:
    """Do to the books what a person did: before the night, so that the night finds it so."""
    if hand == "deleted":
        # The store knows of a booking that the books do not hold any more.
        booked = Booked(reference=entry.reference, id="gone", number="gone", totals=Totals())
        with chain.engine.begin() as connection:
            stamp = Stamp(run_id="earlier", at=chain.now() - timedelta(days=2))
            posting_moves.to_booked(connection, posting_id, booked, stamp, adopted=True)
        return
    changed = {
        "by hand": _by_hand,
        "another amount": _another_amount,
        "another day": lambda one: replace(one, entry_date=one.entry_date - timedelta(days=1)),
        "another period": _a_month_later,
    }[hand](entry)
    chain.with_books(lambda hook, _lease: {"posted": len(_posted(hook, changed))})


def _posted(hook: TargetHook, entry: Entry) -> list[Any]:
    outcomes = hook.post_entries([entry])
    assert all(isinstance(outcome, Booked) for outcome in outcomes), outcomes
    return list(outcomes)


def _by_hand(entry: Entry) -> Entry:
    by_hand = f"H{entry.number[-6:]}"
    return replace(entry, reference=by_hand, number=by_hand)


def _another_amount(entry: Entry) -> Entry:
    line = entry.lines[0]
    return replace(
        entry,
        gross=entry.gross + Decimal("1.00"),
        gross_in_books=entry.gross_in_books + Decimal("1.00"),
        lines=(replace(line, amount=line.amount + Decimal("1.00")), *entry.lines[1:]),
    )


def _a_month_later(entry: Entry) -> Entry:
    later = entry.entry_date + timedelta(days=31)
    return replace(entry, entry_date=later, fiscal_year=later.year, period=later.month)
