"""Find what keeps an entry from a file that AFAS imports, also where AFAS cannot be asked."""

from collections.abc import Iterator
from dataclasses import replace

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.afas.chart import AfasChart
from finance_hooks.targets.afas.checks import check_entry
from finance_hooks.targets.afas.file_chart import find_chart
from finance_hooks.targets.afas.file_columns import COLUMNS
from finance_hooks.targets.afas.file_rows import make_rows
from finance_hooks.targets.afas.legs import LegKind
from finance_hooks.targets.cells import check_cells, fit_texts
from finance_hooks.targets.faults import fault
from finance_hooks.targets.file_format import FileLayout

PARTY_COLUMNS = [replace(column, word="party") if column.field == "AcNr" else column for column in COLUMNS]


def check_file_entry(entry: Entry, layout: FileLayout, chart: Chart | None) -> list[Reason]:
    """Name every fault of an entry; its cells are looked at once its codes are right.

    `layout` says the encoding.
    """
    known = find_chart(entry, chart)
    unasked = [] if chart is not None else list(_what_only_afas_knows(entry))
    return unasked or list(check_entry(entry, known)) or _check_rows(entry, known, layout)


def _what_only_afas_knows(entry: Entry) -> Iterator[Reason]:
    for line in entry.lines:
        if line.vat_amount != ZERO and line.vat_code and not line.vat_account:
            detail = (
                f"only AFAS's API tells the account of VAT code {line.vat_code}; name it in vat_codes.csv"
            )
            yield fault(entry, ReasonCode.FIELD_REFUSED, "vat_account", None, line, detail)
        if line.party is not None:
            detail = "only AFAS's API tells whether it is a debtor or a creditor; book this memorial by hand"
            yield fault(entry, ReasonCode.FIELD_REFUSED, "party", line.party, line, detail)


def _check_rows(entry: Entry, chart: AfasChart, layout: FileLayout) -> list[Reason]:
    rows = make_rows(fit_texts(entry, layout.encoding), chart)
    others = [(None, row) for row in rows if row["VaAs"] == LegKind.LEDGER_ACCOUNT]
    parties = [(None, row) for row in rows if row["VaAs"] != LegKind.LEDGER_ACCOUNT]
    found = (
        *check_cells(entry, PARTY_COLUMNS, parties, layout),
        *check_cells(entry, COLUMNS, others, layout),
    )
    return list(dict.fromkeys(found))
