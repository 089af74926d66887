"""Obtain access tokens for a client that nobody has to consent to (RFC 6749 section 4.4).

They are kept in memory only: losing one costs a call, and never the access itself.
"""

from collections.abc import Sequence

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.transport.answer import Answer, NeverSent
from finance_hooks.transport.oauth import (
    OAuthClient,
    client_request,
    describe_refusal,
    oauth_error,
    read_tokens,
)
from finance_hooks.transport.send import Transport

TRY_AGAIN_S = 60
REFUSED_CLIENT = "invalid_client"


class ClientCredentials:
    """Hand out access tokens of one client, obtaining a new one shortly before the last one ends.

    `clients` are the same client with each secret that may work, in the order in which they are tried: while
    a secret is being replaced there are two.
    """

    def __init__(self, clients: Sequence[OAuthClient], transport: Transport) -> None:
        """Start without a token; `transport` brings the guard of the connection."""
        self._clients = list(clients)
        self._transport = transport
        self._token: str | None = None
        self._ends_at_s: float = 0

    def access_token(self, *, outlives_s: float = 30, refused: str | None = None) -> str:
        """Return an access token that is valid for another `outlives_s` seconds.

        `refused` is a token that was answered 401: it is not given out again. Raises ConfigurationError when
        no secret works and TemporaryFailure when time cures it.
        """
        left_s = self._ends_at_s - self._transport.clock.boot_s()
        if self._token is None or self._token == refused or left_s < outlives_s:
            self._token = self._obtain()
        return self._token

    def _obtain(self) -> str:
        refusals: list[str] = []
        for client in list(self._clients):
            asked_at_s = self._transport.clock.boot_s()
            answer = self._ask(client)
            tokens = read_tokens(client, answer)
            if tokens is not None:
                self._clients.remove(client)
                self._clients.insert(0, client)
                self._ends_at_s = asked_at_s + tokens.expires_in_s
                return tokens.access_token
            refusals.append(_refusal(answer))
        raise ConfigurationError(
            f"No secret of client {self._clients[0].client_id} gives access ({'; '.join(refusals)}); check "
            "client id, client secret and address."
        )

    def _ask(self, client: OAuthClient) -> Answer:
        sending = self._transport.send(
            client_request(client), changes_books=False, timeout_s=client.endpoints.timeout_s
        )
        if isinstance(sending, Answer):
            return sending
        wait_s = sending.retry_after_s if isinstance(sending, NeverSent) else None
        raise TemporaryFailure(sending.why, retry_after_s=wait_s or TRY_AGAIN_S)


def _refusal(answer: Answer) -> str:
    """Describe why a secret was refused; raises when another secret would make no difference."""
    said = f"the token endpoint answered {describe_refusal(answer)}"
    error = oauth_error(answer)[0]
    if not error or answer.status in {408, 429} or not 400 <= answer.status < 500:
        raise TemporaryFailure(said, retry_after_s=TRY_AGAIN_S)
    if error != REFUSED_CLIENT:
        raise ConfigurationError(f"{said}; check the address and what the client is allowed.")
    return said
