"""AccountView on the bench: one portal, its consent given, the store beside it."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import requests
import sqlalchemy as sa
from cryptography.fernet import Fernet

from emulators.clock import EmulatorClock
from emulators.registry import build
from emulators.server import EmulatorServer
from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import make_reference
from finance_hooks.model.party import Role
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.engine import store_engine
from finance_hooks.store.tokens import TokenStore
from finance_hooks.targets.accountview.hook import AccountViewHook
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.oauth import authorisation_address, read_callback
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.contract.accountview.positions import POSITIONS
from tests.contract.bench import Bench, CallCounter, KeptCache, Relation, SharedClock
from tests.targets.accountview.brief_entries import COMPANY
from tests.targets.accountview.samples import OTHERS, SAMPLES

if TYPE_CHECKING:
    from emulators.accountview.app import AccountViewEmulator

NIGHT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
API_KEY = "AvTestKey0051AvTestKey0051AvTestKey00051"
API_SECRET = "accountview-test-secret"
ONLY_BLOCKED_HERE = "8340"
ENTRIES: Mapping[str, Entry] = {
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
}


class AccountViewBench(Bench):
    """One company of one portal, with switches and the settings of the connection that go with them."""

    slug = "accountview"
    merged_accounts: Mapping[str, str] = {"1611": "1610", "1613": "1612"}
    posting_path = "*/accountviewdata"
    posting_operation = "DJ2"
    party_fault: Mapping[str, object] = {
        "method": "POST",
        "path": "*/accountviewdata",
        "operation": "A[RP]1",
    }
    unfit_code = "12345678901"
    administration = COMPANY

    def __init__(
        self,
        store_url: str,
        *,
        switches: Mapping[str, object] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        emulated = EmulatorClock()
        emulated.set(NIGHT)
        self.emulator: AccountViewEmulator = build("accountview", clock=emulated)  # type: ignore[assignment]
        self.server = EmulatorServer(self.emulator)
        self.counter = CallCounter(self.server)
        self.clock = SharedClock(emulated)
        self.cache = KeptCache()
        self._settings = dict(settings or {})
        self._engine = store_engine(store_url)
        with self._engine.begin() as connection:
            connection.execute(sa.text("TRUNCATE lease, token, budget"))
        self._key = Fernet.generate_key().decode()
        if switches:
            self.switch(**switches)
        self._connect("accountview_bench", API_SECRET)
        self._consent()

    def close(self) -> None:
        self.server.close()
        self._engine.dispose()

    def entries(self) -> Mapping[str, Entry]:
        return ENTRIES

    def hook(self, *, transport: Transport | None = None, budget: Budget | None = None) -> AccountViewHook:
        return self._hook("accountview_bench", transport, budget)

    def with_wrong_credentials(self) -> AccountViewHook:
        self._connect("accountview_wrong", "not-the-secret")
        self.emulator.oauth.access.clear()
        return self._hook("accountview_wrong", None, None)

    def expire_token(self) -> None:
        self.emulator.oauth.access.clear()

    def unbalanced(self) -> Entry:
        entry = self.entries()["memorial"]
        first, second = entry.lines
        return replace(entry, lines=(first, replace(second, amount=second.amount + Decimal("0.01"))))

    def refused(self) -> Entry:
        # AccountView: the account is blocked after the chart was read for the night.
        self.hook().read_chart(self.administration)
        self.control("load", {COMPANY: {"LEDGER": [{"ACCT_NR": ONLY_BLOCKED_HERE, "REC_BLK": True}]}})
        entry = self.entries()["sales"]
        line = replace(entry.lines[0], ledger_account=ONLY_BLOCKED_HERE)
        number = "F2026-9999"
        return replace(entry, number=number, reference=make_reference(number), lines=(line, *entry.lines[1:]))

    def in_closed_period(self) -> Entry:
        entry = self.entries()["sales"]
        return replace(entry, entry_date=entry.entry_date.replace(month=8), period=8)

    def put_relation(self, relation: Relation) -> None:
        row = {
            "SUB_NR": relation.code,
            "ACCT_NAME": relation.name,
            "SRC_CODE": relation.name[:10].upper(),
            "ACCT_NR": "1210" if Role.DEBTOR in relation.roles else "1610",
            "CNT_CODE": "NL",
            "VAT_NR": relation.vat_number or "",
            "COC_CODE": relation.registration_number or "",
            "DEB_SHOW": Role.DEBTOR in relation.roles,
            "CRED_SHOW": Role.CREDITOR in relation.roles,
            "REC_BLK": relation.blocked,
        }
        self.control("load", {COMPANY: {"CONTACT": [row]}})

    def grants(self) -> Grants:
        tokens = TokenStore(self._engine, [self._key], now=self._now)
        return Grants(tokens=tokens, owner="the bench")

    def settle_with(self, **settings: str) -> None:
        """Change what the connection says about this installation."""
        self._settings |= settings
        self._connect("accountview_bench", API_SECRET)

    def _hook(self, conn_id: str, transport: Transport | None, budget: Budget | None) -> AccountViewHook:
        return AccountViewHook(
            conn_id,
            transport=transport or Transport(session=open_session(), clock=self.clock),
            grants=self.grants(),
            budget=budget or Budget(BudgetStore(engine=self._engine, now=self._now), self.clock),
            cache=self.cache,
        )

    def _now(self, _connection: sa.Connection) -> datetime:
        return self.clock.now()

    def _connect(self, conn_id: str, secret: str) -> None:
        os.environ[f"AIRFLOW_CONN_{conn_id.upper()}"] = json.dumps(
            {
                "conn_type": "finance_accountview",
                "host": self.server.url,
                "login": API_KEY,
                "password": secret,
                "extra": {
                    "environment": "test",
                    "redirect_uri": "https://qubz.example.org/rest/accountview/callback",
                    "user_name": "KOPPELING",
                    **self._settings,
                },
            }
        )

    def _consent(self) -> None:
        hook = self.hook()
        address = authorisation_address(hook.oauth_client, "a state")
        answer = requests.Session().get(address, allow_redirects=False, timeout=10)
        code = read_callback(answer.headers["Location"], "a state")
        self.grants().exchange_code(hook.oauth_client, hook.transport, code)


def _maker(switches: Mapping[str, object], settings: Mapping[str, str]) -> Callable[[str], Bench]:
    return lambda store_url: AccountViewBench(store_url, switches=switches, settings=settings)


BENCHES: Mapping[str, Callable[[str], Bench]] = {
    "accountview NL": AccountViewBench,
    **{
        f"accountview NL, {name}": _maker(position.switches, position.settings)
        for name, position in POSITIONS.items()
    },
}


def numbered(count: int) -> list[Entry]:
    """Make so many sales entries, each with a number and reference of its own."""
    return [
        replace(SAMPLES["S1"], number=f"F2026-{number:05}", reference=make_reference(f"test {number}"))
        for number in range(count)
    ]


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
