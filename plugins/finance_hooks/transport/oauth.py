"""Speak OAuth 2.0's authorisation code flow; what differs per vendor is declared by its target (RFC 6749)."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from hmac import compare_digest
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

import requests

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.store.tokens import NewTokens
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.headers import read_whole
from finance_hooks.transport.json_text import read_answer

LIFE_MAX_S = 10 * 365 * 86_400
"""No token is trusted for longer than ten years; an instant could not be stored any more."""


class TokenRefusal(Enum):
    """What an answer of the token endpoint without tokens means."""

    NEEDS_CONSENT = auto()
    """The refresh token is dead; only a person can make a new one."""
    CONFIGURATION = auto()
    """Client id, secret or address are wrong; the refresh token was not used."""
    LATER = auto()
    """Refused for now (too early, too many); the refresh token was not used."""
    UNCLEAR = auto()
    """The vendor may or may not have replaced the refresh token."""


def judge_refusal(answer: Answer) -> TokenRefusal:
    """Judge an answer without tokens by RFC 6749 section 5.2; vendors that differ bring their own judge."""
    if answer.status == 429:
        return TokenRefusal.LATER
    if answer.status == 408 or not 400 <= answer.status < 500:
        return TokenRefusal.UNCLEAR
    error = oauth_error(answer)[0]
    if error == "invalid_grant":
        return TokenRefusal.NEEDS_CONSENT
    if answer.status == 400 and not error:
        # Every 400 of a token endpoint names its error: this one was cut, or is somebody else's.
        return TokenRefusal.UNCLEAR
    return TokenRefusal.CONFIGURATION


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthEndpoints:
    """What a target declares: full addresses, its own parameters, and its rules.

    `minimum_age_s`: no refresh sooner than this after tokens were obtained. `life_s`: an access token's life
    where the answer does not tell. `secret_in_body`: else client id and secret travel as HTTP Basic.
    `tells_identity`: the first tokens come with an id_token that repeats the nonce of the consent (OpenID
    Connect Core 1.0, 3.1.3.7).
    """

    authorise_url: str
    token_url: str
    authorise_parameters: Mapping[str, str] = field(default_factory=dict)
    minimum_age_s: int = 0
    life_s: int = 600
    secret_in_body: bool = True
    tells_identity: bool = False
    timeout_s: int = 30
    judge_refusal: Callable[[Answer], TokenRefusal] = judge_refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthClient:
    """One app as registered with a vendor, and the user who consents to it.

    Both together are a grant: administrations that share them share its tokens.
    """

    endpoints: OAuthEndpoints
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    user: str

    @property
    def grant_key(self) -> str:
        """Name the grant: host (without port), client id, user."""
        return f"{urlsplit(self.endpoints.token_url).hostname}|{self.client_id}|{self.user}"


def authorisation_address(client: OAuthClient, state: str) -> str:
    """Return the address where the user consents; `state`, not to be guessed, comes back with the code."""
    parameters = {
        "client_id": client.client_id,
        "redirect_uri": client.redirect_uri,
        "response_type": "code",
        **client.endpoints.authorise_parameters,
        "state": state,
    }
    if client.endpoints.tells_identity:
        parameters["nonce"] = _nonce(state)
    return f"{client.endpoints.authorise_url}?{urlencode(parameters)}"


def read_callback(client: OAuthClient, address: str, state: str) -> str:
    """Return the code from the address a user was sent back to; ConfigurationError when it is another's."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        parts = urlsplit("")
    parameters = parse_qs(parts.query)
    given = parameters.get("state", [])
    if len(given) != 1 or not compare_digest(given[0].encode(), state.encode()):
        raise ConfigurationError(
            "This address does not belong to the authorisation that was begun here (its state differs); "
            "open the address again and paste the one you are then sent back to."
        )
    if _page(parts) != _page(urlsplit(client.redirect_uri)):
        raise ConfigurationError(
            "This address is not the redirect address of the connection; its code is for somebody else. "
            "Correct redirect_uri, or open the address again and paste the one you are then sent back to."
        )
    if "error" in parameters:
        raise ConfigurationError(f"The vendor answered {parameters['error'][0]!r}; nobody consented.")
    if len(parameters.get("code", [])) != 1:
        raise ConfigurationError("This address holds no code; paste it whole, from https:// on.")
    return parameters["code"][0]


