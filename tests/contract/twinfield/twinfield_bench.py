"""Twinfield on the bench: login host and cluster, consent given, the store beside it."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

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
from finance_hooks.targets.twinfield.hook import TwinfieldHook
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.oauth import authorisation_address, read_callback
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.contract.bench import Bench, CallCounter, KeptCache, Relation, SharedClock
from tests.targets.twinfield.brief_entries import OFFICE
from tests.targets.twinfield.samples import OTHERS, SAMPLES

if TYPE_CHECKING:
    from emulators.twinfield.app import TwinfieldEmulator

NIGHT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
CREDENTIALS = {
    True: ("qubz-twinfield", "twinfield-test-secret"),
    False: ("qubz-twinfield-new", "twinfield-new-secret"),
}
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
    "self-billed": SAMPLES["P1"],
    "self-billed credit note": OTHERS["self-billed credit note"],
    "memorial": SAMPLES["J1"],
    "memorial of a party": OTHERS["memorial of a party"],
    "foreign currency": OTHERS["foreign currency"],
    "foreign currency with VAT": OTHERS["foreign currency with VAT"],
}


class TwinfieldBench(Bench):
    """The organisation of the emulator, seen through one of its clients."""

    slug = "twinfield"
    posting_path = "*/processxml.asmx"
    posting_operation = "transactions"
    reading_fault: Mapping[str, object] = {"operation": "browse"}
    # Twinfield: VAT codes have accounts of their own where the source has one for all.
    merged_accounts: Mapping[str, str] = {"1531": "1530", "1536": "1535", "1537": "1535"}
    administration = OFFICE
    party_fault: Mapping[str, object] = {"path": "*/processxml.asmx", "operation": "dimensions"}
    unfit_code = "D8800199"

    def __init__(
        self,
        *,
        store_url: str,
        switches: Mapping[str, object] | None = None,
        certified: bool = True,
        **extra: object,
    ) -> None:
        emulated = EmulatorClock()
        emulated.set(NIGHT)
        self.emulator: TwinfieldEmulator = build("twinfield", clock=emulated)  # type: ignore[assignment]
        self.server = EmulatorServer(self.emulator)
        self.counter = CallCounter(self.server)
        self.clock = SharedClock(emulated)
        self.cache = KeptCache()
        self._client_id, self._secret = CREDENTIALS[certified]
        self._extra = {"certified": certified, **extra}
        self._engine = store_engine(store_url)
        with self._engine.begin() as connection:
            connection.execute(sa.text("TRUNCATE lease, token, budget"))
        self._key = Fernet.generate_key().decode()
        if switches:
            self.switch(**switches)
        self._connect("twinfield_bench", self._secret)
        self._consent()

    def close(self) -> None:
        self.server.close()
        self._engine.dispose()

    def entries(self) -> Mapping[str, Entry]:
        return ENTRIES

    def hook(self, *, transport: Transport | None = None, budget: Budget | None = None) -> TwinfieldHook:
        return self._hook("twinfield_bench", transport, budget)

    def with_wrong_credentials(self) -> TwinfieldHook:
        self._connect("twinfield_wrong", "not-the-secret")
        self.emulator.oauth.access.clear()
        self.clock.sleep(3600)
        return self._hook("twinfield_wrong")

    def expire_token(self) -> None:
        self.emulator.oauth.access.clear()

    def unbalanced(self) -> Entry:
        entry = ENTRIES["memorial"]
        first, second = entry.lines
        return replace(entry, lines=(first, replace(second, amount=second.amount + Decimal("0.01"))))

    def refused(self) -> Entry:
        entry = ENTRIES["sales"]
        # Twinfield: this ledger account wants a cost centre, which no list tells.
        return replace(entry, lines=(replace(entry.lines[0], cost_centre=None), *entry.lines[1:]))

    def in_closed_period(self) -> Entry:
        entry = ENTRIES["sales"]
        return replace(entry, entry_date=entry.entry_date.replace(month=8), period=8)

    def connect(self, **extra: object) -> None:
        """Change extra fields of the connection for the hooks that are made from now on."""
        self._extra |= extra
        self._connect("twinfield_bench", self._secret)

    def put_relation(self, relation: Relation) -> None:
        status = "hide" if relation.blocked else "active"
        numbers = {"vatnumber": relation.vat_number, "cocnumber": relation.registration_number}
        parts = "".join(f"<{name}>{text}</{name}>" for name, text in numbers.items() if text)
        address = "<addresses><address type='invoice'><country>NL</country></address></addresses>"
        documents = [
            f"<dimension status='{status}'><office>{OFFICE}</office><type>{kind}</type>"
            f"<code>{prefix}{relation.code}</code><name>{relation.name}</name>{parts}{address}</dimension>"
            for role, kind, prefix in ((Role.DEBTOR, "DEB", "D"), (Role.CREDITOR, "CRD", "C"))
            if role in relation.roles
        ]
        self.control("load", {OFFICE: {"dimensions": documents}})

    def grants(self) -> Grants:
        tokens = TokenStore(self._engine, [self._key], now=self._now)
        return Grants(tokens=tokens, owner="the bench")

    def _hook(
        self, conn_id: str, transport: Transport | None = None, budget: Budget | None = None
    ) -> TwinfieldHook:
        return TwinfieldHook(
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
                "conn_type": "finance_twinfield",
                "host": self.server.url,
                "login": self._client_id,
                "password": secret,
                "extra": {
                    "environment": "test",
                    "redirect_uri": "https://qubz.example.org/rest/twinfield/callback",
                    "user_name": "koppeling@example.org",
                    "organisation": "MUNI01",
                    **self._extra,
                },
            }
        )

    def _consent(self) -> None:
        hook = self.hook()
        address = authorisation_address(hook.oauth_client, "a state")
        answer = requests.Session().get(address, allow_redirects=False, timeout=10)
        code = read_callback(answer.headers["Location"], "a state")
        assert parse_qs(urlsplit(answer.headers["Location"]).query)["state"] == ["a state"]
        self.grants().exchange_code(hook.oauth_client, hook.transport, code)


OTHER_WAY_ROUND = {
    "user_language": "en",
    "invalid_client_status": 401,
    "refresh_token_rotation": "replaced",
    "validation_needs_basic": True,
    "company_id": "required",
    "offices_with_company": "accept",
    "fault_status": "soap",
    "over_25_documents": "accept",
    "result_declaration": True,
    "throttled_body": "fault",
    "batch_order": "refused_first",
    "closed_period_text": "Hier kan niet meer geboekt worden.",
    "closed_period": "refuse_all",
    "duplicate_invoice_number": "error",
    "duplicate_scope": "daybook",
    "final_update": "accept",
    "vat_lines": "per_line",
    "reverse_charge_lines": 0,
    "text_too_long": "cut",
    "read_only_elements": "ignore",
    "hidden_dimension": "accept",
    "unknown_dim2": "drop",
    "freetext_in_browse": False,
    "unfilterable_column": "ignore",
    "list_marker_row": False,
}
BENCHES: Mapping[str, Callable[[str], Bench]] = {
    "twinfield NL": lambda store_url: TwinfieldBench(store_url=store_url),
    "twinfield NL, the other way round": lambda store_url: TwinfieldBench(
        store_url=store_url,
        switches=OTHER_WAY_ROUND,
        certified=False,
        final_administrations="*",
        free_text_field="2",
    ),
}


def numbered(count: int) -> list[Entry]:
    """Make so many sales entries, each with a number and reference of its own."""
    return [
        replace(SAMPLES["S1"], number=f"F2026-{number:05}", reference=make_reference(f"test {number}"))
        for number in range(count)
    ]


def calls(bench: TwinfieldBench, operation: str) -> list[dict[str, Any]]:
    """List the calls that did this."""
    return [call for call in bench.calls() if call["operation"] == operation]
