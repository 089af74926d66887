"""What the hooks of all packages have in common: connection, way out, tokens, budgets and the store."""

from functools import cached_property

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.base import Cache, TargetSettings
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.connection_parts import ConnectionParts, parts_of
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.opening import (
    STORE_ID,
    STORE_MISSING,
    StoreConnection,
    open_budget,
    open_grants,
    open_transport,
)
from finance_hooks.transport.send import Transport


class ConnectedHook(BaseHook):
    """Hold what a task hands over, and open from the store what nobody handed over.

    Airflow makes a hook from a connection id alone when somebody presses Test.
    """

    settings: TargetSettings

    def __init__(
        self,
        conn_id: str,
        *,
        transport: Transport | None = None,
        grants: Grants | None = None,
        budget: Budget | None = None,
        cache: Cache | None = None,
    ) -> None:
        """Choose the connection, the way out, where tokens come from, what counts calls, and the cache."""
        super().__init__()
        self._conn_id = conn_id
        self._given_transport = transport
        self._given_grants = grants
        self._given_budget = budget
        self._cache = cache

    def batch_size(self, _pending: int, /) -> int:
        """Say how many entries are handed over at once: what goes into one request, however many wait."""
        return self.settings.batch_size

    @cached_property
    def parts(self) -> ConnectionParts:
        """Fetch the connection; ConfigurationError when there is none."""
        try:
            return parts_of(self._conn_id, self.get_connection(self._conn_id))
        except AirflowNotFoundException as error:
            raise ConfigurationError(f"There is no connection {self._conn_id}.") from error

    @cached_property
    def grants(self) -> Grants:
        """Return where tokens come from: given by a task, else opened from the store."""
        return self._given_grants or open_grants(self._store, owner="test of a connection")

    def way_out(self, *, environment: str, base_url: str, production_hosts: tuple[str, ...]) -> Transport:
        """Return the way out to an address; ConfigurationError when it may not be used."""
        given = self._given_transport or open_transport(self._store)
        return given.for_connection(
            conn_id=self._conn_id,
            environment=environment,
            base_url=base_url,
            production_hosts=production_hosts,
        )

    def budget_on(self, transport: Transport) -> Budget:
        """Return what counts calls, on the clock of the way out."""
        return self._given_budget or open_budget(self._store, transport.clock)

    @cached_property
    def _store(self) -> StoreConnection:
        try:
            return self.get_connection(STORE_ID)
        except AirflowNotFoundException as error:
            raise ConfigurationError(STORE_MISSING) from error
