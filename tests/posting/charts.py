"""A chart in which every code of the example tables is in order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod
from finance_hooks.model.document import EntryKind
from finance_hooks.model.preflight_fault import PreflightFault
from finance_hooks.posting.preflight_rules import Preflight, check_rows
from tests.mapping.examples import ACCOUNTS, the_administration

TODAY = date(2026, 6, 15)
SALES, PURCHASE, MEMORIAL = (frozenset({kind}) for kind in EntryKind)
RATES = {
    "VH21": "21",
    "VL9": "9",
    "VVERL": "0",
    "VICL": "0",
    "VBTN": "0",
    "IH21": "21",
    "IVERL21": "21",
    "IBTN": "0",
}
JUNE = ChartPeriod(
    fiscal_year=2026, number=6, first_date=date(2026, 6, 1), last_date=date(2026, 6, 30), is_open=True
)


def code(name: str, **fields: Any) -> ChartCode:
    return ChartCode(code=name, name=name, **fields)


def by_code(*codes: ChartCode) -> dict[str, ChartCode]:
    return {one.code: one for one in codes}


def a_chart(**changed: Any) -> Chart:
    """Make the chart; `changed` are parts that differ."""
    parts: dict[str, Any] = {
        "administration": "1234567",
        "name": "Voorbeeld",
        "country": "NL",
        "currency": "EUR",
        "journals": by_code(
            code("VRK", serves=SALES), code("INK", serves=PURCHASE), code("MEM", serves=MEMORIAL)
        ),
        "ledger_accounts": by_code(*map(code, [*ACCOUNTS.split(), "1650", "1655", "1660", "4990"])),
        "vat_codes": by_code(
            *(
                code(name, percentage=Decimal(rate), serves=SALES if name.startswith("V") else PURCHASE)
                for name, rate in RATES.items()
            )
        ),
        "cost_centres": by_code(code("INZ"), code("VERW")),
        "cost_units": by_code(code("REST")),
        "payment_terms": by_code(code("30")),
        "parties": by_code(code("10045", serves=SALES)),
        "periods": (JUNE,),
    }
    return Chart(**(parts | changed))


def with_code(part: str, changed: ChartCode) -> dict[str, Mapping[str, ChartCode]]:
    """Put one code in the place of the one of the same name."""
    return {part: {**getattr(a_chart(), part), changed.code: changed}}


def without_code(part: str, name: str) -> dict[str, Mapping[str, ChartCode]]:
    """Leave one code out."""
    return {part: {key: each for key, each in getattr(a_chart(), part).items() if key != name}}


def checked(folder: Path, chart: Chart, **fields: Any) -> tuple[PreflightFault, ...]:
    """Hold the tables of a folder against a chart; `fields` are those of the administration that differ."""
    administration = replace(the_administration(folder), **fields)
    tables = read_tables(administration, folder)
    return check_rows(Preflight(administration=administration, chart=chart, tables=tables, today=TODAY))
