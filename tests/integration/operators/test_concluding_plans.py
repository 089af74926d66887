"""A run that only plans has nothing to report, and says so when there is no plan."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.conclude import ConcludeRunOperator

NOTHING = cast("Any", None)
"""A plan is concluded without store or source."""


def _conclude(states: dict[str, str]) -> dict[str, int]:
    ti = SimpleNamespace(dag_id="sync_exact_nl", get_task_states=lambda **_asked: {"run": states})
    context = {"ti": ti, "run_id": "run", "dag_run": SimpleNamespace(conf={"plan": True})}
    return ConcludeRunOperator(task_id="conclude", sync_id="exact_nl").step(
        NOTHING, NOTHING, cast("Any", context)
    )


def test_plan_that_was_made_is_green() -> None:
    assert _conclude({"extract": "success", "preflight": "skipped", "conclude": "running"}) == {}


def test_plan_that_could_not_be_made_is_red() -> None:
    with pytest.raises(ConfigurationError, match="log of task extract"):
        _conclude({"extract": "failed", "preflight": "upstream_failed", "reconcile": "skipped"})
