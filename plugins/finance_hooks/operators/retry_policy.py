"""Decide whether a failed task is tried again: by who must act, and by nothing else."""

from datetime import timedelta
from typing import Any, Self

from airflow.sdk import RetryPolicy
from airflow.sdk.definitions.context import Context
from airflow.sdk.definitions.retry_policy import RetryDecision

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure

RETRIES = 6
FIRST_DELAY_S = 15
LONGEST_DELAY_S = 30 * 60


class ByWhoMustAct(RetryPolicy):
    """Fail at once where a person must act; try again where time cures it, at the moment it is said to."""

    def evaluate(
        self,
        exception: BaseException,
        try_number: int,
        max_tries: int,  # noqa: ARG002 - as inherited
        context: Context | None = None,  # noqa: ARG002 - as inherited
    ) -> RetryDecision:
        """Return the decision; what is neither of the two errors is tried again with back-off."""
        if isinstance(exception, ConfigurationError):
            return RetryDecision.fail(reason="a person must act first")
        asked_s = exception.retry_after_s if isinstance(exception, TemporaryFailure) else 0
        delay_s = max(asked_s, FIRST_DELAY_S * 2 ** (try_number - 1))
        return RetryDecision.retry(
            delay=timedelta(seconds=min(delay_s, LONGEST_DELAY_S)), reason="time cures it"
        )

    def serialize(self) -> dict[str, Any]:
        """Write the policy into the serialised DAG: it has no settings."""
        return {}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> Self:  # noqa: ARG003 - as inherited
        """Read the policy from a serialised DAG."""
        return cls()
