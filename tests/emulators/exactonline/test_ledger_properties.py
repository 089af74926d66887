"""Whatever is booked: the ledger of an entry is zero and its control line is the entry's total."""

from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulators.exactonline_client import Body, ExactClient, emulator_of

SALES_CODES = ("0", "1", "2", "3", "4", "5", "6", "9")
PURCHASE_CODES = ("2", "3", "4", "20", "21", "25", "26")
AMOUNTS = st.decimals(Decimal("-9999.99"), Decimal("9999.99"), places=2)


@cache
def _client() -> ExactClient:
    client = ExactClient(emulator_of())
    client.control("limits", {"scale": 0})
    return client.authorise()


def _lines(account: str, drawn: list[tuple[Decimal, str]], share: Decimal) -> list[Body]:
    return [
        _client().line(account, str(net), VATCode=code, VATNonDeductiblePercentage=str(share))
        if account.startswith("7")
        else _client().line(account, str(net), VATCode=code)
        for net, code in drawn
    ]


def _switched(rounding: str, vat_lines: str, direction: str) -> ExactClient:
    _client().switch(vat_rounding=rounding, vat_lines=vat_lines, rate_direction=direction)
    return _client()


@settings(max_examples=60)
@given(
    drawn=st.lists(st.tuples(AMOUNTS, st.sampled_from(SALES_CODES)), min_size=1, max_size=12),
    rounding=st.sampled_from(("per_line", "per_code")),
    vat_lines=st.sampled_from(("per_line", "per_code")),
    direction=st.sampled_from(("dc_per_fc", "fc_per_dc")),
    rate=st.decimals(Decimal("0.01"), Decimal(50), places=6),
)
def test_every_sale_balances_in_both_currencies(
    drawn: list[tuple[Decimal, str]], rounding: str, vat_lines: str, direction: str, rate: Decimal
) -> None:
    client = _switched(rounding, vat_lines, direction)

    answer = client.sale(
        "40010", _lines("80502", drawn, Decimal(0)), Journal="75", Currency="USD", Rate=str(rate)
    )

    entry = answer.json()["d"]
    rows = client.emulator.books_of(1234567).of_entry(
        "financialtransaction/TransactionLines", entry["EntryID"]
    )
    control = next(row for row in rows if row["LineNumber"] == 0)
    assert sum(row["AmountFC"] for row in rows) == 0
    assert sum(row["AmountDC"] for row in rows) == 0
    assert float(control["AmountFC"]) == entry["AmountFC"]
    assert float(control["AmountDC"]) == entry["AmountDC"]
    assert entry["Type"] == (21 if entry["AmountFC"] < 0 else 20)


@settings(max_examples=60)
@given(
    drawn=st.lists(st.tuples(AMOUNTS, st.sampled_from(PURCHASE_CODES)), min_size=1, max_size=12),
    rounding=st.sampled_from(("per_line", "per_code")),
    vat_lines=st.sampled_from(("per_line", "per_code")),
    share=st.sampled_from((Decimal(0), Decimal("0.35"), Decimal(1))),
)
def test_every_purchase_balances_with_shifted_and_lost_vat(
    drawn: list[tuple[Decimal, str]], rounding: str, vat_lines: str, share: Decimal
) -> None:
    client = _switched(rounding, vat_lines, "dc_per_fc")

    answer = client.purchase("70020", _lines("70153", drawn, share))

    entry = answer.json()["d"]
    rows = client.emulator.books_of(1234567).of_entry(
        "financialtransaction/TransactionLines", entry["EntryID"]
    )
    control = next(row for row in rows if row["LineNumber"] == 0)
    assert sum(row["AmountDC"] for row in rows) == 0
    assert -float(control["AmountFC"]) == entry["AmountFC"]
