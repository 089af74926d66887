"""Describe the client of an app connector with OAuth.

AFAS Developer documentation, "Authentication".
"""

from finance_hooks.targets.afas.connection import AfasConnection
from finance_hooks.transport.oauth import OAuthClient, OAuthEndpoints

LIFE_S = 3600
"""AFAS: of an access token."""


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
