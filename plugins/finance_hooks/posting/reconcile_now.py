"""Prove any period on demand, by the package's own reading of its books; changes neither books nor store."""

from finance_hooks.posting.reconcile import prove, read_books
from finance_hooks.posting.reconciliation import Asked, Reconciliation
from finance_hooks.posting.work import Work
from finance_hooks.targets.base import TargetHook


def reconcile_now(work: Work, hook: TargetHook, asked: Asked) -> Reconciliation:
    """Read the books of the scope and compare every booked document; an empty scope makes no call."""
    if not asked.scope:
        with work.engine.begin() as connection:
            return Reconciliation(comparisons=(), faults=(), compared=(), at=work.now(connection))
    books = read_books(work, hook, asked.source_id, asked.scope)
    with work.engine.begin() as connection:
        return prove(connection, work, books, asked, hook)
