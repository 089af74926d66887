"""Whatever is booked: the ledger of a page is zero, and its answer tells the page's total."""

from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from emulators.accountview.books import Page
from tests.emulators.accountview_client import AccountViewClient, emulator_of, line

SALES_CODES = ("0", "1", "2", "4", "5", "8")
PURCHASE_CODES = ("11", "12", "14", "15", "18", "19")
AMOUNTS = st.decimals(Decimal("-9999.99"), Decimal("9999.99"), places=2)


@cache
def _client() -> AccountViewClient:
    return AccountViewClient(emulator_of()).authorise()


def _last_page() -> Page:
    pages = _client().emulator.books_of("VB01", 2026).pages()
    return list(pages)[-1]


def _sums() -> tuple[Decimal, Decimal]:
    legs = _last_page().legs
    return sum(leg["AMOUNT"] for leg in legs), sum(leg["CUR_AMT"] for leg in legs)


@settings(max_examples=60)
@given(
    drawn=st.lists(st.tuples(AMOUNTS, st.sampled_from(SALES_CODES)), min_size=1, max_size=12),
    gross=st.booleans(),
    vat_legs=st.sampled_from(("per_code", "per_line")),
    rate=st.decimals(Decimal("0.01"), Decimal(50), places=6),
    direction=st.sampled_from(("home_per_foreign", "foreign_per_home")),
)
def test_every_sale_balances_in_both_currencies(
    drawn: list[tuple[Decimal, str]], gross: bool, vat_legs: str, rate: Decimal, direction: str
) -> None:
    _client().switch(vat_legs=vat_legs, rate_direction=direction, currency_amounts="recomputed")
    lines = [
        {"ACCT_NR": "8120", "CUR_AMT": str(amount), "CUR_VAT": "0.00", "VAT_CODE": code}
        for amount, code in drawn
    ]

    answer = _client().sale(
        lines, DJ_CODE="VRV", CUR_CODE="USD", EXCH_RATE=str(rate), GROSS_FLG=gross, SUB_NR="40010"
    )

    assert answer.status_code == 200, answer.text
    assert _sums() == (Decimal(0), Decimal(0))
    counter = _last_page().legs[0]
    assert float(counter["AMOUNT"]) == answer.json()["DJ_PAGE"][0]["PAGE_AMT"]


@settings(max_examples=60)
@given(
    drawn=st.lists(st.tuples(AMOUNTS, st.sampled_from(PURCHASE_CODES)), min_size=1, max_size=12),
    vat_legs=st.sampled_from(("per_code", "per_line")),
    reverse=st.sampled_from(("sent_amount", "computed", "must_be_zero")),
)
def test_every_purchase_balances_with_shifted_vat(
    drawn: list[tuple[Decimal, str]], vat_legs: str, reverse: str
) -> None:
    _client().switch(vat_legs=vat_legs, reverse_charge_vat=reverse)

    answer = _client().purchase([line("4410", str(amount), VAT_CODE=code) for amount, code in drawn])

    assert answer.status_code == 200, answer.text
    assert _sums() == (Decimal(0), Decimal(0))
    counter = _last_page().legs[0]
    assert -float(counter["AMOUNT"]) == answer.json()["DJ_PAGE"][0]["PAGE_AMT"]
