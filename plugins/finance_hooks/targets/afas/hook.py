"""Stand in for the hook of AFAS Profit."""

from finance_hooks.targets.afas.settings import CONNECTION_TYPE
from finance_hooks.targets.unfinished import UnfinishedHook


class AfasHook(UnfinishedHook):
    """Say that AFAS Profit is not booked in yet."""

    default_conn_name = "afas_default"
    conn_type = "finance_afas"
    hook_name = "AFAS Profit"
    connection_type = CONNECTION_TYPE
