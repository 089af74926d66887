"""Choose which changes are tried: all of them, or one of every kind."""

from collections.abc import Iterator

from finance_hooks.mapping.tables import read_tables
from tests.integration.chain.mutating import Mutating
from tests.integration.chain.mutations import CodeChange, RowChange, code_changes, row_changes
from tests.integration.chain.offering import administration


def all_changes(mutating: Mutating) -> list[RowChange | CodeChange]:
    """List every change of a row, then every change of a code that a row names."""
    tables = read_tables(administration(mutating.chain.sync_id))
    return [*row_changes(tables, mutating.today), *code_changes(tables, mutating.today)]


def one_of_each(mutating: Mutating) -> Iterator[RowChange | CodeChange]:
    """Choose of every kind the change that concerns the fewest documents, but some."""
    alike: dict[tuple[str, str, str], list[tuple[int, RowChange | CodeChange]]] = {}
    for change in all_changes(mutating):
        if count := mutating.count(change):
            kind = type(change).__name__, change.part, str(change.change)
            alike.setdefault(kind, []).append((count, change))
    for found in alike.values():
        yield min(found, key=lambda each: each[0])[1]
