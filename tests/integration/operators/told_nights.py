"""Nights whose tasks tell people, as Airflow runs them."""

import json
from typing import Any

import pytest

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.operators.telling import tell
from finance_hooks.posting.tell import Teller, tell_of_run, tell_of_try
from tests.integration.posting.night import Night

UNMAPPED = (Reason(code=ReasonCode.JOURNAL_UNMAPPED, document="F-1", field="type", value="sales_invoice"),)
DAY_S = 86400
CHANNEL = {"to": "boekhouding@example.org"}


def listen(monkeypatch: pytest.MonkeyPatch, *channels: dict[str, Any]) -> None:
    monkeypatch.setenv("AIRFLOW_VAR_FINANCE_ALERTS", json.dumps(channels))


def told_after_try(night: Night, run_id: str = "run") -> None:
    tell(night.work(run_id), {}, tell_of_try)


def told_at_end(night: Night, run_id: str = "run", *, is_backfill: bool = False) -> None:
    def telling(teller: Teller) -> bool:
        return tell_of_run(teller, is_backfill=is_backfill)

    tell(night.work(run_id), {}, telling)


def run(night: Night, run_id: str = "run", tries: int = 1) -> None:
    """Run a night from its load to its end, as its tasks do."""
    for _ in range(tries):
        try:
            night.load(run_id)
        except TemporaryFailure as failure:
            night.clock.advance(failure.retry_after_s)
        finally:
            told_after_try(night, run_id)
    night.reconcile_and_conclude(run_id)
    told_at_end(night, run_id)
