"""AccountView on the bench: one portal, its consent given, the store beside it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import make_reference
from finance_hooks.targets.accountview.hook import AccountViewHook
from tests.contract.accountview.positions import AS_THOUGHT
from tests.contract.bench import Bench, many_of
from tests.contract.consented_bench import ConsentedBench
from tests.contract.position import Position
from tests.targets.accountview.belgian_samples import BELGIAN
from tests.targets.accountview.brief_entries import BE_COMPANY, COMPANY
from tests.targets.accountview.samples import OTHERS, SAMPLES
from tests.targets.brief_entries import with_line

if TYPE_CHECKING:
    from emulators.accountview.app import AccountViewEmulator

API_KEY = "AvTestKey0051AvTestKey0051AvTestKey00051"
IN_SMALL_LETTERS = "sales in small letters"
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
    "purchase with a long number": OTHERS["long number"],
    "self-billed": SAMPLES["P1"],
    "self-billed credit note": OTHERS["self-billed credit note"],
    "memorial": SAMPLES["J1"],
    "memorial with a party": OTHERS["memorial with a party"],
    "foreign currency": OTHERS["foreign currency"],
    "foreign purchase": OTHERS["foreign purchase in whole cents"],
    IN_SMALL_LETTERS: replace(
        with_line(SAMPLES["S8"], cost_centre="Inz-b"),
        number="f2026-42ab",
        party="k10045a",
        reference=make_reference("in small letters"),
    ),
}

SMALL_LETTERS = {
    "CONTACT": [{"SUB_NR": "k10045a", "ACCT_NAME": "Klant", "SRC_CODE": "KLANT", "ACCT_NR": "1210"}],
    "COST": [{"COST_CODE": "Inz-b", "COST_DESC": "Inzameling bedrijven"}],
}
"""A relation and a cost centre that somebody typed in small letters."""
ENTRIES = {"NL": DUTCH, "BE": BELGIAN}
COMPANIES = {"NL": COMPANY, "BE": BE_COMPANY}
ONLY_BLOCKED_HERE = {"NL": "8340", "BE": "700400"}


class AccountViewBench(ConsentedBench[AccountViewHook]):
    """One company of one portal."""

    slug = "accountview"
    merged_accounts: Mapping[str, str] = {"1611": "1610", "1613": "1612"}
    posting_path = "*/accountviewdata"
    posting_operation = "DJ2"
    claimed_on = frozenset({"1620", "411000"})
    emulator: "AccountViewEmulator"
    secret = "accountview-test-secret"

    def __init__(self, store_url: str, position: Position = AS_THOUGHT) -> None:
        self.administration = COMPANIES[position.country]
        super().__init__(store_url, position)
        if position.country == "NL":
            self.control("load", {self.administration: SMALL_LETTERS})

    def entries(self) -> Mapping[str, Entry]:
        entries = ENTRIES[self.position.country]
        return {
            kind: self._as_the_chart_has_it(entry) if kind == IN_SMALL_LETTERS else entry
            for kind, entry in entries.items()
        }

    def kept(self, code: str) -> str:
        return code if self.position.switches.get("capitals") == "kept" else code.upper()

    def _as_the_chart_has_it(self, entry: Entry) -> Entry:
        # The mapping tables spell codes as AccountView shows them; a number is the document's own.
        lines = tuple(
            replace(line, cost_centre=line.cost_centre and self.kept(line.cost_centre))
            for line in entry.lines
        )
        return replace(entry, party=self.kept(entry.party or ""), lines=lines)

    def refused(self) -> Entry:
        # AccountView: the account is blocked after the chart was read for the night.
        self.hook().read_chart(self.administration)
        account = ONLY_BLOCKED_HERE[self.position.country]
        self.control("load", {self.administration: {"LEDGER": [{"ACCT_NR": account, "REC_BLK": True}]}})
        number = "F2026-9999"
        entry = with_line(self.sale, ledger_account=account)
        return replace(entry, number=number, reference=make_reference(number), lines=entry.lines[::-1])

    def open_hook(self, conn_id: str, **parts: Any) -> AccountViewHook:
        return AccountViewHook(conn_id, **parts)

    def lay(self, conn_id: str, secret: str, **extra: object) -> None:
        self.lay_connection(
            conn_id,
            API_KEY,
            secret,
            environment="test",
            redirect_uri="https://qubz.example.org/rest/accountview/callback",
            user_name="KOPPELING",
            **extra,
        )


numbered = partial(many_of, SAMPLES["S1"])
"""Make so many sales entries, each with a number and reference of its own."""


def asked(bench: Bench, method: str = "GET", operation: str = "*") -> list[dict[str, Any]]:
    """List the calls of a method, for one business code or all."""
    return [
        call
        for call in bench.calls()
        if call["method"] == method
        and call["path"].lower().startswith("/api/v3/")
        and "token" not in call["path"]
        and operation in {"*", call["operation"]}
    ]
