"""Ask the store how much of each package's limits is used; no package is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

from finance_hooks.mapping.administrations import AdministrationRow
from finance_hooks.model.administration import Administration
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.resources import Resources
from finance_hooks.store.budgets import Counter, Room, open_budgets
from finance_hooks.store.engine import CONNECTION_ID
from finance_hooks.transport.deadline import NoDeadline

OWNER = "a page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one administration's package limits: in which unit, and the room in each window.

    No rooms are there where the package publishes no limit; `why` says why it could not be told.
    """

    sync_id: str
    unit: str = ""
    counters: tuple[Counter, ...] = ()
    why: str = ""
    rooms: tuple[Room, ...] = ()


def read_limits(rows: Sequence[AdministrationRow]) -> list[Limits]:
    """Say how these administrations stand towards their limits."""
    limits = [_limits_of(row.administration) for row in rows if row.administration is not None]
    counters = list({counter.name: counter for one in limits for counter in one.counters}.values())
    rooms = open_budgets(BaseHook.get_connection(CONNECTION_ID)).look_at(counters)
    return [replace(one, rooms=_rooms(one, rooms)) for one in limits]


def _rooms(limits: Limits, rooms: Mapping[str, Sequence[Room]]) -> tuple[Room, ...]:
    return tuple(room for counter in limits.counters for room in rooms[counter.name])


def _limits_of(administration: Administration) -> Limits:
    resources = Resources(administration)
    sync_id = administration.sync_id
    if not administration.can_be_asked:
        return Limits(sync_id=sync_id)
    try:
        hook = resources.target_hook(NoDeadline(), owner=OWNER, patience_s=0)
        foresight = resources.target.foresee(hook, administration.target_administration)
    except (AirflowNotFoundException, ConfigurationError) as error:
        return Limits(sync_id=sync_id, why=str(error))
    return Limits(sync_id=sync_id, unit=foresight.unit, counters=foresight.counters)
