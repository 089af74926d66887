"""Write pages as a file for AccountView's import: the frozen layout, all fields, or XML.

Visma support, "Gegevens importeren in AccountView": an import definition names what each column is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import Reason
from finance_hooks.targets.accountview.file_checks import check_codes, check_frozen, check_number
from finance_hooks.targets.accountview.file_columns import FIELDS, FROZEN
from finance_hooks.targets.accountview.file_rows import Rows, make_frozen_rows, make_rows
from finance_hooks.targets.accountview.file_xml import CELLS, write_xml
from finance_hooks.targets.accountview.settings import SETTINGS
from finance_hooks.targets.accountview.texts import ENCODING
from finance_hooks.targets.cells import Column, check_cells, fit_texts, write_cells
from finance_hooks.targets.definition_sheet import write_definition_sheet
from finance_hooks.targets.file_format import FileLayout

CSV, ALL_FIELDS, XML = "csv", "fields", "xml"
COLUMNS: Mapping[str, Sequence[Column]] = {CSV: FROZEN, ALL_FIELDS: FIELDS, XML: FIELDS}
MAKERS: Mapping[str, Callable[[Entry], Rows]] = {CSV: make_frozen_rows, ALL_FIELDS: make_rows, XML: make_rows}

NOTES = (
    (
        "Kies eerst onderneming en boekjaar: het bestand kiest ze niet / "
        "choose company and book year first: the file does not"
    ),
    (
        "Vul in de definitie GROSS_FLG vast met nee: bedragen zijn zonder btw / "
        "set GROSS_FLG to no in the definition: amounts are without VAT"
    ),
    (
        "Een regel per boekingsregel; opeenvolgende regels met dezelfde HDR_DESC zijn een bladzijde / "
        "a row per line; rows in succession with the same HDR_DESC are one page"
    ),
)


class AccountViewFile:
    """Write pages of one journal for AccountView's import."""

    prefix = "AV"
    variants: tuple[str, ...] = (CSV, ALL_FIELDS, XML)
    entries_max = 500

    def suffix(self, layout: FileLayout) -> str:
        """Return how the name of a file ends, without a dot."""
        return "xml" if _variant(layout) == XML else "csv"

    def why_unfit(self, entry: Entry, layout: FileLayout, chart: Chart | None) -> list[Reason]:
        """Say all that keeps an entry from being written; `chart` is `None` where no API can be asked."""
        variant, written = _variant(layout), _complete(layout)
        reasons = check_codes(entry, chart)
        if variant == CSV:
            reasons += check_frozen(entry)
        reasons += check_number(entry, written.encoding)
        reasons += check_cells(entry, COLUMNS[variant], _rows(entry, layout), written)
        return list(dict.fromkeys(reasons))

    def write(self, entries: Sequence[Entry], layout: FileLayout, chart: Chart | None) -> bytes:  # noqa: ARG002 - a page names accounts itself
        """Write entries of one journal and book year."""
        pages = [_rows(entry, layout) for entry in entries]
        if _variant(layout) == XML:
            return write_xml(pages, layout.encoding or ENCODING)
        rows = [row for page in pages for _, row in page]
        return write_cells(COLUMNS[_variant(layout)], rows, _complete(layout))

    def definition_sheet(self, layout: FileLayout) -> str:
        """Say what stands in each column; XML names its fields itself."""
        variant = _variant(layout)
        if variant == XML:
            return ""
        title = f"{SETTINGS.label}: importdefinitie / import definition ({variant})"
        return write_definition_sheet(title, COLUMNS[variant], _complete(layout), NOTES)


def _rows(entry: Entry, layout: FileLayout) -> Rows:
    variant = _variant(layout)
    # A spreadsheet opens no XML as cells, so texts in it stay as they are.
    fitted = entry if variant == XML else fit_texts(entry, _complete(layout).encoding)
    return MAKERS[variant](fitted)


def _variant(layout: FileLayout) -> str:
    return layout.variant or CSV


def _complete(layout: FileLayout) -> FileLayout:
    if _variant(layout) == XML:
        return replace(CELLS, encoding=ENCODING)
    return replace(layout, encoding=layout.encoding or ENCODING)
