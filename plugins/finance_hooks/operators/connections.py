"""Ask Airflow for a connection; one that is missing is a matter of configuration."""

from airflow.sdk import BaseHook
from airflow.sdk import Connection as AirflowConnection
from airflow.sdk.exceptions import AirflowNotFoundException

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.store.engine import CONNECTION_ID, Engine, ready_engine


def connection_of(conn_id: str) -> AirflowConnection:
    """Return a connection of Airflow; ConfigurationError when there is none of that name."""
    try:
        return BaseHook.get_connection(conn_id)
    except AirflowNotFoundException:
        raise ConfigurationError(f"Airflow has no connection {conn_id}.") from None


def open_store() -> Engine:
    """Open the store that connection `finance_store` leads to; ConfigurationError says what is missing."""
    return ready_engine(connection_of(CONNECTION_ID))
