"""Declare AFAS Profit to the registry."""

from typing import Any

from finance_hooks.targets.afas.lineage import LINEAGE_FIELDS
from finance_hooks.targets.afas.settings import CONNECTION_TYPE, LABELS, SETTINGS
from finance_hooks.targets.base import Target, TargetHook


def _make_hook(conn_id: str, **parts: Any) -> TargetHook:  # noqa: ANN401 - handed on as they come
    # Airflow reads the registry in every process to list connection types; the hook brings requests along.
    from finance_hooks.targets.afas.hook import AfasHook  # noqa: PLC0415

    return AfasHook(conn_id, **parts)


AFAS = Target(
    settings=SETTINGS,
    labels=LABELS,
    connection_type=CONNECTION_TYPE,
    make_hook=_make_hook,
    lineage_fields=LINEAGE_FIELDS,
)
