"""State what the connection of AccountView consists of.

AccountView.Net sample program of the vendor ("authorize", "token"); app registration as in the manual of
Visma Spend Cloud.
"""

from collections.abc import Mapping
from types import MappingProxyType

CONNECTION_TYPE: Mapping[str, object] = MappingProxyType(
    {
        "connection-type": "finance_accountview",
        "hook-class-name": "finance_hooks.targets.accountview.hook.AccountViewHook",
        "hook-name": "AccountView",
        "ui-field-behaviour": {
            "hidden-fields": ["schema"],
            "relabeling": {"host": "Base URL", "login": "API key", "password": "API secret"},
            "placeholders": {
                "port": "443; Airflow's Test button refuses an empty one",
                "host": "https://www.accountview.net",
                "login": "of the application in the portal's menu Ontwikkelaar",
            },
        },
        "conn-fields": {
            "environment": {
                "label": "Environment",
                "description": "test or production, the same as in finance_store. www.accountview.net is "
                "production, demonstration companies too; test.accountview.net is test.",
                "schema": {"type": "string", "enum": ["test", "production"], "default": "test"},
            },
            "redirect_uri": {
                "label": "Redirect URI",
                "description": "Exactly as registered with the application (menu Ontwikkelaar).",
                "schema": {"type": "string", "minLength": 1},
            },
            "user_name": {
                "label": "AccountView user",
                "description": "The user who gives consent and to whom the application is linked; what this "
                "user may not do, cannot be booked.",
                "schema": {"type": "string", "minLength": 1},
            },
        },
    }
)
