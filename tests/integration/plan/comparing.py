"""Hold a plan against what the night after it really did: by store, books, and the list of calls."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from finance_hooks.model.entry import Entry
from finance_hooks.model.plain import entry_from_plain, reasons_from_plain
from finance_hooks.posting.plan import Plan
from finance_hooks.posting.plan_lines import total_journals, total_vat
from finance_hooks.posting.planned import Place
from tests.integration.chain.chain import Chain
from tests.integration.chain.relatives import Relatives
from tests.integration.chain.telling import Telling
from tests.integration.plan.planning import Planner

RUN_PLACES = {
    "booked": {Place.BOOK, Place.BOOKED, Place.ADOPT, Place.FOUND},
    "pending": {Place.WAITING},
    "parked": {Place.PARKED, Place.WITHDRAWN},
    "unknown": {Place.UNKNOWN},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What one night left behind: state, entry and reasons by reference, and the calls it made."""

    states: Mapping[str, str]
    sent: Mapping[str, Entry]
    reasons: Mapping[str, Counter[str]]
    calls: int
    changing_calls: int

    @property
    def booked(self) -> int:
        return len(self.sent)


class Comparison:
    """One plan and the night after it."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.planner = Planner(chain)
        self.relatives = Relatives(chain, new_customer=False)
        self.telling = Telling(chain, chain.monkeypatch, mode="none")

    def plan(self, *, as_if_resumed: bool = False) -> Plan:
        plan = self.planner.plan(as_if_resumed=as_if_resumed)
        self._calls_before = self._calls()
        return plan

    def night(self, run_id: str = "night") -> Night:
        """Run the night, with relations and files, and read what it left."""
        self.chain.prepare(run_id)
        self.relatives.relate(run_id)
        self.chain.load_until_done(run_id)
        if self.planner.target.attachments:
            self.telling.attach(run_id)
        self.chain.compare(run_id)
        return self.read(run_id)

    def read(self, run_id: str = "night") -> Night:
        chosen = sa.text("SELECT p.reference, p.state, p.entry, p.reasons, p.sent_run_id FROM posting p")
        with self.chain.engine.begin() as connection:
            rows = connection.execute(chosen).all()
        made = self._calls() - self._calls_before
        return Night(
            states={row.reference: row.state for row in rows},
            sent={
                row.reference: entry_from_plain(row.entry)
                for row in rows
                if row.state == "booked" and row.sent_run_id == run_id
            },
            reasons={
                row.reference: Counter(reason.code.value for reason in reasons_from_plain(row.reasons))
                for row in rows
                if row.state == "parked"
            },
            calls=made.total(),
            changing_calls=made["POST"],
        )

    def _calls(self) -> Counter[str]:
        is_call = self.planner.is_call
        return Counter(
            "POST" if self._books(call["path"], call["operation"], call["method"]) else "other"
            for call in self.chain.bench.calls()
            if is_call(call["path"])
        )

    def _books(self, path: str, operation: str, method: str) -> bool:
        return self.chain.bench.is_posting(path, operation, method)


def differences(plan: Plan, night: Night) -> list[str]:
    """Name everything in which a night was not as planned; nothing when it was."""
    assert plan.counted is not None
    planned = {one.reference: one for one in plan.planned if one.reference is not None}
    sent = {key: one.entry for key, one in planned.items() if one.place is Place.BOOK}
    parked = {
        key: Counter(reason.code.value for reason in one.reasons)
        for key, one in planned.items()
        if one.place in RUN_PLACES["parked"]
    }
    places = {
        key: state
        for key, state in night.states.items()
        if (planned[key].place not in RUN_PLACES[state] if key in planned else state != "booked")
    }
    compared: tuple[tuple[str, object, object], ...] = (
        ("documents elsewhere", {}, places),
        ("entries", _plain(sent), _plain(night.sent)),
        ("reasons", parked, night.reasons),
        ("totals per journal", total_journals(plan.entries), total_journals(night.sent.values())),
        ("totals per VAT code", total_vat(plan.entries), total_vat(night.sent.values())),
        ("calls", plan.counted.count, night.calls),
        (
            "calls that book",
            sum(one.count for one in plan.counted.calls if one.step == "load" and one.changes_books),
            night.changing_calls,
        ),
    )
    return [f"{what}: {before} planned, {after} done" for what, before, after in compared if before != after]


def _plain(entries: Mapping[str, Entry | None]) -> dict[str, object]:
    return {key: None if entry is None else asdict(entry) for key, entry in entries.items()}
