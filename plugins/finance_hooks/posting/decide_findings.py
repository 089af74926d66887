"""Carry out what a person decides about findings on booked documents, wherever they say so."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.store import finding_decisions
from finance_hooks.store.decisions import Decision
from finance_hooks.store.engine import Connection, Engine
from finance_hooks.store.findings import FindingKind
from finance_hooks.store.metadata import database_now

Act = Callable[[Connection, Any, Decision], str | None]
"""Does one thing about one finding; returns why not, if so."""

ACCEPT: Act = finding_decisions.accept
CORRECT: Act = finding_decisions.correct
REBOOK: Act = finding_decisions.rebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants done about findings of some kinds, who that is, and why."""

    act: Act
    kinds: Collection[FindingKind]
    who: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One finding as it stood, and why it could not be done, `None` where it was."""

    found: Any
    why_not: str | None


def decide(engine: Engine, name: str, wish: Wish, *, sync_id: str | None) -> list[Decided]:
    """Decide about the open findings on one document, by its number, reference or entry number.

    Raises ConfigurationError, and does nothing, where the name stands for several.
    """
    with engine.begin() as connection:
        found = finding_decisions.find_findings(connection, name, sync_id=sync_id, kinds=wish.kinds)
        _refuse_several(name, found)
        decision = Decision(who=wish.who, why=wish.why, at=database_now(connection))
        return [Decided(found=one, why_not=wish.act(connection, one, decision)) for one in found]


def _refuse_several(name: str, found: Sequence[Any]) -> None:
    meant = sorted({f"{one.document_number} in {one.books}" for one in found})
    if len({one.document_id for one in found}) > 1 or len(meant) > 1:
        raise ConfigurationError(
            f"{name} stands for several documents, and nothing was done; name one by its reference, or its "
            f"books with --administration: {', '.join(meant)}."
        )
