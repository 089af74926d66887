"""Choose which changes are tried: all of them, or one of every file and part of the chart."""

from collections.abc import Iterator

from finance_hooks.mapping.tables import read_tables
from tests.contract.chart_hands import Change
from tests.integration.chain.mutating import Mutating
from tests.integration.chain.mutations import CodeChange, RowChange, code_changes, row_changes
from tests.integration.chain.offering import administration


def all_changes(mutating: Mutating) -> list[RowChange | CodeChange]:
    """List every change of a row, then every change of a code that a row names."""
    tables = read_tables(administration(mutating.chain.sync_id))
    return [*row_changes(tables, mutating.today), *code_changes(tables, mutating.today)]


def one_of_each(mutating: Mutating) -> Iterator[RowChange | CodeChange]:
    """Choose for every file a row, and for every part of the chart a code, that few documents use.

    What happens to them takes turns, so that every kind of change comes about; a code that cannot be blocked
    is followed by what else can happen to it.
    """
    alike: dict[tuple[str, str], list[tuple[int, RowChange | CodeChange]]] = {}
    for change in all_changes(mutating):
        if count := mutating.count(change):
            alike.setdefault((type(change).__name__, change.part), []).append((count, change))
    for turn, found in enumerate(alike.values()):
        fewest = min(count for count, _ in found)
        kinds = sorted({change.change for _, change in found})
        chosen = kinds[turn % len(kinds)]
        wanted = {chosen} if chosen is not Change.BLOCK else {chosen, Change.RENAME}
        first = {change.change: change for count, change in reversed(found) if count == fewest}
        yield from (first[kind] for kind in wanted if kind in first)
