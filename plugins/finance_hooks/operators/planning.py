"""Make a plan from Airflow's connections, for a task and for the command."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.selection import Selection
from finance_hooks.operators.plan_resources import PlanResources
from finance_hooks.posting.foresee import Foreseen, foresee
from finance_hooks.posting.plan import Pace, Plan, make_plan
from finance_hooks.posting.plan_books import Asked, Asking, ask_books, not_asked
from finance_hooks.posting.prepare import Mapping
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.held_lease import HeldLease
from finance_hooks.targets.base import TargetHook
from finance_hooks.targets.foresight import Foresight
from finance_hooks.transport.deadline import NoDeadline

OpenBooks = Callable[[], AbstractContextManager[tuple[TargetHook, HeldLease]]]
"""Opens the package under the lease on the books."""

NOT_ASKED = "this plan was told not to ask them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is planned: a selection, as a backfill or not, asking the books or not."""

    selection: Selection
    run_id: str
    is_backfill: bool = False
    asks_books: bool = True


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
    foreseen = foresee(work, resources.source, mapping, wish.selection)
    asked, foresight = _ask(resources, foreseen, wish, open_books)
    with work.engine.begin() as connection:
        at = work.now(connection)
    pace = Pace(
        at=at,
        budgets=BudgetStore(engine=resources.engine),
        is_backfill=wish.is_backfill,
        call_s=resources.made.seconds_a_call,
    )
    return make_plan(work.administration, resources.target.settings, foreseen, asked, pace, foresight)


def _ask(
    resources: PlanResources, foreseen: Foreseen, wish: Wish, open_books: OpenBooks
) -> tuple[Asked, Foresight | None]:
    foresight: Foresight | None = None
    administration = resources.administration.target_administration
    try:
        hook = resources.target_hook(NoDeadline(), owner=wish.run_id, is_backfill=wish.is_backfill)
        foresight = resources.target.foresee(hook, administration)
        if not wish.asks_books:
            return not_asked(foreseen, NOT_ASKED), foresight
        resources.made.forget()
        with open_books() as (asking_hook, _lease):
            foresight = resources.target.foresee(asking_hook, administration)
            is_call = foresight.is_call
            asking = Asking(
                hook=asking_hook, foresight=foresight, counted=lambda: resources.made.count(is_call)
            )
            return ask_books(foreseen, administration, asking), foresight
    except (ConfigurationError, TemporaryFailure) as error:
        return not_asked(foreseen, str(error)), foresight
