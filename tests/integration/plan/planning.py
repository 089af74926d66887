"""Plan the next night of a chain, past a transport that changes nothing and a cache that keeps nothing."""

from typing import Any

from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.selection import Selection
from finance_hooks.posting.foresee import Besides, Foreseen, foresee
from finance_hooks.posting.held import look_ahead
from finance_hooks.posting.plan import Pace, Plan, make_plan
from finance_hooks.posting.plan_books import Asked, Asking, ask_books
from finance_hooks.posting.plan_relations import AskingParties
from finance_hooks.posting.preflight import check
from finance_hooks.posting.prepare import Mapping, with_checked
from finance_hooks.posting.relating_parts import relations_of
from finance_hooks.posting.stored_cache import CacheLeftAlone, RenewedCache
from finance_hooks.posting.work import Work
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.engine import reading_only
from finance_hooks.store.held_lease import HeldLease
from finance_hooks.store.preflights import Checked
from finance_hooks.targets.base import Cache, TargetHook
from finance_hooks.targets.foresight import Foresight
from finance_hooks.targets.registry import find_target
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.counting import CallsMade
from finance_hooks.transport.guard import Installation
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.integration.chain.chain import Chain


class Planner:
    """Plans of one chain's administration, each made as a task or a command makes it."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.target = find_target(chain.administration.target)
        self.budgets = BudgetStore(engine=chain.engine, now=chain.now)
        self.made = CallsMade()
        foresight = self.target.foresee(chain.bench.hook(), chain.administration.target_administration)
        self.is_call, self.counters = foresight.is_call, foresight.counters

    def plan(self, selection: Selection | None = None, *, as_if_resumed: bool = False) -> Plan:
        """Plan what the chain's own night would do."""
        work, mapping = self.work(), self.mapping()
        looked = look_ahead(work, self.chain.source, mapping.masters, selection or self.chain.nightly())
        asked: list[tuple[Foreseen, Asked, Foresight]] = []

        def ask(_hook: TargetHook, lease: HeldLease) -> dict[str, int]:
            kept = CacheLeftAlone(self.chain.bench.cache)
            reading, hook = self.hook(lease, RenewedCache(kept)), self.hook(lease, kept)
            foresight = self.target.foresee(hook, self.chain.administration.target_administration)
            before = self.made.count(foresight.is_call)
            checked = check(work, reading, mapping.tables) if looked.prepares else Checked()
            asking = Asking(
                hook=hook,
                foresight=foresight,
                counted=lambda: self.made.count(foresight.is_call),
                preflight_calls=self.made.count(foresight.is_call) - before,
            )
            books = self.chain.administration.target_administration
            besides = Besides(
                parties=AskingParties(
                    relations=relations_of(mapping, self.target, work.business_date()),
                    desk=self.target.party_desk(hook),
                    counted=asking.counted,
                ),
                attaches="attach" in foresight.steps,
                as_if_resumed=as_if_resumed,
            )
            foreseen = foresee(work, self.chain.source, with_checked(mapping, checked), looked, besides)
            asked.append((foreseen, ask_books(foreseen, books, asking), foresight))
            return {}

        self.chain.with_books(ask)
        return self.put_together(*asked[0])

    def use_up(self, calls: int) -> None:
        """Let somebody else have made so many calls."""
        for counter in self.counters:
            self.budgets.add(counter, calls)

    def put_together(self, foreseen: Foreseen, asked: Asked, foresight: Foresight | None) -> Plan:
        pace = Pace(at=self.chain.now(), budgets=self.budgets, call_s=self.made.seconds_a_call)
        return make_plan(self.chain.administration, self.target.settings, foreseen, asked, pace, foresight)

    def mapping(self) -> Mapping:
        administration = self.chain.administration
        return Mapping(
            masters=self.chain.source.read_masters(administration.organisation),
            tables=read_tables(administration, self.chain.mappings),
            settings=self.target.settings,
        )

    def work(self) -> Work:
        work = self.chain.work("plan")
        return Work(
            administration=work.administration,
            engine=reading_only(work.engine),
            run_id="plan",
            clock=work.clock,
            now=work.now,
        )

    def hook(self, lease: HeldLease, cache: Cache) -> Any:
        transport = Transport(
            session=self.made.follow(open_session()),
            clock=self.chain.clock,
            deadline=lease,
            installation=Installation(sends=False),
        )
        hook: Any = self.chain.bench.hook(transport=transport, budget=Budget(self.budgets, self.chain.clock))
        hook._cache = cache
        return hook
