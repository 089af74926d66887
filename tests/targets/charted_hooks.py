"""Hooks that find their charts in the cache and are handed the rest, so that no test of them makes a call."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.tokens import TokenStore
from finance_hooks.targets.base import Target, TargetHook
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.transport.stepped_clock import SteppedClock

HOST = "http://127.0.0.1:9"
NOTHING_LEAVES = "nothing leaves a unit test"
CONSENT = {"redirect_uri": "https://qubz.example.org/callback", "user_name": "koppeling"}


@dataclass(frozen=True, slots=True)
class OneChart:
    """A cache that holds one chart, whatever it is asked for; nothing is read anew and written into it."""

    content: str

    def read(self, name: str, _key: str, *, max_age: timedelta) -> str | None:
        assert name.endswith((".chart", ".company"))
        assert max_age == timedelta(hours=12)
        return self.content

    def write(self, name: str, key: str, content: str) -> None:
        raise AssertionError(f"{name} of {key} was read anew: {content}")


class Passed:
    """A deadline that has passed before anything could leave."""

    def why_not(self, _timeout_s: float) -> str:
        return NOTHING_LEAVES


def no_store() -> NoReturn:
    raise TemporaryFailure(NOTHING_LEAVES)


def charted_hook(monkeypatch: pytest.MonkeyPatch, target: Target, chart: str, **extra: object) -> TargetHook:
    """Make the hook of a connection with these extra fields; neither package nor store can be reached."""
    conn_id = f"{target.settings.slug}_charted"
    fields = {
        "conn_type": f"finance_{target.settings.slug}",
        "host": HOST,
        "login": "app-1",
        "password": "secret-1",
        "extra": {"environment": "test", **extra},
    }
    monkeypatch.setenv(f"AIRFLOW_CONN_{conn_id.upper()}", json.dumps(fields))
    engine, clock = sa.create_engine("postgresql+psycopg2://", creator=no_store), SteppedClock()
    return target.make_hook(
        conn_id,
        transport=Transport(session=open_session(), clock=clock, deadline=Passed()),
        grants=Grants(tokens=TokenStore(engine, [Fernet.generate_key().decode()]), owner="a test"),
        budget=Budget(BudgetStore(engine=engine), clock),
        cache=OneChart(chart),
    )
