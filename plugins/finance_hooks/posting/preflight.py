"""Hold an administration's mapping rows against the live chart before anything is prepared."""

from finance_hooks.mapping.schemas import ARTICLE_ACCOUNTS, TARGET_SCHEMAS
from finance_hooks.mapping.tables import Tables
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.preflight_fault import PreflightFault
from finance_hooks.posting.preflight_rules import Preflight, check_rows
from finance_hooks.posting.work import Work
from finance_hooks.store import preflights
from finance_hooks.store.preflights import Checked
from finance_hooks.store.to_prepare import documents_to_prepare
from finance_hooks.targets.base import TargetHook

PATIENCE_S = 900
"""A limit that asks for more is left to a later run, as loading leaves it."""


def has_work(work: Work, source_id: str) -> bool:
    """Say whether this run has anything to prepare; a night without makes no call to the target."""
    with work.engine.begin() as connection:
        return bool(documents_to_prepare(connection, work.administration, source_id))


def preflight(work: Work, hook: TargetHook, tables: Tables) -> Checked:
    """Check every row against the chart as it is now, and put what is found in the place of what was.

    A chart that cannot be read raises, and what was found before stays: it is never an empty chart.
    """
    checked = check(work, hook, tables)
    with work.engine.begin() as connection:
        preflights.write_preflight(connection, work.administration.sync_id, checked, work.stamp(connection))
    return checked


def check(work: Work, hook: TargetHook, tables: Tables) -> Checked:
    """Check every row against the chart; nothing is written."""
    chart = hook.read_chart(work.administration.target_administration)
    faults = check_rows(
        Preflight(administration=work.administration, chart=chart, tables=tables, today=work.business_date())
    )
    return Checked(faults=faults, periods=chart.periods)


def preflight_or_later(work: Work, hook: TargetHook, tables: Tables) -> dict[str, int]:
    """Do the same within a run and count; a limit that lasts long leaves the faults as they were known."""
    try:
        faults = preflight(work, hook, tables).faults
    except TemporaryFailure as failure:
        if failure.retry_after_s <= PATIENCE_S:
            raise
        return {"chart_not_read": 1}
    rows = sum(len(tables[schema]) for schema in (*TARGET_SCHEMAS, ARTICLE_ACCOUNTS))
    return {"rows": rows, "faults": count_faults(faults)}


def count_faults(faults: tuple[PreflightFault, ...]) -> int:
    """Count what somebody has to correct: conditions are rules of the package, not faults."""
    return sum(1 for fault in faults if not fault.is_condition)


def last_checked(work: Work) -> Checked:
    """Return what the last preflight of the administration read and found, nothing before the first one."""
    with work.engine.begin() as connection:
        return preflights.read_preflight(connection, work.administration.sync_id)
