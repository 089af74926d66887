"""Whether a failed task is tried again follows from who must act."""

from datetime import timedelta

import pytest
from airflow.sdk.definitions.retry_policy import RetryAction

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.operators.retry_policy import FIRST_DELAY_S, LONGEST_DELAY_S, ByWhoMustAct

POLICY = ByWhoMustAct()


def test_what_a_person_must_mend_fails_at_once() -> None:
    assert POLICY.evaluate(ConfigurationError("no rights"), 1, 6).action is RetryAction.FAIL


def test_what_time_cures_is_tried_again_when_it_was_said_to() -> None:
    decision = POLICY.evaluate(TemporaryFailure("settling", retry_after_s=300), 1, 6)

    assert (decision.action, decision.retry_delay) == (RetryAction.RETRY, timedelta(seconds=300))


@pytest.mark.parametrize(("try_number", "factor"), [(1, 1), (2, 2), (4, 8)])
def test_delay_doubles_with_every_try(try_number: int, factor: int) -> None:
    decision = POLICY.evaluate(RuntimeError("the store is gone"), try_number, 6)

    assert decision.retry_delay == timedelta(seconds=FIRST_DELAY_S * factor)


def test_no_delay_is_longer_than_the_bound() -> None:
    decision = POLICY.evaluate(TemporaryFailure("tomorrow", retry_after_s=86_400), 1, 6)

    assert decision.retry_delay == timedelta(seconds=LONGEST_DELAY_S)


def test_policy_survives_the_way_through_the_database() -> None:
    assert isinstance(ByWhoMustAct.deserialize(POLICY.serialize()), ByWhoMustAct)
