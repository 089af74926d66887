"""Give out access tokens, refreshing them so that no race, crash or lost answer costs a grant."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.store.tokens import StoredTokens, TokenStore
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed
from finance_hooks.transport.deadline import Promptly
from finance_hooks.transport.oauth import (
    OAuthClient,
    TokenRefusal,
    check_identity,
    code_request,
    describe_refusal,
    read_tokens,
    refresh_request,
)
from finance_hooks.transport.send import CONNECT_TIMEOUT_S, Transport

logger = logging.getLogger(__name__)

Sleep = Callable[[float], None]

LEAVES_WITHIN_S = 60
"""How long after its attempt was noted a refresh may leave; the lease lasts this and the request longer."""
YOUNG_S = 60
"""Tokens that were asked for no longer ago are the best there are, however long they should live."""
AUTHORISE = (
    "Authorise the connection: python -m finance_hooks.cli authorise <its id>. "
    "See docs/runbook.md#token-gone."
)
KEPT_S = 30
"""How long a token is given out again without another look; a vendor that refuses it is believed at once."""
WAIT_S = 900
"""The longest wait inside a task, for a token as for any other limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A token that was read; instants are of the boot clock, counted from before it was looked for."""

    access_token: str = field(repr=False)
    until_s: float
    expires_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """Hand out the access tokens of grants that many workers share.

    `owner` names this worker to people who wait for it. `checkpoint` is told how far a refresh has come;
    tests end the worker there. `patience_s` is how long to wait in this process for other workers or for the
    vendor's minimum age.
    """

    tokens: TokenStore
    owner: str
    patience_s: float = WAIT_S
    checkpoint: Callable[[str], None] = field(default=lambda _reached: None)
    _kept: dict[str, _Kept] = field(init=False, repr=False, default_factory=dict)

    def access_token(
        self, client: OAuthClient, transport: Transport, *, outlives_s: float = 30, refused: str | None = None
    ) -> str:
        """Return an access token that is valid for another `outlives_s` seconds, refreshing it when needed.

        `refused` is a token the vendor answered 401 to: it is not given out again. Waits in this process for
        other workers and for the vendor's minimum age. Raises ConfigurationError when a person must consent
        and TemporaryFailure when time cures it. `transport` brings the guard of the connection.
        """
        clock = transport.clock
        now_s = clock.boot_s()
        kept = self._kept.get(client.grant_key)
        if kept and kept.access_token != refused and now_s < min(kept.until_s, kept.expires_s - outlives_s):
            return kept.access_token
        give_up_at_s = now_s + self.patience_s

        def is_good(stored: StoredTokens) -> bool:
            left = stored.access_expires_at - stored.read_at
            is_young = stored.read_at - stored.asked_at < timedelta(seconds=YOUNG_S)
            lasts = left > timedelta() if is_young else left >= timedelta(seconds=outlives_s)
            return lasts and stored.access_token != refused

        # Between a save and its reading a worker may freeze for longer than tokens live.
        while not is_good(stored := self._read(client)):
            too_early_s = self._refresh_if_due(client, transport, is_good)
            if not too_early_s:
                continue
            if clock.boot_s() + too_early_s > give_up_at_s:
                raise TemporaryFailure(
                    f"the token of {client.grant_key} may not be refreshed yet",
                    retry_after_s=int(too_early_s) + 1,
                )
            clock.sleep(too_early_s)
        left_s = (stored.access_expires_at - stored.read_at).total_seconds()
        self._kept[client.grant_key] = _Kept(
            access_token=stored.access_token, until_s=now_s + KEPT_S, expires_s=now_s + left_s
        )
        return stored.access_token

    def age(self, client: OAuthClient) -> timedelta:
        """Say how long ago the tokens were obtained; ConfigurationError when nobody has consented."""
        stored = self._read(client)
        return stored.read_at - stored.obtained_at

    def exchange_code(self, client: OAuthClient, transport: Transport, code: str, state: str) -> None:
        """Turn the code of the consent begun with `state` into tokens and keep them; the alert ends."""
        clock = transport.clock
        asked_at_s = clock.boot_s()
        sending = transport.send(
            code_request(client, code), changes_books=False, timeout_s=client.endpoints.timeout_s
        )
        if not isinstance(sending, Answer):
            raise TemporaryFailure(f"{sending.why}; authorise again, a code works once")
        new = read_tokens(client, sending)
        if new is None:
            raise ConfigurationError(
                f"The vendor gave no tokens for the code ({describe_refusal(sending)}); it lives minutes and "
                "works once. Authorise again; check client id, secret and redirect address."
            )
        check_identity(client, sending, state)
        self.tokens.save_consent(
            client.grant_key, new, asked_ago_s=lambda: clock.boot_s() - asked_at_s, sleep=clock.sleep
        )

    def _read(self, client: OAuthClient) -> StoredTokens:
        stored = self.tokens.read(client.grant_key)
        if stored is None:
            raise ConfigurationError(_consent_needed(client, "nobody has consented yet"))
        return stored

    def _refresh_if_due(
        self, client: OAuthClient, transport: Transport, is_good: Callable[[StoredTokens], bool]
    ) -> float:
        """Refresh unless another worker just did; returns how many seconds it is too early for that, or 0.

        Nobody else works on the grant meanwhile, so an attempt found open here was left behind.
        """
        lease = self.tokens.hold(
            client.grant_key,
            owner=self.owner,
            ttl_s=client.endpoints.timeout_s + CONNECT_TIMEOUT_S + LEAVES_WITHIN_S,
            boot_s=transport.clock.boot_s,
            sleep=transport.clock.sleep,
            patience_s=self.patience_s,
        )
        with lease:
            stored = self._read(client)
            if is_good(stored):
                return 0
            if stored.needs_consent_since is not None:
                raise ConfigurationError(_consent_needed(client, stored.needs_consent_why or ""))
            too_early_s = _too_early_s(client, stored)
            if not too_early_s:
                promptly = Promptly(
                    deadline=lease,
                    clock=transport.clock,
                    announced_at_s=transport.clock.boot_s(),
                    within_s=LEAVES_WITHIN_S,
                )
                self._refresh(client, stored, replace(transport, deadline=promptly))
            return too_early_s

    def _refresh(self, client: OAuthClient, stored: StoredTokens, transport: Transport) -> None:
        """Try once; the vendor alone says that a refresh token is dead, however many answers were lost."""
        begun_at = self.tokens.begin_attempt(client.grant_key, stored.refresh_token)
        self.checkpoint("attempt noted")
        sending = transport.send(
            refresh_request(client, stored.refresh_token),
            changes_books=False,
            timeout_s=client.endpoints.timeout_s,
        )
        self.checkpoint("answered")
        if isinstance(sending, NeverSent):
            self.tokens.withdraw_attempt(client.grant_key, stored, begun_at)
            raise TemporaryFailure(sending.why)
        if isinstance(sending, PerhapsProcessed):
            raise _unclear(client, sending.why)
        new = read_tokens(client, sending)
        sleep = transport.clock.sleep
        if new is not None:
            # Other tokens that stand there by now are of a new consent, or were asked for later than these.
            self.tokens.save(client.grant_key, stored.refresh_token, new, begun_at, sleep=sleep)
            self.checkpoint("saved")
            return
        self._refused(client, stored, begun_at, sending, sleep)

    def _refused(
        self, client: OAuthClient, stored: StoredTokens, begun_at: datetime, answer: Answer, sleep: Sleep
    ) -> None:
        """Say who must act, unless there is another refresh token to try: whoever asked looks again then."""
        why = f"the token endpoint answered {describe_refusal(answer)}"
        refusal = client.endpoints.judge_refusal(answer)
        if refusal is TokenRefusal.UNCLEAR:
            raise _unclear(client, why)
        if refusal is TokenRefusal.LATER:
            self.tokens.withdraw_attempt(client.grant_key, stored, begun_at)
            raise TemporaryFailure(why)
        if self.tokens.fall_back(client.grant_key, stored.refresh_token):
            return
        if refusal is TokenRefusal.NEEDS_CONSENT:
            self._needs_consent(client, stored, why, sleep)
            return
        self.tokens.withdraw_attempt(client.grant_key, stored, begun_at)
        raise ConfigurationError(
            f"{why}; check client id, client secret and address of {client.grant_key}. "
            f"When they are right: {AUTHORISE}"
        )

    def _needs_consent(self, client: OAuthClient, stored: StoredTokens, why: str, sleep: Sleep) -> None:
        """Ask for a person, unless other tokens have been saved meanwhile; only the first one alerts."""
        message = _consent_needed(client, why)
        if self.tokens.need_consent(client.grant_key, stored.refresh_token, why, sleep=sleep):
            logger.error(message)
        if self._read(client).refresh_token == stored.refresh_token:
            raise ConfigurationError(message)


def _too_early_s(client: OAuthClient, stored: StoredTokens) -> float:
    """Say how long the vendor forbids a refresh.

    An attempt whose end is unknown counts as a refresh at the last moment at which the vendor may have
    carried it out.
    """
    last = stored.obtained_at
    if stored.attempt_at is not None:
        last = max(last, stored.attempt_at + timedelta(seconds=_under_way_s(client)))
    minimum_age = timedelta(seconds=client.endpoints.minimum_age_s)
    return max((last + minimum_age - stored.read_at).total_seconds(), 0)


def _under_way_s(client: OAuthClient) -> int:
    return LEAVES_WITHIN_S + client.endpoints.timeout_s


def _unclear(client: OAuthClient, why: str) -> TemporaryFailure:
    return TemporaryFailure(why, retry_after_s=client.endpoints.minimum_age_s + _under_way_s(client))


def _consent_needed(client: OAuthClient, why: str) -> str:
    return f"{client.grant_key} needs a person's consent: {why}. {AUTHORISE}"
