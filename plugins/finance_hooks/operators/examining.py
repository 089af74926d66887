"""Examine one administration from its store to its books, by Airflow's connections; change nothing."""

from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.problems import write_problems
from finance_hooks.mapping.tables import check_mappings, read_tables
from finance_hooks.model.chart import Chart
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.connections import open_store
from finance_hooks.operators.own_books import own_books, owner_by_hand, work_of
from finance_hooks.operators.resources import Resources, open_resources
from finance_hooks.posting.doctor import Examination, Finding, Health, Look, Patient
from finance_hooks.posting.file_road import open_road
from finance_hooks.posting.no_books import NoBooks
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.migrate import is_current
from finance_hooks.store.sending_stops import why_stopped
from finance_hooks.transport.budget import Room
from finance_hooks.transport.deadline import NoDeadline

PATIENCE_S = 15
"""How long it waits for a limit or for books that a run works on: a person sits before the screen."""


def examine(sync_id: str) -> tuple[Finding, ...]:
    """Look at one administration; its row may be wrong itself."""
    try:
        resources = open_resources(sync_id)
    except ConfigurationError as error:
        return (Finding(name=Look.ROW, health=Health.WRONG, said=str(error)),)
    administration = resources.administration
    patient = Patient(
        administration=administration,
        today=work_of(resources).business_date(),
        open_store=_open_store,
        open_folder=lambda: _open_folder(resources),
        read_installation=lambda: _read_installation(resources),
        read_tables=lambda: read_tables(administration, mappings_folder()),
        read_masters=lambda: resources.source.read_masters(administration.organisation),
        test_connection=lambda: _test_connection(resources),
        read_limits=lambda: read_limits(resources),
        read_chart=lambda: _read_chart(resources),
    )
    return Examination(patient).examine()


def examine_files() -> tuple[Finding, ...]:
    """Look at every mapping file as a whole: also at rows that belong to no administration."""
    problems = check_mappings(mappings_folder())
    if problems:
        return (Finding(name=Look.FILES, health=Health.WRONG, said=write_problems(problems)),)
    return (Finding(name=Look.FILES, health=Health.OK, said="no row of any file is wrong"),)


def _open_store() -> str:
    if not is_current(open_store()):
        raise ConfigurationError("The store lacks migrations; run `make up`, or `make sync`.")
    return "it answers and has every migration"


def _open_folder(resources: Resources) -> str:
    administration = resources.administration
    unasked = NoBooks(resources.target.settings, administration.country)
    road = open_road(administration, unasked, resources.folders)
    if road is None:
        return ""
    return f"{road.location} can be opened; it holds {len(road.shelf.manifests())} manifests"


def _read_installation(resources: Resources) -> str:
    installation = resources.installation
    with resources.engine.begin() as connection:
        stop = why_stopped(connection, resources.administration.sync_id)
    if stop is not None:
        return f"{installation.environment}; sending is stopped by {stop.stopped_by}: {stop.why}"
    return f"{installation.environment}; {'it sends' if installation.sends else 'sending is switched off'}"


def _test_connection(resources: Resources) -> tuple[bool, str]:
    hook = resources.target_hook(NoDeadline(), owner=owner_by_hand(), patience_s=PATIENCE_S)
    return hook.test_connection(resources.administration.target_administration)


def read_limits(resources: Resources) -> list[Room]:
    """Tell what the package's limits leave, without a call; nothing where it has none or is not asked."""
    if not resources.administration.can_be_asked:
        return []
    hook = resources.target_hook(NoDeadline(), owner=owner_by_hand(), patience_s=PATIENCE_S)
    foresight = resources.target.foresee(hook, resources.administration.target_administration)
    budgets = BudgetStore(resources.engine)
    return [room for counter in foresight.counters for room in budgets.look(counter)]


def _read_chart(resources: Resources) -> Chart:
    with own_books(resources, patience_s=PATIENCE_S, limits_patience_s=PATIENCE_S) as hook:
        return hook.read_chart(resources.administration.target_administration)
