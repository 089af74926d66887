"""Agree how entries become a file that a package imports, beside its API."""

from collections.abc import Sequence
from typing import Protocol

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.model.export import DateStyle, FileLayout
from finance_hooks.model.park_reason import Reason

__all__ = ["DateStyle", "FileFormat", "FileLayout"]


class FileFormat(Protocol):
    """Write entries of one administration as files that its package imports; does no I/O.

    `variants` are the kinds of file there are, the first the one that is meant when nothing is said.
    `entries_max` go into one file, all of one journal.
    """

    prefix: str
    variants: tuple[str, ...]
    entries_max: int

    def suffix(self, layout: FileLayout) -> str:
        """Return how the name of a file ends, without a dot."""
        ...

    def why_unfit(self, entry: Entry, layout: FileLayout, chart: Chart | None) -> list[Reason]:
        """Say all that keeps an entry from being written; `chart` is `None` where no API can be asked."""
        ...

    def write(self, entries: Sequence[Entry], layout: FileLayout, chart: Chart | None) -> bytes:
        """Write entries of one journal, each with nothing that keeps it from being written."""
        ...

    def definition_sheet(self, layout: FileLayout) -> str:
        """Say in Markdown what stands in each column, for whoever makes the package's import definition.

        Empty where the package needs none.
        """
        ...
