"""Declare how Exact gives and renews tokens.

Exact Online support, "OAuth: set up your authentication"; refusals as reported in picqer/exact-php-client
issues 385, 449, 487, 523 and websmurf/laravel-exact-online issue 31.
"""

from finance_hooks.targets.exactonline.connection import (
    AUTHORISE_PATH,
    TOKEN_PATH,
    ExactConnection,
    read_connection,
)
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.connection_parts import ConnectionParts
from finance_hooks.transport.oauth import OAuthClient, OAuthEndpoints, TokenRefusal, oauth_error

MINIMUM_AGE_S = 570
LIFE_S = 600
BLOCKED = frozenset({"BlockedUser", "InactiveUser", "BlockedCustomer", "LicenseExpired"})


def oauth_client_of(parts: ConnectionParts) -> OAuthClient:
    """Describe the same for a connection as Airflow keeps it; ConfigurationError names every fault of it."""
    return make_oauth_client(read_connection(parts))


def make_oauth_client(connection: ExactConnection) -> OAuthClient:
    """Describe the app and the user behind a connection; divisions of one user share the grant."""
    endpoints = OAuthEndpoints(
        authorise_url=connection.base_url + AUTHORISE_PATH,
        token_url=connection.base_url + TOKEN_PATH,
        authorise_parameters={"force_login": "1"},
        minimum_age_s=MINIMUM_AGE_S,
        life_s=LIFE_S,
        judge_refusal=judge_refusal,
    )
    return OAuthClient(
        endpoints=endpoints,
        client_id=connection.client_id,
        client_secret=connection.client_secret,
        redirect_uri=connection.redirect_uri,
        user=connection.user_name,
    )


def judge_refusal(answer: Answer) -> TokenRefusal:
    """Judge what Exact answers instead of tokens."""
    error, description = oauth_error(answer)
    if answer.headers.get("Reason") in BLOCKED:
        return TokenRefusal.CONFIGURATION
    if answer.status == 429 or (error == "access_denied" and "rate limit" in description.lower()):
        return TokenRefusal.LATER
    if not error or not 400 <= answer.status < 500:
        return TokenRefusal.UNCLEAR
    if error in {"unauthorized_client", "invalid_grant"} or "expired" in description.lower():
        return TokenRefusal.NEEDS_CONSENT
    return TokenRefusal.CONFIGURATION
