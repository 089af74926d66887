"""Make a plan from Airflow's connections, for a task and for the command."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.selection import Selection
from finance_hooks.operators.plan_resources import PlanResources
from finance_hooks.posting.foresee import Besides, Foreseen, foresee
from finance_hooks.posting.held import Looked, look_ahead
from finance_hooks.posting.plan import Pace, Plan, make_plan
from finance_hooks.posting.plan_books import Asked, Asking, ask_books, not_asked
from finance_hooks.posting.plan_relations import AskingParties
from finance_hooks.posting.preflight import check, last_checked
from finance_hooks.posting.prepare import Mapping, with_checked
from finance_hooks.posting.relating_parts import relations_of
from finance_hooks.posting.work import Work
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.held_lease import HeldLease
from finance_hooks.targets.base import TargetHook
from finance_hooks.targets.foresight import Foresight
from finance_hooks.transport.deadline import Deadline, NoDeadline

OpenBooks = Callable[[], AbstractContextManager[tuple[TargetHook, HeldLease]]]
"""Opens the package under the lease on the books."""

NOT_ASKED = "this plan was told not to ask them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is planned: a selection, as a backfill or not, asking the books or not, or as if resumed."""

    selection: Selection
    run_id: str
    is_backfill: bool = False
    asks_books: bool = True
    as_if_resumed: bool = False


def plan_run(resources: PlanResources, wish: Wish, open_books: OpenBooks) -> Plan:
    """Plan the next run; where the package cannot be asked, the plan says why and goes by the rest.

    Raises ConfigurationError or TemporaryFailure where source, tables or store cannot be read.
    """
    work = resources.planning(wish.run_id)
    mapping = Mapping(
        masters=resources.source.read_masters(work.administration.organisation),
        tables=read_tables(work.administration, mappings_folder()),
        settings=resources.target.settings,
    )
    mapping = with_checked(mapping, last_checked(work))
    looked = look_ahead(work, resources.source, mapping.masters, wish.selection)
    planning = Planning(resources=resources, work=work, mapping=mapping, looked=looked, wish=wish)
    foreseen, asked, foresight = planning.ask(open_books)
    with work.engine.begin() as connection:
        at = work.now(connection)
    pace = Pace(
        at=at,
        budgets=BudgetStore(engine=resources.engine),
        is_backfill=wish.is_backfill,
        call_s=resources.made.seconds_a_call,
    )
    return make_plan(work.administration, resources.target.settings, foreseen, asked, pace, foresight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """One plan under way: what source and store show, and whom else to ask."""

    resources: PlanResources
    work: Work
    mapping: Mapping
    looked: Looked
    wish: Wish

    def ask(self, open_books: OpenBooks) -> tuple[Foreseen, Asked, Foresight | None]:
        """Ask the package what can be asked; whatever keeps it from answering is told in the plan."""
        foresight: Foresight | None = None
        try:
            foresight = self._foresight(self._hook(NoDeadline()))
            if not self.wish.asks_books:
                return self._unasked(NOT_ASKED, foresight)
            self.resources.made.forget()
            with open_books() as (_hook, lease):
                return self._ask(lease)
        except (ConfigurationError, TemporaryFailure) as error:
            return self._unasked(str(error), foresight)

    def _ask(self, lease: Deadline) -> tuple[Foreseen, Asked, Foresight]:
        """Read the chart as preflight does, map, then read the books as loading does, with another hook."""
        reading, hook = self._hook(lease, reads_anew=not self.wish.is_backfill), self._hook(lease)
        foresight = self._foresight(hook)
        made = self.resources.made
        mapping = self.mapping
        if self.looked.prepares:
            mapping = with_checked(mapping, check(self.work, reading, mapping.tables))
        asking = Asking(
            hook=hook,
            foresight=foresight,
            counted=lambda: made.count(foresight.is_call),
            preflight_calls=made.count(foresight.is_call),
        )
        foreseen = self._foresee(mapping, hook, foresight)
        return foreseen, ask_books(foreseen, self._books, asking), foresight

    def _unasked(self, why: str, foresight: Foresight | None) -> tuple[Foreseen, Asked, Foresight | None]:
        foreseen = self._foresee(self.mapping, None, foresight)
        return foreseen, not_asked(foreseen, why), foresight

    def _foresee(self, mapping: Mapping, hook: TargetHook | None, foresight: Foresight | None) -> Foreseen:
        besides = Besides(
            parties=self._parties(hook, foresight),
            attaches=foresight is not None and "attach" in foresight.steps,
            again=not self.wish.is_backfill,
            as_if_resumed=self.wish.as_if_resumed,
        )
        return foresee(self.work, self.resources.source, mapping, self.looked, besides)

    def _parties(self, hook: TargetHook | None, foresight: Foresight | None) -> AskingParties | None:
        target = self.resources.target
        if not target.parties:
            return None
        relations = relations_of(self.mapping, target, self.work.business_date())
        if hook is None or foresight is None:
            return AskingParties(relations=relations)
        made = self.resources.made
        return AskingParties(
            relations=relations,
            desk=target.party_desk(hook),
            counted=lambda: made.count(foresight.is_call),
        )

    def _hook(self, deadline: Deadline, *, reads_anew: bool = False) -> TargetHook:
        return self.resources.target_hook(
            deadline, owner=self.wish.run_id, is_backfill=self.wish.is_backfill, reads_anew=reads_anew
        )

    def _foresight(self, hook: TargetHook) -> Foresight:
        return self.resources.target.foresee(hook, self._books)

    @property
    def _books(self) -> str:
        return self.resources.administration.target_administration
