"""Declare how AccountView gives and renews tokens.

AccountView.Net sample program of the vendor; refresh and rotation as in svitlanahasynets/apicenter and
omniboost/go-accountview.net.
"""

from finance_hooks.targets.accountview.connection import (
    AUTHORISE_PATH,
    TOKEN_PATH,
    AccountViewConnection,
    read_connection,
)
from finance_hooks.transport.connection_parts import ConnectionParts
from finance_hooks.transport.oauth import OAuthClient, OAuthEndpoints

SCOPES = "readaccountviewdata updateaccountviewdata"
LIFE_S = 600
"""Assumed where an answer does not tell; AccountView publishes no life of its tokens."""


def oauth_client_of(parts: ConnectionParts) -> OAuthClient:
    """Describe the same for a connection as Airflow keeps it; ConfigurationError names every fault of it."""
    return make_oauth_client(read_connection(parts))


def make_oauth_client(connection: AccountViewConnection) -> OAuthClient:
    """Describe the application and the user behind a connection; companies of one user share the grant."""
    endpoints = OAuthEndpoints(
        authorise_url=connection.base_url + AUTHORISE_PATH,
        token_url=connection.base_url + TOKEN_PATH,
        authorise_parameters={"scope": SCOPES},
        life_s=LIFE_S,
    )
    return OAuthClient(
        endpoints=endpoints,
        client_id=connection.client_id,
        client_secret=connection.client_secret,
        redirect_uri=connection.redirect_uri,
        user=connection.user_name,
    )
