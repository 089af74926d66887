"""Write entries as a CSV file for AFAS's import of financial entries: a row per leg, debit and credit.

AFAS Help, "Fin_Entry_Import": an import definition names what each column is; there is no fixed layout.
"""

from collections.abc import Sequence
from dataclasses import replace

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import Reason
from finance_hooks.targets.afas.file_chart import find_chart
from finance_hooks.targets.afas.file_checks import check_file_entry
from finance_hooks.targets.afas.file_columns import COLUMNS
from finance_hooks.targets.afas.file_rows import make_rows
from finance_hooks.targets.afas.settings import SETTINGS
from finance_hooks.targets.cells import fit_texts, write_cells
from finance_hooks.targets.definition_sheet import write_definition_sheet
from finance_hooks.targets.file_format import FileLayout

ENCODING = "utf-8"
NOTES = (
    "Groepeer in de definitie op kolom `groep` / group by column `groep` in the definition",
    (
        "Een definitie per soort dagboek; administratie en dagboek staan in het bestand / "
        "a definition per kind of journal; administration and journal stand in the file"
    ),
    (
        "Sla geen foute regels over: een journaalpost gaat heel of niet / "
        "do not skip faulty rows: a journal entry goes whole or not at all"
    ),
)


class AfasFile:
    """Write entries of one journal for AFAS's import."""

    prefix = "AFAS"
    variants: tuple[str, ...] = ("csv",)
    entries_max = 500

    def suffix(self, layout: FileLayout) -> str:  # noqa: ARG002 - there is one variant
        """Return how the name of a file ends, without a dot."""
        return "csv"

    def why_unfit(self, entry: Entry, layout: FileLayout, chart: Chart | None) -> list[Reason]:
        """Say all that keeps an entry from being written; `chart` is `None` where no API can be asked."""
        return check_file_entry(entry, _complete(layout), chart)

    def write(self, entries: Sequence[Entry], layout: FileLayout, chart: Chart | None) -> bytes:
        """Write entries of one journal, the rows of each in succession."""
        written = _complete(layout)
        rows = [
            row
            for entry in entries
            for row in make_rows(fit_texts(entry, written.encoding), find_chart(entry, chart))
        ]
        return write_cells(COLUMNS, rows, written)

    def definition_sheet(self, layout: FileLayout) -> str:
        """Say what stands in each column."""
        title = f"{SETTINGS.label}: importdefinitie / import definition"
        return write_definition_sheet(title, COLUMNS, _complete(layout), NOTES)


def _complete(layout: FileLayout) -> FileLayout:
    return replace(layout, encoding=layout.encoding or ENCODING)
