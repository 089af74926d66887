"""Writes of one party and what a way out may make of them, for the tests of every package."""

from datetime import UTC, datetime, timedelta

from finance_hooks.model.outcome import Later
from finance_hooks.model.party import PartyOutcome, PartyWrite, Role, TargetParty
from finance_hooks.transport.answer import Answer

NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)
EARLIER = TargetParty(id="an id", code="88001", name="Klant", roles=frozenset({Role.DEBTOR}))


def a_write(**fields: str) -> PartyWrite:
    """Make a new debtor of these fields."""
    return PartyWrite(party="88001", role=Role.DEBTOR, code="88001", fields=fields)


def a_change(**fields: str) -> PartyWrite:
    """Change these fields of a debtor."""
    return PartyWrite(party="88001", role=Role.DEBTOR, code="88001", fields=fields, earlier=EARLIER)


def answered(status: int, body: str | bytes = "", **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else body.encode()
    return Answer(status=status, headers=headers, body=content, url="https://books.example.org")


def waits_s(outcome: PartyOutcome) -> float:
    assert isinstance(outcome, Later), outcome
    return (outcome.until - NOW) / timedelta(seconds=1)
