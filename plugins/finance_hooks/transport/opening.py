"""Open what a hook works with when nobody hands it over, as when Airflow makes it from a connection id alone.

Everything lies in the store, which the Airflow connection `finance_store` describes.
"""

from finance_hooks.store.budgets import StoreConnection, open_budgets
from finance_hooks.store.tokens import open_tokens
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.clock import Clock, SystemClock
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.guard import read_installation
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session

__all__ = [
    "STORE_ID",
    "STORE_MISSING",
    "StoreConnection",
    "open_budget",
    "open_grants",
    "open_transport",
]

STORE_ID = "finance_store"
STORE_MISSING = (
    f"There is no connection {STORE_ID}: tokens and limits lie in the store it leads to. Make it, of type "
    "postgres, with the extra field token_key (docs/connections.md)."
)
PATIENCE_S = 15
"""Whoever asks without a task is a person before a screen, who would rather be told than wait."""


def open_transport(store: StoreConnection) -> Transport:
    """Open the way out, as this installation may use it."""
    return Transport(
        session=open_session(), clock=SystemClock(), installation=read_installation(store.extra_dejson)
    )


def open_grants(store: StoreConnection, *, owner: str) -> Grants:
    """Open the tokens; ConfigurationError says what store or token_key lack."""
    return Grants(tokens=open_tokens(store), owner=owner, patience_s=PATIENCE_S)


def open_budget(store: StoreConnection, clock: Clock) -> Budget:
    """Open the budgets, which are shared with the tasks; ConfigurationError says what the store lacks."""
    return Budget(open_budgets(store), clock, patience_s=PATIENCE_S)
