"""AFAS Profit on the bench: one environment, one app connector, a way in of either kind."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from emulators.afas.hosts import CLIENT_ID, SECRETS, token_xml
from emulators.clock import EmulatorClock
from emulators.registry import build
from emulators.server import EmulatorServer
from finance_hooks.model.entry import Entry
from finance_hooks.model.party import Role
from finance_hooks.targets.afas.hook import AfasHook
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.contract.afas.afas_entries import ENTRIES
from tests.contract.bench import Bench, CallCounter, KeptCache, Relation, SharedClock
from tests.targets.afas.brief_entries import ADMINISTRATION

if TYPE_CHECKING:
    from emulators.afas.app import AfasEmulator

NIGHT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
OAUTH: Mapping[str, object] = {"environment": "test", "client_secret_next": SECRETS["secret_next"]}
CLASSIC: Mapping[str, object] = {
    "environment": "test",
    "auth": "app_token",
    "app_token": token_xml("token"),
    "app_token_next": token_xml("token_next"),
}
PROXY_PAGE = "<html><body><h1>503 Service Unavailable</h1></body></html>"


class AfasBench(Bench):
    """One environment of AFAS; `extra` are the fields of the connection beside client id and secret."""

    slug = "afas"
    merged_accounts: Mapping[str, str] = {
        "1310": "1300",
        "1501": "1500",
        "1505": "1500",
        "1511": "1510",
        "1525": "1520",
    }
    posting_path = "*/connectors/FiEntries"
    party_fault: Mapping[str, object] = {"path": "*/connectors/Kn*Relation*"}
    unfit_code = "12345678901234567"
    # AFAS: a debtor is blocked for deliveries; whether it can be booked on AFAS says itself.
    blocked_reason = "code_blocked"
    administration = ADMINISTRATION

    def __init__(
        self,
        *,
        extra: Mapping[str, object] = OAUTH,
        switches: Mapping[str, object] | None = None,
    ) -> None:
        emulated = EmulatorClock()
        emulated.set(NIGHT)
        self.emulator: AfasEmulator = build("afas", clock=emulated)  # type: ignore[assignment]
        self.server = EmulatorServer(self.emulator)
        self.counter = CallCounter(self.server)
        self.clock = SharedClock(emulated)
        self.cache = KeptCache()
        self._extra = dict(extra)
        if switches:
            self.switch(**switches)
        self.connect("afas_bench")

    def close(self) -> None:
        self.server.close()

    def entries(self) -> Mapping[str, Entry]:
        return ENTRIES

    def hook(self, *, transport: Transport | None = None, budget: Budget | None = None) -> AfasHook:
        return self.hook_of("afas_bench", transport, budget)

    def hook_of(
        self, conn_id: str, transport: Transport | None = None, budget: Budget | None = None
    ) -> AfasHook:
        """Make a hook of another connection."""
        return AfasHook(
            conn_id,
            transport=transport or Transport(session=open_session(), clock=self.clock),
            budget=budget,
            cache=self.cache,
        )

    def with_wrong_credentials(self) -> AfasHook:
        wrong = f"<token><version>1</version><data>{'00' * 32}</data></token>"
        self.connect(
            "afas_wrong", "not-the-secret", client_secret_next="", app_token=wrong, app_token_next=""
        )
        return self.hook_of("afas_wrong")

    def expire_token(self) -> None:
        self.emulator.grants.access.clear()
        self.switch(revoked="token")

    def unbalanced(self) -> Entry:
        entry = self.entries()["memorial"]
        first, second = entry.lines
        return replace(entry, lines=(first, replace(second, amount=second.amount + Decimal("0.01"))))

    def refused(self) -> Entry:
        # AFAS: no connector that we read lists the currencies.
        return replace(self.entries()["foreign currency"], currency="XTS")

    def in_closed_period(self) -> Entry:
        entry = self.entries()["sales"]
        return replace(entry, entry_date=entry.entry_date.replace(month=8), period=8)

    def books(self) -> list[dict[str, Any]]:
        """Return the books with BpNr taken apart into our reference and the document's number."""
        entries = super().books()
        for entry in entries:
            reference, _, number = entry["document"].partition(" ")
            entry |= {"reference": reference, "document": number}
        return entries

    def place(self, **fault: object) -> None:
        if fault.get("effect") == "status" and fault.get("status") == 503:
            # AFAS: its own 503 means that nothing was done; one after the booking is that of a proxy.
            fault = {"body": PROXY_PAGE, **fault}
        super().place(**fault)

    def put_relation(self, relation: Relation) -> None:
        shown: dict[str, dict[str, object]] = {
            "Profit_Debtor": {
                "DebtorId": relation.code,
                "DebtorName": relation.name,
                "VatNr": relation.vat_number,
                "CollectAccount": "1300",
            },
            "Profit_Creditor": {
                "CreditorId": relation.code,
                "CreditorName": relation.name,
                "Btw-nummer": relation.vat_number,
            },
        }
        sides = {"Profit_Debtor": Role.DEBTOR, "Profit_Creditor": Role.CREDITOR}
        own = {
            "BcCo": f"10{relation.code}",
            "ChOfCommNr": relation.registration_number,
            "Blocked": relation.blocked,
        }
        rows = {name: [shown[name] | own] for name, side in sides.items() if side in relation.roles}
        self.control("load", {self.administration: rows})

    def connect(self, conn_id: str, secret: str = SECRETS["secret"], **extra: object) -> None:
        """Lay down a connection to the emulator, with some fields of its own."""
        is_classic = self._extra.get("auth") == "app_token"
        os.environ[f"AIRFLOW_CONN_{conn_id.upper()}"] = json.dumps(
            {
                "conn_type": "finance_afas",
                "host": self.server.url,
                "login": None if is_classic else CLIENT_ID,
                "password": None if is_classic else secret,
                "extra": {**self._extra, **extra},
            }
        )


