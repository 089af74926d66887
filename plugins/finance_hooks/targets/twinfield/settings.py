"""State what the connection of Twinfield consists of.

Twinfield developer portal, "OpenID Connect / OAuth 2.0" and "API rate limits".
"""

from collections.abc import Mapping
from types import MappingProxyType

CONNECTION_TYPE: Mapping[str, object] = MappingProxyType(
    {
        "connection-type": "finance_twinfield",
        "hook-class-name": "finance_hooks.targets.twinfield.hook.TwinfieldHook",
        "hook-name": "Twinfield",
        "ui-field-behaviour": {
            # Twinfield: the cluster that holds the books is read from the token, never entered.
            "hidden-fields": ["schema"],
            "relabeling": {"host": "Login address", "login": "Client id", "password": "Client secret"},
            "placeholders": {
                "port": "443; Airflow's Test button refuses an empty one",
                "host": "https://login.twinfield.com",
                "login": "as registered on the developer portal, for the authorisation code flow",
            },
        },
        "conn-fields": {
            "environment": {
                "label": "Environment",
                "description": "test or production, the same as in finance_store. Twinfield has no test "
                "site: what stands on login.twinfield.com is production, trial administrations too.",
                "schema": {"type": "string", "enum": ["test", "production"], "default": "test"},
            },
            "redirect_uri": {
                "label": "Redirect URI",
                "description": "Exactly as registered with the client id.",
                "schema": {"type": "string", "minLength": 1},
            },
            "user_name": {
                "label": "Twinfield user",
                "description": "The user who gives consent; needs access to every administration that is "
                "booked in, and to its daybooks.",
                "schema": {"type": "string", "minLength": 1},
            },
            "organisation": {
                "label": "Organisation",
                "description": "Code of the Twinfield organisation (environment) of that user. All its "
                "administrations share one consent and one rate limit.",
                "schema": {"type": "string", "minLength": 1},
            },
            "certified": {
                "label": "Certified client",
                "description": "Whether Twinfield certified this client id: 500 credits a minute, else 25.",
                "schema": {"type": ["boolean", "null"], "default": False},
            },
        },
    }
)
