"""Carry out what a person decides about documents that are not booked, wherever they say so."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.store import decisions, file_decisions, possible_bookings
from finance_hooks.store.decisions import Decision
from finance_hooks.store.engine import Connection, Engine
from finance_hooks.store.metadata import database_now

Act = Callable[[Connection, Sequence[Any], Decision], Collection[int]]
"""Does one thing to postings, and returns the ids of those to which it could be done."""

BATCH = 500
"""Postings decided about in one transaction, which keeps them from a run for as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants done, who that is, and why."""

    act: Act
    who: str
    why: str

    def decision(self, connection: Connection) -> Decision:
        """Decide now, by the store's clock."""
        return Decision(who=self.who, why=self.why, at=database_now(connection))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One posting as it stood, and whether it could be done."""

    found: Any
    done: bool


def one_by_one(act: Callable[[Connection, Any, Decision], bool]) -> Act:
    """Return an act that does to each of several postings what is done to one."""

    def act_on_all(connection: Connection, found: Sequence[Any], decision: Decision) -> Collection[int]:
        return [one.posting_id for one in found if act(connection, one, decision)]

    return act_on_all


HOLD: Act = decisions.hold
RELEASE: Act = decisions.release
RETRY: Act = decisions.retry
IMPORTED: Act = file_decisions.imported
WITHDRAW: Act = file_decisions.withdraw
NOT_BOOKED: Act = one_by_one(possible_bookings.tell_apart)


def adopt(entry_number: str) -> Act:
    """Return the act of saying that a booking in the books is the document."""
    return one_by_one(partial(possible_bookings.confirm, entry_number=entry_number))


def decide(engine: Engine, name: str, wish: Wish, *, sync_id: str | None) -> list[Decided]:
    """Decide about the document of a number or reference; one name decides about one document only.

    Raises ConfigurationError, and does nothing, where it would be done to several.
    """
    with engine.begin() as connection:
        found = decisions.find_unsettled(connection, name, sync_id=sync_id)
        decided = _act(connection, found, wish)
        if sum(one.done for one in decided) > 1:
            # Leaving the transaction this way takes back what was written in it.
            raise ConfigurationError(_which(name, decided))
    return decided


def decide_file(engine: Engine, file: str, wish: Wish, *, sync_id: str | None) -> list[Decided]:
    """Decide about all documents of a file, nothing where there is none of that name."""
    with engine.begin() as connection:
        return _act(connection, decisions.find_in_file(connection, file, sync_id=sync_id), wish)


def decide_one(engine: Engine, reference: str, wish: Wish, *, sync_id: str) -> Decided | None:
    """Decide about the document of a reference, `None` where the administration has none."""
    with engine.begin() as connection:
        found = decisions.find_referenced(connection, reference, sync_id=sync_id)
        return None if found is None else _act(connection, [found], wish)[0]


def decide_all(engine: Engine, sync_id: str, reason: ReasonCode, wish: Wish) -> Counter[bool]:
    """Decide about every document of an administration that is parked for a reason, batch by batch.

    Returns to how many it was done, and to how many it could not be.
    """
    counted: Counter[bool] = Counter()
    last = 0
    while True:
        with engine.begin() as connection:
            found = decisions.find_parked(connection, sync_id, reason, after=last, limit=BATCH)
            if not found:
                return counted
            counted.update(one.done for one in _act(connection, found, wish))
            last = found[-1].posting_id


def _act(connection: Connection, found: Sequence[Any], wish: Wish) -> list[Decided]:
    decision = wish.decision(connection)
    done = wish.act(connection, found, decision)
    return [Decided(found=one, done=one.posting_id in done) for one in found]


def _which(name: str, decided: Sequence[Decided]) -> str:
    meant = [f"{one.found.reference} in {one.found.books}" for one in decided if one.done]
    return f"{name} stands for {len(meant)} documents, and nothing was done; name one: {', '.join(meant)}."
