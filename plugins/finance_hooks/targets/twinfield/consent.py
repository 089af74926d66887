"""Declare how Twinfield gives and renews tokens.

Twinfield developer portal, "OpenID Connect / OAuth 2.0"; refusals as reported in php-twinfield/twinfield
issues 122, 125 and 151.
"""

from finance_hooks.targets.twinfield.connection import CONNECT_PATH, TwinfieldConnection, read_connection
from finance_hooks.transport.connection_parts import ConnectionParts
from finance_hooks.transport.oauth import OAuthClient, OAuthEndpoints

LIFE_S = 3600
SCOPES = ("openid", "twf.user", "twf.organisation", "twf.organisationUser", "offline_access")
"""Without twf.organisation the token does not tell the cluster, without offline_access it ends in an hour."""


def oauth_client_of(parts: ConnectionParts) -> OAuthClient:
    """Describe the same for a connection as Airflow keeps it; ConfigurationError names every fault of it."""
    return make_oauth_client(read_connection(parts))


def make_oauth_client(connection: TwinfieldConnection) -> OAuthClient:
    """Describe the client and the user behind a connection; administrations of one user share the grant."""
    base = connection.login_url + CONNECT_PATH
    endpoints = OAuthEndpoints(
        authorise_url=f"{base}/authorize",
        token_url=f"{base}/token",
        authorise_parameters={"scope": " ".join(SCOPES)},
        life_s=LIFE_S,
        secret_in_body=False,
        # Twinfield demands a nonce, and scope openid brings the id_token that repeats it.
        tells_identity=True,
    )
    return OAuthClient(
        endpoints=endpoints,
        client_id=connection.client_id,
        client_secret=connection.client_secret,
        redirect_uri=connection.redirect_uri,
        user=connection.user_name,
    )
