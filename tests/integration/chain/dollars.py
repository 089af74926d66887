"""Documents in a foreign currency whose lines round badly."""

from collections.abc import Sequence
from decimal import Decimal

from emulators.qubz.demo import demo_rows
from tests.integration.chain.chain import Chain


def issue_dollars(chain: Chain, amounts: Sequence[str], *, rate: str) -> None:
    """Let the source issue one export invoice in dollars, a line for every amount."""
    sample = next(row for _, row in demo_rows(chain.today) if row.get("Currency") == "USD")
    net = sum((Decimal(amount) for amount in amounts), Decimal(0))
    line = sample["Lines"][0] | {"Quantity": None, "UnitPrice": None}
    lines = [
        line | {"LineNumber": number, "NetAmount": Decimal(amount)}
        for number, amount in enumerate(amounts, start=1)
    ]
    row = sample | {
        "ExchangeRate": Decimal(rate),
        "TotalNet": net,
        "TotalGross": net,
        "Lines": lines,
        "VatBreakdown": [sample["VatBreakdown"][0] | {"Base": net}],
    }
    chain.source_emulator.load({"salesinvoices": [row]})
