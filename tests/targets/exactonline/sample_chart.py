"""The part of a chart that the samples need, ids made from codes."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta

from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod
from finance_hooks.model.entry import Entry
from tests.targets.brief_entries import SALES
from tests.targets.exactonline.brief_entries import NL_DIVISION
from tests.targets.exactonline.samples import OTHERS, SAMPLES

NAMESPACE = uuid.UUID("7d1f0c52-6c1b-4a53-9a55-2f8f3a1b6c10")

CONTROL_ACCOUNTS = {"13011": "20", "16011": "22"}
"""Those of debtors and of creditors, with their types."""


def make_chart(administration: str = NL_DIVISION) -> Chart:
    """Make the part of the division's chart that the samples need, ids made from codes."""
    accounts = sorted({each.ledger_account for entry in _all(administration) for each in entry.lines})
    parties = sorted({(entry.party, entry.kind) for entry in _all(administration) if entry.party})
    return Chart(
        administration=administration,
        name="Voorbeeld Recycling B.V.",
        country="NL" if administration == NL_DIVISION else "BE",
        currency="EUR",
        journals=_codes({"60": "22", "61": "22", "70": "20", "75": "20", "90": "90"}),
        ledger_accounts={code: _code(code, "110", f"ledger_account/{code}") for code in accounts}
        | {code: _code(code, kind, f"ledger_account/{code}") for code, kind in CONTROL_ACCOUNTS.items()},
        vat_codes=_codes(
            {
                "0": "N",
                "25": "N",
                "03": "E",
                "4": "E",
                "3": "I",
                "5": "B",
                "6": "B",
                "8": "B",
                "20": "charged",
            }
        ),
        cost_centres=_codes(dict.fromkeys(("INZ", "VERW", "VERH", "HANDEL", "MILIEU", "PERS", "HEFFING"))),
        payment_terms=_codes(dict.fromkeys(("14", "30"))),
        parties={
            code: _code(code, "customer" if kind is SALES else "supplier", f"party/{code}")
            for code, kind in parties
            if code
        },
        periods=tuple(
            ChartPeriod(
                fiscal_year=2026,
                number=month,
                first_date=date(2026, month, 1),
                last_date=date(2026 + month // 12, month % 12 + 1, 1) - timedelta(days=1),
            )
            for month in range(1, 13)
        ),
    )


def _all(administration: str) -> list[Entry]:
    return [each for each in (*SAMPLES.values(), *OTHERS.values()) if each.administration == administration]


def _codes(kinds: Mapping[str, str | None]) -> Mapping[str, ChartCode]:
    return {code: _code(code, kind, None) for code, kind in kinds.items()}


def _code(code: str, kind: str | None, place: str | None) -> ChartCode:
    return ChartCode(code=code, name=code, kind=kind, id=str(uuid.uuid5(NAMESPACE, place)) if place else None)
