"""Choose the way in of a connection: client credentials, or a classic token.

AFAS Developer documentation, "Authentication".
"""

from collections.abc import Callable

from finance_hooks.targets.afas.app_tokens import AppTokens
from finance_hooks.targets.afas.connection import APP_TOKEN, AfasConnection
from finance_hooks.transport.client_credentials import ClientCredentials
from finance_hooks.transport.oauth import OAuthClient, OAuthEndpoints
from finance_hooks.transport.send import Transport

LIFE_S = 3600
"""AFAS: of an access token."""
BEARER = "Bearer "


def make_authorization(connection: AfasConnection, transport: Transport) -> Callable[[str | None], str]:
    """Return what gives the Authorization header and, told that it was refused, another."""
    if connection.auth == APP_TOKEN:
        return AppTokens(connection.secrets).authorization
    credentials = ClientCredentials(make_clients(connection), transport)

    def authorization(refused: str | None) -> str:
        token = refused.removeprefix(BEARER) if refused else None
        return BEARER + credentials.access_token(refused=token)

    return authorization


def make_clients(connection: AfasConnection) -> list[OAuthClient]:
    """Describe the app connector's client once for each secret that may work."""
    endpoints = OAuthEndpoints(authorise_url="", token_url=connection.token_url, life_s=LIFE_S)
    return [
        OAuthClient(
            endpoints=endpoints,
            client_id=connection.client_id,
            client_secret=secret,
            redirect_uri="",
            user="",
        )
        for secret in connection.secrets
    ]
