"""Offer the eExact document as the file that a person imports into Exact, where no API is used."""

from collections.abc import Sequence

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import Reason
from finance_hooks.targets.exactonline.checks import check_entry, check_number
from finance_hooks.targets.exactonline.eexact import write_document, write_transaction
from finance_hooks.targets.exactonline.payload import RateDirection
from finance_hooks.targets.exactonline.settings import UPLOAD_ENTRIES_MAX
from finance_hooks.targets.file_format import FileLayout


class ExactFile:
    """Write entries as one eExact document; it has no cells, so a layout changes nothing of it."""

    prefix = "EX"
    variants: tuple[str, ...] = ("eexact",)
    entries_max = UPLOAD_ENTRIES_MAX

    def suffix(self, layout: FileLayout) -> str:  # noqa: ARG002 - FileFormat's own
        """Return how the name of a file ends."""
        return "xml"

    def why_unfit(
        self,
        entry: Entry,
        layout: FileLayout,  # noqa: ARG002 - FileFormat's own
        chart: Chart | None,
    ) -> list[Reason]:
        """Say what Exact would refuse; without a chart that is only what no code has to do with."""
        return list(check_number(entry) if chart is None else check_entry(entry, chart))

    def write(
        self,
        entries: Sequence[Entry],
        layout: FileLayout,  # noqa: ARG002 - FileFormat's own
        chart: Chart | None,
    ) -> bytes:
        """Write entries in their order; a rate is the value of one unit of the foreign currency."""
        direction = RateDirection.BOOKS_PER_CURRENCY
        return write_document(write_transaction(entry, chart, direction) for entry in entries)

    def definition_sheet(self, layout: FileLayout) -> str:  # noqa: ARG002 - there is none
        """Return nothing: Exact knows its own XML."""
        return ""