OTHER_WAY_ROUND = {
    "environment_language": "en",
    "composed_texts": "strange",
    "connector_auth": "classic",
    "plain_token_status": 401,
    "unauthorised_connector_status": 401,
    "unordered": "stable",
    "take_cap": 250,
    "take_zero": "one_row",
    "mixed_separators": "refused",
    "percent_wildcards": "literal",
    "text_case": "sensitive",
    "zulu_filters": "taken",
    "connector_ids": "any_case",
    "invalid_json_status": 500,
    "throttle_status": 429,
    "timed_out_work": "rolled_back",
    "journal_types": "sales_4",
    "periods_listed": "blocked_only",
    "post_answer": "short",
    "several_entries": "taken",
    "invoice_scope": "administration",
    "debtor_duplicate_text": "other",
    "negative_amounts": "taken",
    "balance_tolerance_cents": 1,
    "third_decimal": "rounded",
    "text_too_long": "cut",
    "period_holds_date": "checked",
    "prepare_type": "ignored",
    "blocked_relation": "taken",
    "ledger_on_collect_account": "taken",
    "vat_code_required": "never",
    "vat_line_account": "checked",
    "reverse_charge": "two_lines",
    "dimension_without_axis": "ignored",
    "rate_direction": "base_per_foreign",
    "relation_account_no": "relation",
    "vat_amount_on": "nowhere",
}
OWN_CONNECTORS = {
    "connector_auth": "oauth",
    "expires_in": "text",
    "mixed_separators": "and_of_ors",
    "post_answer": "spec",
    "invoice_scope": "relation",
    "rate_direction": "unchecked",
    "vat_amount_on": "net_line",
}
BENCHES: Mapping[str, Callable[[str], Bench]] = {
    "afas NL": lambda _store_url: AfasBench(),
    "afas NL, the other way round": lambda _store_url: AfasBench(
        extra={**CLASSIC, "rate_direction": "books_per_currency"},
        switches=OTHER_WAY_ROUND,
    ),
    "afas NL, with connectors of the customer's own": lambda _store_url: AfasBench(
        extra={
            **OAUTH,
            "transactions_connector": "Qubz_Transactions",
            "payment_terms_connector": "Qubz_PaymentConditions",
        },
        switches=OWN_CONNECTORS,
    ),
}
