"""Say why the test of a connection failed, to people on whose screen it has no id."""

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure


def say_fault(error: ConfigurationError | TemporaryFailure, conn_id: str) -> str:
    """Return a failure's own sentence, without the random id Airflow tests under, and when to try again."""
    said = str(error).replace(f"Connection {conn_id}", "This connection")
    if isinstance(error, TemporaryFailure):
        return f"{said.rstrip('. ')}. Try again in {error.retry_after_s} s."
    return said
