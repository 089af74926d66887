"""Stand in for the hook of Twinfield."""

from finance_hooks.targets.twinfield.settings import CONNECTION_TYPE
from finance_hooks.targets.unfinished import UnfinishedHook


class TwinfieldHook(UnfinishedHook):
    """Say that Twinfield is not booked in yet."""

    default_conn_name = "twinfield_default"
    conn_type = "finance_twinfield"
    hook_name = "Twinfield"
    connection_type = CONNECTION_TYPE
