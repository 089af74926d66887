"""Whatever is booked balances, and what is a cent off is not booked."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulators.twinfield_client import TwinfieldClient, emulator_of, line, sale

CENT = Decimal("0.01")
RATES = {"VH": Decimal(21), "VL": Decimal(9), "VN": Decimal(0), "VVL": Decimal(0)}
Row = tuple[int, str, bool]

rows = st.lists(
    st.tuples(st.integers(1, 500_000), st.sampled_from(sorted(RATES)), st.booleans()), min_size=1, max_size=12
)


@pytest.fixture(scope="module")
def books_client() -> TwinfieldClient:
    """A client that books all the examples, so that each has its own number."""
    client = TwinfieldClient(emulator_of())
    client.control("limits", {"scale": 0})
    client.switch(duplicate_invoice_number="allowed")
    return client.authorise()


def vat_of(cents: int, code: str) -> Decimal:
    return (Decimal(cents) * CENT * RATES[code] / 100).quantize(CENT, ROUND_HALF_UP)


def document(sent: list[Row], gross: Decimal, *, currency: str = "EUR") -> str:
    """Write an invoice; a line that is a discount stands on the other side, and so does a negative gross."""
    details = [
        line(
            "detail",
            "8220",
            "debit" if discount else "credit",
            f"{cents * CENT:.2f}",
            id=str(place),
            dim2="KP30",
            vatcode=code,
            vatvalue=f"{vat_of(cents, code):.2f}",
        )
        for place, (cents, code, discount) in enumerate(sent, start=2)
    ]
    written = sale(*details, gross=f"{abs(gross):.2f}", currency=currency, customer="D40010")
    side = "debit" if gross >= 0 else "credit"
    return written.replace("<debitcredit>debit</debitcredit>", f"<debitcredit>{side}</debitcredit>", 1)


def gross_of(sent: list[Row]) -> Decimal:
    return sum(
        ((-1 if discount else 1) * (cents * CENT + vat_of(cents, code)) for cents, code, discount in sent),
        Decimal(0),
    )


@settings(max_examples=40)
@given(sent=rows, currency=st.sampled_from(["EUR", "USD", "NOK"]))
def test_booking_balances_in_its_base_currency(
    books_client: TwinfieldClient, sent: list[Row], currency: str
) -> None:
    number = books_client.number(document(sent, gross_of(sent), currency=currency))

    read = books_client.read("VRK", number)
    for name in ("value", "basevalue"):
        sums = {
            side: sum(
                Decimal(str(each.findtext(name)))
                for each in read.iter("line")
                if each.findtext("debitcredit") == side
            )
            for side in ("debit", "credit")
        }
        assert sums["debit"] == sums["credit"]


@settings(max_examples=20)
@given(sent=rows, cents=st.sampled_from([-3, -1, 1, 3]))
def test_booking_that_is_some_cents_off_is_refused(
    books_client: TwinfieldClient, sent: list[Row], cents: int
) -> None:
    before = len(books_client.emulator.offices["NL42"].bookings)

    reply = books_client.book(document(sent, gross_of(sent) + cents * CENT))

    assert reply.get("result") == "0"
    assert len(books_client.emulator.offices["NL42"].bookings) == before