def refresh_request(client: OAuthClient, refresh_token: str) -> requests.Request:
    """Write the request that turns a refresh token into new tokens."""
    return _token_request(client, {"grant_type": "refresh_token", "refresh_token": refresh_token})


def code_request(client: OAuthClient, code: str) -> requests.Request:
    """Write the request that turns a code into the first tokens."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": client.redirect_uri}
    return _token_request(client, form)


def client_request(client: OAuthClient) -> requests.Request:
    """Write the request that obtains an access token for the client itself, without a person's consent."""
    return _token_request(client, {"grant_type": "client_credentials"})


def read_tokens(client: OAuthClient, answer: Answer) -> NewTokens | None:
    """Read the tokens from an answer, `None` when it holds none."""
    content = _json_content(answer)
    access_token = content.get("access_token")
    refresh_token = content.get("refresh_token")
    if not 200 <= answer.status < 300 or not isinstance(access_token, str) or not access_token:
        return None
    # Some write the life as text ("600"), others as a number.
    life_s = read_whole(str(content.get("expires_in", "")))
    return NewTokens(
        access_token=access_token,
        refresh_token=refresh_token if isinstance(refresh_token, str) and refresh_token else None,
        expires_in_s=client.endpoints.life_s if life_s is None else min(life_s, LIFE_MAX_S),
    )


def check_identity(client: OAuthClient, answer: Answer, state: str) -> None:
    """Refuse first tokens that answer another consent than the one that was begun with this state.

    The id_token came straight from the vendor over TLS, so its signature need not be checked.
    """
    if not client.endpoints.tells_identity:
        return
    if not compare_digest(
        _nonce_told(_json_content(answer).get("id_token")).encode(), _nonce(state).encode()
    ):
        raise ConfigurationError(
            "The tokens belong to another consent than the one that was begun here (the nonce of their "
            "id_token differs); authorise again."
        )


def oauth_error(answer: Answer) -> tuple[str, str]:
    """Return `error` and `error_description` of a refusal, empty where there is none."""
    content = _json_content(answer)
    return str(content.get("error", "")), str(content.get("error_description", ""))


def describe_refusal(answer: Answer) -> str:
    """Say what a token endpoint answered, without anything that could be a secret."""
    error = "".join(re.findall(r"[a-z_]", oauth_error(answer)[0]))[:40]
    return f"status {answer.status}, {error or 'no error code'}"


def _token_request(client: OAuthClient, form: dict[str, str]) -> requests.Request:
    secrets = {"client_id": client.client_id, "client_secret": client.client_secret}
    in_body = client.endpoints.secret_in_body
    return requests.Request(
        "POST",
        client.endpoints.token_url,
        data=form | secrets if in_body else form,
        auth=None if in_body else (client.client_id, client.client_secret),
        headers={"Accept": "application/json"},
    )


def _nonce(state: str) -> str:
    """Derive the nonce of a consent from its state: whoever cannot guess the one cannot know the other."""
    return hashlib.sha256(state.encode()).hexdigest()


def _nonce_told(id_token: object) -> str:
    """Read the nonce from an id_token (RFC 7519); empty when there is none."""
    parts = id_token.split(".") if isinstance(id_token, str) else []
    if len(parts) != 3:
        return ""
    try:
        claims = read_answer(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return ""
    return str(claims.get("nonce", "")) if isinstance(claims, dict) else ""


def _page(parts: SplitResult) -> tuple[str, str, str]:
    """Return which page an address is of, whatever is asked of it."""
    return parts.scheme, parts.netloc.lower(), parts.path.rstrip("/")


def _json_content(answer: Answer) -> dict[str, object]:
    try:
        content = read_answer(answer.body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
