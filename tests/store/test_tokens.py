"""Tokens lie encrypted, are replaced only by whoever used them, and ask for a person once."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.store.tokens import NewTokens, TokenStore
from tests.store.conftest import StoreTime
from tests.store.granted import GRANT, NEW_KEY, OLD_KEY, given, no_sleep, read


def test_grant_nobody_consented_to_has_no_tokens(tokens: TokenStore) -> None:
    assert tokens.read("another grant") is None


def test_neither_rows_nor_values_show_a_token(tokens: TokenStore, engine: sa.Engine) -> None:
    with engine.connect() as connection:
        row = connection.execute(sa.text("SELECT * FROM token")).one()

    shown = repr(row) + repr(tokens.read(GRANT)) + repr(given(1))
    assert "access-1" not in shown
    assert "refresh-1" not in shown


@pytest.mark.usefixtures("tokens")
def test_new_key_in_front_reads_what_the_old_one_wrote(engine: sa.Engine, time: StoreTime) -> None:
    rotated = TokenStore(engine, [NEW_KEY, OLD_KEY], time)
    before = read(rotated).access_token

    rotated.save(GRANT, "refresh-1", given(2), time.at, sleep=no_sleep)

    assert before == "access-1"
    assert read(TokenStore(engine, [NEW_KEY], time)).access_token == "access-2"


@pytest.mark.usefixtures("tokens")
def test_tokens_under_a_lost_key_name_the_remedy(engine: sa.Engine, time: StoreTime) -> None:
    with pytest.raises(ConfigurationError, match=r"authorise again: python -m finance_hooks[.]cli"):
        TokenStore(engine, [NEW_KEY], time).read(GRANT)


def test_malformed_key_is_refused_without_showing_it(engine: sa.Engine) -> None:
    with pytest.raises(ConfigurationError, match="no Fernet key") as caught:
        TokenStore(engine, ["short-secret"])

    assert "short-secret" not in str(caught.value)


def test_tokens_replace_only_the_one_they_were_made_with(tokens: TokenStore, time: StoreTime) -> None:
    first = tokens.save(GRANT, "refresh-1", given(2), time.at, sleep=no_sleep)
    second = tokens.save(GRANT, "refresh-1", given(3), time.at, sleep=no_sleep)

    assert (first, second) == (True, False)
    assert read(tokens).refresh_token == "refresh-2"


def test_refresh_token_stays_where_the_vendor_gives_no_new_one(tokens: TokenStore, time: StoreTime) -> None:
    new = NewTokens(access_token="access-2", refresh_token=None, expires_in_s=600)

    tokens.save(GRANT, "refresh-1", new, time.at, sleep=no_sleep)

    assert (read(tokens).access_token, read(tokens).refresh_token) == ("access-2", "refresh-1")


def test_consent_without_refresh_token_is_refused(tokens: TokenStore) -> None:
    new = NewTokens(access_token="access-2", refresh_token=None, expires_in_s=600)

    with pytest.raises(ConfigurationError, match="no refresh token"):
        tokens.save_consent(GRANT, new, sleep=no_sleep)


def test_attempts_with_one_token_are_counted_and_end_with_new_tokens(
    tokens: TokenStore, time: StoreTime
) -> None:
    tokens.begin_attempt(GRANT, "refresh-1")
    tokens.begin_attempt(GRANT, "refresh-1")
    counted = read(tokens).attempts
    tokens.save(GRANT, "refresh-1", given(2), time.at, sleep=no_sleep)

    assert counted == 2
    assert (read(tokens).attempts, read(tokens).attempt_at) == (0, None)


def test_withdrawn_attempt_leaves_what_was_known_before(tokens: TokenStore, time: StoreTime) -> None:
    tokens.begin_attempt(GRANT, "refresh-1")
    before = read(tokens)
    time.advance(600)
    begun_at = tokens.begin_attempt(GRANT, "refresh-1")

    tokens.withdraw_attempt(GRANT, before, begun_at)

    assert (read(tokens).attempts, read(tokens).attempt_at) == (1, before.attempt_at)


def test_life_of_a_token_is_counted_from_the_question_and_its_age_from_the_answer(
    tokens: TokenStore, time: StoreTime
) -> None:
    asked_at = time.at
    time.advance(7)

    tokens.save(GRANT, "refresh-1", given(2), asked_at, sleep=no_sleep)

    stored = read(tokens)
    assert (stored.access_expires_at - asked_at).total_seconds() == 600
    assert stored.obtained_at == time.at


def test_alert_is_raised_once_and_withdrawn_by_new_tokens(tokens: TokenStore, time: StoreTime) -> None:
    raised = [tokens.need_consent(GRANT, "refresh-1", "dead", sleep=no_sleep) for _ in range(2)]
    alerts = tokens.alerts()
    tokens.save_consent(GRANT, given(2), sleep=no_sleep)

    assert raised == [True, False]
    assert [(alert.grant_key, alert.since, alert.why) for alert in alerts] == [(GRANT, time.at, "dead")]
    assert tokens.alerts() == []


def test_dead_token_raises_no_alert_once_another_stands_there(tokens: TokenStore) -> None:
    tokens.save_consent(GRANT, given(2), sleep=no_sleep)

    assert not tokens.need_consent(GRANT, "refresh-1", "dead", sleep=no_sleep)
    assert tokens.alerts() == []


def test_life_of_a_consents_token_is_counted_from_when_it_was_asked_for(
    tokens: TokenStore, time: StoreTime
) -> None:
    asked_at = time.at
    time.advance(400)

    tokens.save_consent(GRANT, given(2), asked_ago_s=lambda: 400, sleep=no_sleep)

    assert read(tokens).asked_at == asked_at
    assert (read(tokens).access_expires_at - asked_at).total_seconds() == 600


def test_consent_after_a_lost_key_works_under_the_new_one(
    tokens: TokenStore, engine: sa.Engine, time: StoreTime
) -> None:
    assert read(tokens).access_token == "access-1"
    other = TokenStore(engine, [NEW_KEY], time)

    other.save_consent(GRANT, given(2), sleep=no_sleep)

    assert read(other).access_token == "access-2"


class UnacknowledgedEngine(sa.Engine):
    """An engine whose first transaction is committed without its writer's learning of it."""

    is_lost = True

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        with super().begin() as connection:
            yield connection
        lost, self.is_lost = self.is_lost, False
        if lost:
            raise sa.exc.OperationalError("COMMIT", None, ConnectionError("gone"))


def test_alert_whose_commit_was_not_acknowledged_is_still_the_first(
    tokens: TokenStore, engine: sa.Engine, time: StoreTime
) -> None:
    cut_off = TokenStore(UnacknowledgedEngine(engine.pool, engine.dialect, engine.url), [OLD_KEY], time)

    assert cut_off.need_consent(GRANT, "refresh-1", "dead", sleep=no_sleep)
    assert not tokens.need_consent(GRANT, "refresh-1", "dead", sleep=no_sleep)
