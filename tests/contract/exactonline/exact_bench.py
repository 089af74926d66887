"""Exact Online on the bench: one site, its consent given, the store beside it."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
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
from finance_hooks.targets.exactonline.hook import ExactOnlineHook
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.oauth import authorisation_address, read_callback
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.contract.bench import Bench, CallCounter, KeptCache, Relation, SharedClock
from tests.targets.exactonline.belgian_samples import BELGIAN
from tests.targets.exactonline.brief_entries import BE_DIVISION, NL_DIVISION
from tests.targets.exactonline.samples import OTHERS, SAMPLES

if TYPE_CHECKING:
    from emulators.exactonline.app import ExactOnlineEmulator

NIGHT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
CREDENTIALS = {
    "NL": ("a1b2c3d4-0031-4000-8000-000000000031", "nl-test-secret"),
    "BE": ("a1b2c3d4-0032-4000-8000-000000000032", "be-test-secret"),
}
DUTCH: Mapping[str, Entry] = {
    "sales": SAMPLES["S1"],
    "credit note": SAMPLES["S3"],
    "mixed signs": OTHERS["mixed signs"],
    "reverse charge sales": SAMPLES["S2"],
    "sales within the EU": SAMPLES["S4"],
    "sales outside the scope of VAT": SAMPLES["S6"],
    "g account": SAMPLES["S7"],
    "including vat code": OTHERS["including vat code"],
    "purchase": SAMPLES["P3"],
    "purchase without VAT": SAMPLES["P2"],
    "purchase credit note": OTHERS["purchase credit note"],
    "self-billed": SAMPLES["P1"],
    "memorial": SAMPLES["J1"],
    "foreign currency": OTHERS["foreign currency"],
}
ENTRIES = {"NL": DUTCH, "BE": BELGIAN}
# Exact keeps some VAT accounts apart that the source has as one, and books co-contractor purchases by code.
MERGED_ACCOUNTS = {
    "NL": {"16222": "16221", "16224": "16223"},
    "BE": {"451055": "451056", "451057": "451056", "700430": "700450"},
}
DIVISIONS = {"NL": NL_DIVISION, "BE": BE_DIVISION}
SYSTEMS = {"NL": "exactonline", "BE": "exactonline_be"}


class ExactBench(Bench):
    """One country's site of Exact Online."""

    slug = "exactonline"
    posting_path = "*/*entry/*Entries"
    party_fault = MappingProxyType({"path": "*/crm/Accounts*"})
    unfit_code = "D88001"

    def __init__(
        self,
        *,
        country: str,
        store_url: str,
        switches: Mapping[str, object] | None = None,
        rate_direction: str = "books_per_currency",
    ) -> None:
        emulated = EmulatorClock()
        emulated.set(NIGHT)
        self.emulator: ExactOnlineEmulator = build(SYSTEMS[country], clock=emulated)  # type: ignore[assignment]
        self.server = EmulatorServer(self.emulator)
        self.counter = CallCounter(self.server)
        self.clock = SharedClock(emulated)
        self.country = country
        self.merged_accounts = MERGED_ACCOUNTS[country]
        self.administration = DIVISIONS[country]
        self.cache = KeptCache()
        self._rate_direction = rate_direction
        self._engine = store_engine(store_url)
        with self._engine.begin() as connection:
            connection.execute(sa.text("TRUNCATE lease, token, budget"))
        self._key = Fernet.generate_key().decode()
        if switches:
            self.switch(**switches)
        self._connect("exactonline_bench", CREDENTIALS[country][1])
        self._consent()

    def close(self) -> None:
        self.server.close()
        self._engine.dispose()

    def entries(self) -> Mapping[str, Entry]:
        return ENTRIES[self.country]

    def hook(self, *, transport: Transport | None = None, budget: Budget | None = None) -> ExactOnlineHook:
        return self._hook("exactonline_bench", transport, budget)

    def with_wrong_credentials(self) -> ExactOnlineHook:
        self._connect("exactonline_wrong", "not-the-secret")
        self.emulator.oauth.access.clear()
        self.clock.sleep(600)
        return self._hook("exactonline_wrong")

    def expire_token(self) -> None:
        self.emulator.oauth.access.clear()

    def unbalanced(self) -> Entry:
        entry = self.entries()["memorial"]
        first, second = entry.lines
        return replace(entry, lines=(first, replace(second, amount=second.amount + Decimal("0.01"))))

    def refused(self) -> Entry:
        entry = self.entries()["sales"]
        # Exact: this ledger account wants a cost centre, which no chart tells.
        return replace(entry, lines=(replace(entry.lines[0], cost_centre=None), *entry.lines[1:]))

    def in_closed_period(self) -> Entry:
        entry = self.entries()["sales"]
        return replace(entry, entry_date=entry.entry_date.replace(month=8), period=8)

    def put_relation(self, relation: Relation) -> None:
        row = {
            "Code": relation.code,
            "Name": relation.name,
            "Status": "C" if Role.DEBTOR in relation.roles else "A",
            "IsSupplier": Role.CREDITOR in relation.roles,
            "Blocked": relation.blocked,
            "Country": self.country,
            "VATNumber": relation.vat_number,
            "ChamberOfCommerce": relation.registration_number,
        }
        self.control("load", {self.administration: {"crm/Accounts": [row]}})

    def grants(self) -> Grants:
        tokens = TokenStore(self._engine, [self._key], now=self._now)
        return Grants(tokens=tokens, owner="the bench")

    def _hook(
        self, conn_id: str, transport: Transport | None = None, budget: Budget | None = None
    ) -> ExactOnlineHook:
        return ExactOnlineHook(
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
                "conn_type": "finance_exactonline",
                "host": self.server.url,
                "login": CREDENTIALS[self.country][0],
                "password": secret,
                "extra": {
                    "country": self.country,
                    "environment": "test",
                    "redirect_uri": "https://qubz.example.org/rest/exactonline/callback",
                    "user_name": "koppeling@example.org",
                    "rate_direction": self._rate_direction,
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
    "early_refresh_status": 401,
    "old_refresh_token_dies": "used",
    "error_limit_status": 403,
    "mandatory_filtering": True,
    "date_only_literals": False,
    "bare_list_with_top": False,
    "minimal_post_answer": False,
    "binary_tails": True,
    "vat_rounding": "per_code",
    "vat_lines": "per_line",
    "rate_direction": "fc_per_dc",
    "credit_type_sign": "type",
    "foreign_guid": "drop",
    "text_too_long": "cut",
    "duplicate_your_ref": "refused",
    "final_after_s": 0,
}
BENCHES: Mapping[str, Callable[[str], Bench]] = {
    "exactonline NL": lambda store_url: ExactBench(country="NL", store_url=store_url),
    "exactonline NL, the other way round": lambda store_url: ExactBench(
        country="NL",
        store_url=store_url,
        switches=OTHER_WAY_ROUND,
        rate_direction="currency_per_books",
    ),
    "exactonline BE": lambda store_url: ExactBench(country="BE", store_url=store_url),
}


def numbered(count: int) -> list[Entry]:
    """Make so many sales entries, each with a number and reference of its own."""
    return [
        replace(SAMPLES["S1"], number=f"F2026-{number:05}", reference=make_reference(f"test {number}"))
        for number in range(count)
    ]


def calls(bench: ExactBench, method: str = "GET", part: str = "/api/v1/") -> list[dict[str, Any]]:
    """List the calls of a method to addresses that hold this part."""
    return [call for call in bench.calls() if call["method"] == method and part in call["path"]]
