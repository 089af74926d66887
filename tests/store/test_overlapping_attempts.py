"""Of workers that use one refresh token one after the other, nobody undoes what another knows better."""

import pytest
import sqlalchemy as sa

from finance_hooks.store.tokens import TokenStore
from tests.store.conftest import StoreTime
from tests.store.granted import GRANT, given, no_sleep, read


def test_attempt_is_not_withdrawn_by_whoever_began_an_earlier_one(
    tokens: TokenStore, time: StoreTime
) -> None:
    before = read(tokens)
    begun_at = tokens.begin_attempt(GRANT, "refresh-1")
    time.advance(600)
    tokens.begin_attempt(GRANT, "refresh-1")

    tokens.withdraw_attempt(GRANT, before, begun_at)

    assert (read(tokens).attempts, read(tokens).attempt_at) == (2, time.at)


@pytest.mark.parametrize("later_is_saved_first", [False, True])
def test_of_two_answers_to_one_refresh_token_the_one_asked_for_later_stays(
    tokens: TokenStore, time: StoreTime, later_is_saved_first: bool
) -> None:
    earlier = tokens.begin_attempt(GRANT, "refresh-1")
    time.advance(600)
    later = tokens.begin_attempt(GRANT, "refresh-1")
    answers = [(given(2), earlier), (given(3), later)]

    for new, asked_at in reversed(answers) if later_is_saved_first else answers:
        tokens.save(GRANT, "refresh-1", new, asked_at, sleep=no_sleep)

    assert read(tokens).refresh_token == "refresh-3"


def test_later_answer_still_counts_after_the_earlier_ones_token_was_tried(
    tokens: TokenStore, time: StoreTime
) -> None:
    earlier = tokens.begin_attempt(GRANT, "refresh-1")
    time.advance(600)
    later = tokens.begin_attempt(GRANT, "refresh-1")
    tokens.save(GRANT, "refresh-1", given(2), earlier, sleep=no_sleep)
    time.advance(600)
    before = read(tokens)
    tokens.withdraw_attempt(GRANT, before, tokens.begin_attempt(GRANT, "refresh-2"))

    tokens.save(GRANT, "refresh-1", given(3), later, sleep=no_sleep)

    assert read(tokens).refresh_token == "refresh-3"


def test_token_that_was_tried_again_meanwhile_stays_at_hand(
    tokens: TokenStore, engine: sa.Engine, time: StoreTime
) -> None:
    earlier = tokens.begin_attempt(GRANT, "refresh-1")
    time.advance(600)
    tokens.begin_attempt(GRANT, "refresh-1")
    tokens.save(GRANT, "refresh-1", given(2), earlier, sleep=no_sleep)
    with engine.connect() as connection:
        row = connection.execute(sa.text("SELECT token::text FROM token")).scalar_one()

    fell_back = [tokens.fall_back(GRANT, refused) for refused in ("refresh-2", "refresh-1")]

    assert fell_back == [True, False]
    assert read(tokens).refresh_token == "refresh-1"
    assert "refresh-1" not in row


def test_token_that_the_vendor_has_refused_meanwhile_does_not_stay_at_hand(
    tokens: TokenStore, time: StoreTime
) -> None:
    earlier = tokens.begin_attempt(GRANT, "refresh-1")
    time.advance(600)
    tokens.begin_attempt(GRANT, "refresh-1")
    tokens.need_consent(GRANT, "refresh-1", "dead", sleep=no_sleep)

    tokens.save(GRANT, "refresh-1", given(2), earlier, sleep=no_sleep)

    assert tokens.alerts() == []
    assert not tokens.fall_back(GRANT, "refresh-2")


def test_token_that_only_one_worker_used_does_not_stay_at_hand(tokens: TokenStore) -> None:
    tokens.save(GRANT, "refresh-1", given(2), tokens.begin_attempt(GRANT, "refresh-1"), sleep=no_sleep)

    assert not tokens.fall_back(GRANT, "refresh-2")
    assert read(tokens).refresh_token == "refresh-2"


def test_tokens_asked_for_before_a_new_consent_do_not_replace_it(tokens: TokenStore, time: StoreTime) -> None:
    asked_at = tokens.begin_attempt(GRANT, "refresh-1")
    tokens.save_consent(GRANT, given(2), sleep=no_sleep)
    time.advance(600)

    assert not tokens.save(GRANT, "refresh-1", given(3), asked_at, sleep=no_sleep)
    assert read(tokens).refresh_token == "refresh-2"
