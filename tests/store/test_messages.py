"""Each message goes out once; what was told is known from then on, and only from then on."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.store import messages, told_problems
from finance_hooks.store.messages import ABANDONED_AFTER, OFFERED_FOR, Due, NewMessage
from tests.store.conftest import StoreTime

SYNC_ID = "exact_nl"
WORDS = {"nl": {"subject": "s", "text": "t", "html": "h"}}
PARKED = {"parked:1:x": "parked"}


def new(occasion: str = "run:1", **changed: Any) -> NewMessage:
    values = {"sync_id": SYNC_ID, "occasion": occasion, "tone": "news", "content": WORDS, "problems": PARKED}
    return NewMessage(**{**values, **changed})


def made(engine: sa.Engine, time: StoreTime, *channels: str, one: NewMessage | None = None) -> bool:
    with engine.begin() as connection:
        return messages.write_message(connection, one or new(), channels, at=time.at)


def due(engine: sa.Engine, time: StoreTime) -> list[Due]:
    with engine.begin() as connection:
        return messages.due(connection, SYNC_ID, at=time.at)


def claimed(engine: sa.Engine, time: StoreTime, one: Due) -> bool:
    with engine.begin() as connection:
        return messages.claim(connection, one, at=time.at)


def sent(engine: sa.Engine, time: StoreTime, one: Due) -> None:
    assert claimed(engine, time, one)
    with engine.begin() as connection:
        messages.note_sent(connection, one, at=time.at)


def known(engine: sa.Engine) -> dict[str, Any]:
    with engine.begin() as connection:
        return dict(told_problems.known_since(connection, SYNC_ID))


def words(engine: sa.Engine) -> list[Any]:
    with engine.begin() as connection:
        return list(connection.execute(sa.text("SELECT content FROM message")).scalars())


def test_occasion_has_one_message_however_often_it_is_written(engine: sa.Engine, time: StoreTime) -> None:
    assert made(engine, time, "mail")
    assert not made(engine, time, "mail", "slack")

    assert [one.channel for one in due(engine, time)] == ["mail"]
    with engine.begin() as connection:
        assert messages.is_made(connection, SYNC_ID, "run:1")
        assert not messages.is_made(connection, "exact_be", "run:1")


def test_same_run_of_another_administration_has_a_message_of_its_own(
    engine: sa.Engine, time: StoreTime
) -> None:
    assert made(engine, time, "mail")
    assert made(engine, time, "mail", one=new(sync_id="exact_be"))

    assert len(due(engine, time)) == 1


def test_message_that_was_sent_is_not_due_again_and_its_words_are_forgotten(
    engine: sa.Engine, time: StoreTime
) -> None:
    made(engine, time, "mail", "slack")
    mail, slack = due(engine, time)

    sent(engine, time, mail)
    half = words(engine)
    sent(engine, time, slack)

    assert half == [WORDS]
    assert words(engine) == [None]
    assert due(engine, time) == []


def test_message_that_nobody_hears_keeps_no_words(engine: sa.Engine, time: StoreTime) -> None:
    assert made(engine, time)

    assert words(engine) == [None]
    assert due(engine, time) == []


def test_two_senders_at_once_send_once(engine: sa.Engine, time: StoreTime) -> None:
    made(engine, time, "mail")
    (one,) = due(engine, time)

    assert claimed(engine, time, one)
    assert not claimed(engine, time, one)
    assert due(engine, time) == []


def test_sending_whose_sender_died_is_taken_over_after_a_while(engine: sa.Engine, time: StoreTime) -> None:
    made(engine, time, "mail")
    (one,) = due(engine, time)
    claimed(engine, time, one)

    time.advance(ABANDONED_AFTER.total_seconds() - 1)
    too_early = due(engine, time)
    time.advance(2)

    assert too_early == []
    assert claimed(engine, time, one)


def test_failed_sending_is_offered_again_with_its_words_and_says_why(
    engine: sa.Engine, time: StoreTime
) -> None:
    made(engine, time, "mail")
    (one,) = due(engine, time)
    claimed(engine, time, one)

    with engine.begin() as connection:
        messages.note_failed(connection, one, "ConnectionRefusedError")

    with engine.begin() as connection:
        (failed,) = messages.failed_deliveries(connection, SYNC_ID)
    assert (failed.channel, failed.why, failed.attempts) == ("mail", "ConnectionRefusedError", 1)
    assert due(engine, time) == [one]
    assert known(engine) == {}
    sent(engine, time, one)
    with engine.begin() as connection:
        assert messages.failed_deliveries(connection, SYNC_ID) == []


def test_message_that_is_no_news_any_more_is_given_up_and_its_problems_stay_unknown(
    engine: sa.Engine, time: StoreTime
) -> None:
    made(engine, time, "mail")

    with engine.begin() as connection:
        assert messages.give_up_old(connection, at=time.at + OFFERED_FOR) == 0
        assert messages.give_up_old(connection, at=time.at + OFFERED_FOR + timedelta(seconds=1)) == 1

    assert due(engine, time) == []
    assert words(engine) == [None]
    assert known(engine) == {}


def test_sending_through_a_channel_that_is_no_more_is_ended(engine: sa.Engine, time: StoreTime) -> None:
    made(engine, time, "mail")
    (one,) = due(engine, time)

    with engine.begin() as connection:
        messages.give_up(connection, one, "there is no such channel", at=time.at)

    assert due(engine, time) == []


def test_problem_is_known_since_its_message_first_went_out(engine: sa.Engine, time: StoreTime) -> None:
    made(engine, time, "mail")
    first = time.at
    before = known(engine)
    sent(engine, time, *due(engine, time))
    time.advance(86400)

    made(engine, time, "mail", one=new("run:2"))
    sent(engine, time, *due(engine, time))

    assert before == {}
    assert known(engine) == {"parked:1:x": first}
    with engine.begin() as connection:
        last = connection.execute(sa.text("SELECT last_told_at FROM told_problem")).scalar_one()
    assert last == time.at


def test_solved_problem_that_comes_back_is_news_again(engine: sa.Engine, time: StoreTime) -> None:
    made(engine, time, "mail")
    sent(engine, time, *due(engine, time))
    time.advance(86400)

    with engine.begin() as connection:
        stays = told_problems.solve(connection, SYNC_ID, ["parked:1:x"], at=time.at)
        solved = told_problems.solve(connection, SYNC_ID, [], at=time.at)
    gone = known(engine)
    made(engine, time, "mail", one=new("run:2"))
    sent(engine, time, *due(engine, time))

    assert (stays, solved, gone) == ([], ["parked:1:x"], {})
    assert known(engine) == {"parked:1:x": time.at}


def test_problems_of_a_message_on_its_way_are_being_told_until_it_ends(
    engine: sa.Engine, time: StoreTime
) -> None:
    made(engine, time, "mail")

    with engine.begin() as connection:
        on_its_way = messages.being_told(connection, SYNC_ID)
    sent(engine, time, *due(engine, time))

    assert on_its_way == {"parked:1:x"}
    with engine.begin() as connection:
        assert messages.being_told(connection, SYNC_ID) == frozenset()


@pytest.mark.parametrize("problems", [{}, {"b": "parked", "a": "unclear"}])
def test_message_without_problems_makes_nothing_known(
    engine: sa.Engine, time: StoreTime, problems: dict[str, str]
) -> None:
    made(engine, time, "mail", one=new(problems=problems))
    sent(engine, time, *due(engine, time))

    assert set(known(engine)) == set(problems)
