"""Open what a task works with: administration, store, source and target, from Airflow's connections."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlsplit

from airflow.sdk import BaseHook

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.problems import write_problems
from finance_hooks.model.administration import Administration
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.storage_shelf import open_shelf, usual_location
from finance_hooks.posting.file_road import Folders
from finance_hooks.posting.no_books import NoBooks
from finance_hooks.posting.stored_cache import RenewedCache, StoredCache
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.engine import CONNECTION_ID, Engine, store_engine, store_url, token_keys
from finance_hooks.store.lease_holder import own_name
from finance_hooks.store.leases import LeaseWish
from finance_hooks.store.tokens import TokenStore
from finance_hooks.targets.base import Cache, Target, TargetHook
from finance_hooks.targets.registry import find_target
from finance_hooks.transport.budget import PATIENCE_S, Budget
from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.deadline import Deadline, NoDeadline
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.guard import Installation, read_installation
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session

LEASE_BEYOND_REQUEST_S = 60


@dataclass(frozen=True)
class Resources:
    """What the steps of one administration work with; each is opened when it is first used."""

    administration: Administration

    @cached_property
    def engine(self) -> Engine:
        """The store."""
        return store_engine(store_url(BaseHook.get_connection(CONNECTION_ID)))

    @cached_property
    def source(self) -> QubzHook:
        """21QUBZ, to be read."""
        return self.source_within(NoDeadline())

    def source_within(self, deadline: Deadline) -> QubzHook:
        """Open 21QUBZ; what is told there leaves within the deadline of a lease only."""
        return QubzHook(self.administration.source_conn_id, transport=self.transport(deadline))

    @cached_property
    def target(self) -> Target:
        """The declaration of the administration's package."""
        return find_target(self.administration.target)

    def target_hook(
        self,
        deadline: Deadline,
        *,
        owner: str,
        is_backfill: bool = False,
        reads_anew: bool = False,
        patience_s: float = PATIENCE_S,
    ) -> TargetHook:
        """Open the package; requests leave within the deadline of the lease on the books only.

        With `reads_anew` nothing is taken from the cache, and what is read replaces what was there. A limit
        is waited for at most `patience_s` at a time. Where there is no connection no books are seen.
        """
        if not self.administration.can_be_asked:
            return NoBooks(self.target.settings, self.administration.country)
        kept, clock = self.cache, SystemClock()
        counted = BudgetStore(engine=self.engine)
        return self.target.make_hook(
            self.administration.target_conn_id,
            transport=self.transport(deadline),
            grants=Grants(tokens=token_store(self.engine), owner=owner),
            budget=Budget(counted, clock, is_backfill=is_backfill, patience_s=patience_s),
            cache=RenewedCache(kept) if reads_anew else kept,
        )

    @property
    def folders(self) -> Folders:
        """How folders of files are opened, and the one for this administration when it names none."""
        return Folders(open_shelf=open_shelf, usual=usual_location(self.administration.sync_id))

    @cached_property
    def cache(self) -> Cache:
        """What packages keep across runs."""
        return StoredCache(self.engine)

    @cached_property
    def installation(self) -> Installation:
        """What this installation is for, and whether it sends, as connection `finance_store` says."""
        return read_installation(BaseHook.get_connection(CONNECTION_ID).extra_dejson)

    def transport(self, deadline: Deadline) -> Transport:
        """Open the way out, as this installation may use it."""
        return Transport(
            session=open_session(),
            clock=SystemClock(),
            deadline=deadline,
            installation=self.installation,
        )

    def results_wish(self, *, owner: str, is_backfill: bool) -> LeaseWish:
        """Ask for the lease on what is told to the source about an organisation."""
        source = self.source.connection.settings
        return LeaseWish(
            name=f"results:{source.source_id}/{self.administration.organisation}",
            owner=owner,
            ttl=timedelta(seconds=source.timeout_s + LEASE_BEYOND_REQUEST_S),
            is_backfill=is_backfill,
        )

    def books_lease(self) -> str:
        """Return the name of the lease on the books."""
        conn_id = self.administration.target_conn_id
        address = BaseHook.get_connection(conn_id).host or "" if conn_id else ""
        host = urlsplit(address).hostname or self.administration.target
        return f"books:{host}/{self.administration.target_administration}"

    def books_wish(self, *, owner: str, is_backfill: bool) -> LeaseWish:
        """Ask for the lease on the books; two rows that lead into the same books share it."""
        return LeaseWish(
            name=self.books_lease(),
            owner=owner,
            ttl=timedelta(seconds=self.target.settings.request_timeout_s + LEASE_BEYOND_REQUEST_S),
            is_backfill=is_backfill,
            holder=own_name(),
        )


def open_resources(sync_id: str) -> Resources:
    """Find the administration as administrations.csv has it now; ConfigurationError says what is wrong."""
    return Resources(find_administration(sync_id))


def find_administration(sync_id: str) -> Administration:
    """Read one row of administrations.csv; ConfigurationError says what is wrong with it."""
    for row in read_administrations(mappings_folder()):
        if row.sync_id == sync_id:
            if row.administration is None:
                raise ConfigurationError(write_problems(row.problems))
            return row.administration
    raise ConfigurationError(f"administrations.csv has no row {sync_id}.")


def token_store(engine: Engine) -> TokenStore:
    """Open the encrypted tokens with the keys of connection `finance_store`."""
    return TokenStore(engine, token_keys(BaseHook.get_connection(CONNECTION_ID).extra_dejson))
