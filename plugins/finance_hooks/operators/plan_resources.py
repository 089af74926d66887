"""Open what a plan works with: the same as a task, past a transport and a store that change nothing."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from finance_hooks.operators.resources import Resources
from finance_hooks.posting.stored_cache import CacheLeftAlone, StoredCache
from finance_hooks.posting.work import Work
from finance_hooks.store.engine import reading_only
from finance_hooks.targets.base import Cache
from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.counting import CallsMade
from finance_hooks.transport.deadline import Deadline
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session


@dataclass(frozen=True)
class PlanResources(Resources):
    """What the plan of one administration works with; nothing that changes books leaves here.

    Leases, tokens and counts of calls are written as ever, for calls that are really made.
    """

    made: CallsMade = field(default_factory=CallsMade)

    @cached_property
    def cache(self) -> Cache:
        """What packages keep across runs, left as it is."""
        return CacheLeftAlone(StoredCache(self.engine))

    def transport(self, deadline: Deadline) -> Transport:
        """Open the way out for reading only, counting the calls."""
        return Transport(
            session=self.made.follow(open_session()),
            clock=SystemClock(),
            deadline=deadline,
            installation=replace(self.installation, sends=False),
        )

    def planning(self, run_id: str) -> Work:
        """Describe the work of a plan: it reads the store and cannot write to it."""
        return Work(
            administration=self.administration,
            engine=reading_only(self.engine),
            run_id=run_id,
            clock=SystemClock(),
            sends=self.installation.sends,
        )
