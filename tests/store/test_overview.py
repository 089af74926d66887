"""How administrations stand, for a page that shows all of them: newest run, what is open, consents, stops."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from cryptography.fernet import Fernet

from finance_hooks.store import overview
from finance_hooks.store.decisions import Decision
from finance_hooks.store.runs import start_run, write_run
from finance_hooks.store.sending_stops import EVERY, stop
from finance_hooks.store.token_table import token
from tests.store.many_postings import BEGAN, book_many

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
STATES = (
    "UPDATE posting SET state = 'parked', reasons = '[{\"code\": \"on_hold\"}]'"
    " WHERE sync_id = 'one' AND document_id % 5 = 0"
)
GONE = "UPDATE posting SET gone_at = now() WHERE sync_id = 'one' AND document_id % 10 = 0"


def test_newest_run_is_the_last_one_whether_it_was_concluded_or_not(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for name, age in (("old", 2), ("new", 1)):
            start_run(connection, "one", name, at=NOW - timedelta(days=age))
        write_run(connection, "one", "old", report={"booked": 3}, concluded_at=NOW)
        start_run(connection, "other", "old", at=NOW)

        found = overview.last_runs(connection, ["one", "never ran"])

    assert set(found) == {"one"}
    assert (found["one"].run_id, found["one"].concluded_at, found["one"].report) == ("new", None, {})


def test_what_is_not_booked_is_counted_but_for_what_is_gone(engine: sa.Engine) -> None:
    book_many(engine, 20, "one", "other")
    with engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for statement in (STATES, GONE):
            connection.execute(sa.text(statement))

        found = overview.unbooked(connection, ["one", "other"])

    assert set(found) == {"one"}
    assert found["one"].by_state == {"parked": 2}
    assert found["one"].parked_since == BEGAN


def test_consent_says_when_it_was_renewed_and_why_it_is_gone(engine: sa.Engine) -> None:
    sealed = Fernet(Fernet.generate_key()).encrypt(b"a token").decode()
    given = {
        "refresh_token": sealed,
        "refresh_digest": "a digest",
        "access_token": sealed,
        "obtained_at": NOW,
        "access_expires_at": NOW,
        "attempts": 0,
    }
    with engine.begin() as connection:
        gone = given | {"needs_consent_since": NOW, "needs_consent_why": "the user withdrew it"}
        connection.execute(sa.insert(token), [given | {"grant_key": "fine"}])
        connection.execute(sa.insert(token), [gone | {"grant_key": "gone"}])

        found = overview.consents(connection, ["fine", "gone", "never given"])

    assert set(found) == {"fine", "gone"}
    assert (found["fine"].obtained_at, found["fine"].needs_consent_why) == (NOW, None)
    assert found["gone"].needs_consent_why == "the user withdrew it"


def test_stops_say_why_for_one_and_for_all(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        stop(connection, "one", Decision(who="Anja", why="audit", at=NOW))
        stop(connection, EVERY, Decision(who="Bo", why="moving", at=NOW))

        assert overview.stops(connection) == {"one": "audit", EVERY: "moving"}
