"""State what the connection of AFAS Profit consists of.

AFAS Developer documentation, "Authentication" and "App connector".
"""

from collections.abc import Mapping
from types import MappingProxyType

CONNECTION_TYPE: Mapping[str, object] = MappingProxyType(
    {
        "connection-type": "finance_afas",
        "hook-class-name": "finance_hooks.targets.afas.hook.AfasHook",
        "hook-name": "AFAS Profit",
        "ui-field-behaviour": {
            "hidden-fields": ["schema"],
            "relabeling": {"host": "REST address", "login": "Client id", "password": "Client secret"},
            "placeholders": {
                "port": "443; Airflow's Test button refuses an empty one",
                "host": "https://12345.rest.afas.online/ProfitRestServices",
                "login": "with client_credentials only",
                "password": "with client_credentials only",
            },
        },
        "conn-fields": {
            "environment": {
                "label": "Environment",
                "description": "test or production, the same as in finance_store. In the REST address "
                "12345.rest is production; resttest and restaccept are test.",
                "schema": {"type": "string", "enum": ["test", "production"], "default": "test"},
            },
            "auth": {
                "label": "Authentication",
                "description": "client_credentials: client id and secret of an app connector with OAuth. "
                "app_token: a classic token, which AFAS withdraws in August 2027.",
                "schema": {
                    "type": "string",
                    "enum": ["client_credentials", "app_token"],
                    "default": "client_credentials",
                },
            },
            "app_token": {
                "label": "App connector token",
                "description": "With app_token: all from <token> to </token>, which AFAS shows once.",
                "schema": {"type": ["string", "null"], "format": "password"},
            },
            "app_token_next": {
                "label": "Next app connector token",
                "description": "While tokens are being replaced: used when the other one no longer works.",
                "schema": {"type": ["string", "null"], "format": "password"},
            },
            "integration_id": {
                "label": "Integration id",
                "description": "Certified partners only: subscription_project, such as 12345_678900.",
                "schema": {"type": ["string", "null"]},
            },
        },
    }
)
