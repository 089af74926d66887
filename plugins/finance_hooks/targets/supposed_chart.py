"""Suppose a chart where no API can be asked: what an entry names is there, and its period is open."""

from collections.abc import Iterable

from finance_hooks.model.chart import Chart, ChartCode, ChartPeriod
from finance_hooks.model.entry import Entry


def suppose_chart(entry: Entry, *, journal_kind: str, party_kind: str) -> Chart:
    """Make the chart of one entry: all codes it names, of the kinds they have to be of.

    Of its period the entry's own day is all that is known. What the entry lacks is lacking in the chart too.
    """
    lines = entry.lines
    accounts = [(line.ledger_account, line.vat_account, line.reverse_charge_account) for line in lines]
    return Chart(
        administration=entry.administration,
        name="",
        country="",
        currency="" if entry.rate is not None else entry.currency,
        journals=_codes([entry.journal], journal_kind),
        ledger_accounts=_codes(account for named in accounts for account in named),
        vat_codes=_codes(line.vat_code for line in lines),
        cost_centres=_codes(line.cost_centre for line in lines),
        cost_units=_codes(line.cost_unit for line in lines),
        payment_terms=_codes([entry.payment_term]),
        parties=_codes([entry.party, *(line.party for line in lines)], party_kind),
        periods=(_period(entry),),
    )


def _codes(codes: Iterable[str | None], kind: str | None = None) -> dict[str, ChartCode]:
    return {code: ChartCode(code=code, name="", kind=kind) for code in codes if code}


def _period(entry: Entry) -> ChartPeriod:
    return ChartPeriod(
        fiscal_year=entry.fiscal_year,
        number=entry.period,
        first_date=entry.entry_date,
        last_date=entry.entry_date,
        is_supposed=True,
    )
