"""Twinfield on the bench: login host and cluster, consent given, the store beside it."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from finance_hooks.model.entry import Entry
from finance_hooks.targets.twinfield.hook import TwinfieldHook
from tests.contract.bench import many_of
from tests.contract.consented_bench import ConsentedBench
from tests.contract.position import Position
from tests.contract.twinfield.positions import AS_DOCUMENTED
from tests.targets.brief_entries import with_line
from tests.targets.twinfield.belgian_samples import BELGIAN
from tests.targets.twinfield.brief_entries import BE_OFFICE, OFFICE
from tests.targets.twinfield.samples import OTHERS, SAMPLES

if TYPE_CHECKING:
    from emulators.twinfield.app import TwinfieldEmulator

CREDENTIALS = {
    True: ("qubz-twinfield", "twinfield-test-secret"),
    False: ("qubz-twinfield-new", "twinfield-new-secret"),
}
DUTCH: Mapping[str, Entry] = {
    "sales": SAMPLES["S1"],
    "credit note": SAMPLES["S3"],
    "mixed signs": OTHERS["mixed signs"],
    "reverse charge sales": SAMPLES["S2"],
    "sales within the EU": SAMPLES["S4"],
    "sales outside the scope of VAT": SAMPLES["S6"],
    "g account": SAMPLES["S7"],
    "purchase": SAMPLES["P3"],
    "purchase without VAT": SAMPLES["P2"],
    "purchase credit note": OTHERS["purchase credit note"],
    "self-billed": SAMPLES["P1"],
    "self-billed credit note": OTHERS["self-billed credit note"],
    "memorial": SAMPLES["J1"],
    "memorial of a party": OTHERS["memorial of a party"],
    "foreign currency": OTHERS["foreign currency"],
    "foreign currency with VAT": OTHERS["foreign currency with VAT"],
}

ENTRIES = {"NL": DUTCH, "BE": BELGIAN}
OFFICES = {"NL": OFFICE, "BE": BE_OFFICE}


class TwinfieldBench(ConsentedBench[TwinfieldHook]):
    """The organisation of the emulator, seen through one of its clients."""

    slug = "twinfield"
    posting_path = "*/processxml.asmx"
    posting_operation = "transactions"
    reading_fault: Mapping[str, object] = {"operation": "browse"}
    # Twinfield: VAT codes have accounts of their own where the source has one for all.
    merged_accounts: Mapping[str, str] = {"1531": "1530", "1536": "1535", "1537": "1535"}
    claimed_on = frozenset({"1520", "411000"})
    emulator: "TwinfieldEmulator"

    def __init__(self, store_url: str, position: Position = AS_DOCUMENTED) -> None:
        self.administration = OFFICES[position.country]
        self._login, self.secret = CREDENTIALS[bool(position.connection.get("certified", True))]
        super().__init__(store_url, position)

    def entries(self) -> Mapping[str, Entry]:
        return ENTRIES[self.position.country]

    def refused(self) -> Entry:
        # Twinfield: this ledger account wants a cost centre, which no list tells.
        return with_line(self.sale, cost_centre=None)

    def open_hook(self, conn_id: str, **parts: Any) -> TwinfieldHook:
        return TwinfieldHook(conn_id, **parts)

    def lay(self, conn_id: str, secret: str, **extra: object) -> None:
        self.lay_connection(
            conn_id,
            self._login,
            secret,
            environment="test",
            redirect_uri="https://qubz.example.org/rest/twinfield/callback",
            user_name="koppeling@example.org",
            **{"organisation": "MUNI01", "certified": True, **extra},
        )


numbered = partial(many_of, SAMPLES["S1"])
"""Make so many sales entries, each with a number and reference of its own."""


def calls(bench: TwinfieldBench, operation: str) -> list[dict[str, Any]]:
    """List the calls that did this."""
    return [call for call in bench.calls() if call["operation"] == operation]
