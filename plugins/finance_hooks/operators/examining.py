"""Examine one administration from its store to its books, by Airflow's connections; change nothing."""

from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.problems import write_problems
from finance_hooks.mapping.tables import check_mappings, read_tables
from finance_hooks.model.chart import Chart
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.park_reason_text import Language
from finance_hooks.operators.connections import open_store
from finance_hooks.operators.own_books import own_books, owner_by_hand, work_of
from finance_hooks.operators.resources import Resources, open_resources
from finance_hooks.posting.doctor import Examination, Finding, Patient
from finance_hooks.posting.doctor_words import Health, Look, say
from finance_hooks.posting.file_road import open_road
from finance_hooks.posting.no_books import NoBooks
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.migrate import is_current
from finance_hooks.store.sending_stops import why_stopped
from finance_hooks.transport.budget import Room
from finance_hooks.transport.deadline import NoDeadline

PATIENCE_S = 15
"""How long it waits for a limit or for books that a run works on: a person sits before the screen."""


def examine(sync_id: str, language: Language = "en") -> tuple[Finding, ...]:
    """Look at one administration, and say in a language what was found; its row may be wrong itself."""
    try:
        resources = open_resources(sync_id)
    except ConfigurationError as error:
        words = say(language, "error")
        return (
            Finding(
                name=Look.ROW,
                health=Health.WRONG,
                said=words or str(error),
                quoted=str(error) if words else "",
            ),
        )
    administration = resources.administration
    patient = Patient(
        administration=administration,
        today=work_of(resources).business_date(),
        open_store=lambda: _open_store(language),
        open_folder=lambda: _open_folder(resources, language),
        read_installation=lambda: _read_installation(resources, language),
        read_tables=lambda: read_tables(administration, mappings_folder()),
        read_masters=lambda: resources.source.read_masters(administration.organisation),
        test_connection=lambda: _test_connection(resources),
        read_limits=lambda: read_limits(resources),
        read_chart=lambda: _read_chart(resources),
    )
    return Examination(patient, language).examine()


def examine_files(language: Language) -> tuple[Finding, ...]:
    """Look at every mapping file as a whole: also at rows that belong to no administration."""
    problems = check_mappings(mappings_folder())
    if problems:
        said, quoted = say(language, "error"), write_problems(problems)
        return (Finding(name=Look.FILES, health=Health.WRONG, said=said, quoted=quoted),)
    return (Finding(name=Look.FILES, health=Health.OK, said=say(language, "files")),)


def _open_store(language: Language) -> str:
    if not is_current(open_store()):
        raise ConfigurationError("The store lacks migrations; run `make up`, or `make sync`.")
    return say(language, "store")


def _open_folder(resources: Resources, language: Language) -> str:
    administration = resources.administration
    unasked = NoBooks(resources.target.settings, administration.country)
    road = open_road(administration, unasked, resources.folders)
    if road is None:
        return ""
    return say(language, "folder", location=road.location, count=len(road.shelf.manifests()))


def _read_installation(resources: Resources, language: Language) -> str:
    installation = resources.installation
    with resources.engine.begin() as connection:
        stop = why_stopped(connection, resources.administration.sync_id)
    where = installation.environment
    if stop is not None:
        return say(language, "stopped", environment=where, who=stop.stopped_by, why=stop.why)
    return say(language, "sends" if installation.sends else "sends_not", environment=where)


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
