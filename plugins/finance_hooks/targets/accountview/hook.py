"""Stand in for the hook of AccountView."""

from finance_hooks.targets.accountview.settings import CONNECTION_TYPE
from finance_hooks.targets.unfinished import UnfinishedHook


class AccountViewHook(UnfinishedHook):
    """Say that AccountView is not booked in yet."""

    default_conn_name = "accountview_default"
    conn_type = "finance_accountview"
    hook_name = "AccountView"
    connection_type = CONNECTION_TYPE
