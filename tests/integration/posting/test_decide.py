"""What is decided about many documents at once is decided about each, and about no other."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.posting import decide
from finance_hooks.posting.decide import HOLD, RELEASE, RETRY, Wish, decide_all, decide_one
from finance_hooks.store.engine import store_engine
from finance_hooks.store.events import event
from finance_hooks.store.postings import posting
from tests.store.counting import counted
from tests.store.written_documents import SCOPE, Shelf

UNIT = ReasonCode.UNIT_UNKNOWN


@pytest.fixture
def engine(store_url: str) -> Iterator[sa.Engine]:
    engine = store_engine(store_url)
    yield engine
    engine.dispose()


def write(engine: sa.Engine, count: int, reason: str = "unit_unknown", **changed: Any) -> list[str]:
    with engine.begin() as connection:
        there = connection.execute(sa.select(sa.func.count(posting.c.posting_id))).scalar_one()
        shelf = Shelf(connection=connection, written=10 * there)
        return [shelf.add(f"{there + number}", "parked", reason=reason, **changed) for number in range(count)]


def wish(act: decide.Act, why: str = "overleg") -> Wish:
    return Wish(act=act, who="Anja", why=why)


def postings(engine: sa.Engine) -> list[sa.Row[Any]]:
    with engine.connect() as connection:
        return list(connection.execute(sa.select(posting).order_by(posting.c.posting_id)))


def told(engine: sa.Engine) -> Counter[tuple[str, str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(sa.select(event.c.name, event.c.detail)).all()
    return Counter((row.name, row.detail["who"], row.detail["why"]) for row in rows)


def test_every_document_of_the_reason_is_held_with_the_reason_kept_and_no_other(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decide, "BATCH", 7)
    write(engine, 20)
    write(engine, 2, "vat_disagrees")
    write(engine, 2, sync_id="afas_nl", books="afas:1")

    counted = decide_all(engine, SCOPE.sync_id, UNIT, wish(HOLD))

    assert counted == Counter({True: 20})
    held = [row for row in postings(engine) if row.held_at is not None]
    assert len(held) == 20
    for row in held:
        assert (row.sync_id, row.held_by, row.held_why) == ("exact_nl", "Anja", "overleg")
        assert [reason["code"] for reason in row.reasons] == ["unit_unknown", "on_hold"]
        assert row.reasons[1]["detail"] == "overleg"
    assert len({row.reasons[1]["document"] for row in held}) == 20
    assert told(engine) == Counter({("held", "Anja", "overleg"): 20})


def test_held_again_has_the_last_reason_only(engine: sa.Engine) -> None:
    write(engine, 2)
    decide_all(engine, SCOPE.sync_id, UNIT, wish(HOLD, "eerst"))
    decide_all(engine, SCOPE.sync_id, UNIT, wish(HOLD, "later"))

    assert [[one["detail"] for one in row.reasons[1:]] for row in postings(engine)] == [["later"]] * 2


def test_release_lets_those_go_that_are_held_and_counts_the_others(engine: sa.Engine) -> None:
    (first, _, _) = write(engine, 3)
    decide_one(engine, first, wish(HOLD), sync_id=SCOPE.sync_id)

    counted = decide_all(engine, SCOPE.sync_id, UNIT, wish(RELEASE))

    assert counted == Counter({True: 1, False: 2})
    assert [row.held_at for row in postings(engine)] == [None] * 3


def test_retry_forgets_the_refusal_of_those_that_were_refused(engine: sa.Engine) -> None:
    write(engine, 1)
    write(engine, 2, refused_on=sa.func.current_date(), refused_digest="e")

    counted = decide_all(engine, SCOPE.sync_id, UNIT, wish(RETRY))

    assert counted == Counter({True: 2, False: 1})
    assert [(row.refused_on, row.refused_digest) for row in postings(engine)] == [(None, None)] * 3


def test_batch_of_sixty_takes_as_many_statements_as_one_of_one(engine: sa.Engine) -> None:
    def statements(act: decide.Act) -> int:
        with counted(engine) as made:
            decide_all(engine, SCOPE.sync_id, UNIT, wish(act))
        return len([text for text, _ in made.statements if not text.startswith("INSERT INTO event")])

    write(engine, 1)
    for_one = [statements(HOLD), statements(RELEASE)]
    write(engine, 59)

    assert [statements(HOLD), statements(RELEASE)] == for_one


def test_one_document_is_decided_about_by_its_reference_in_its_administration(engine: sa.Engine) -> None:
    first, second = write(engine, 2)

    assert decide_one(engine, first, wish(HOLD), sync_id="afas_nl") is None
    decided = decide_one(engine, second, wish(HOLD), sync_id=SCOPE.sync_id)
    refused = decide_one(engine, first, wish(RELEASE), sync_id=SCOPE.sync_id)

    assert decided is not None
    assert refused is not None
    assert (decided.done, refused.done, refused.found.state) == (True, False, "parked")
    assert [row.held_at is not None for row in postings(engine)] == [False, True]


def test_pending_document_that_is_held_is_parked_for_it(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        reference = Shelf(connection=connection).add("waits", "pending")

    decided = decide_one(engine, reference, wish(HOLD), sync_id=SCOPE.sync_id)

    assert decided is not None
    assert decided.done
    (row,) = postings(engine)
    assert (row.state, [reason["code"] for reason in row.reasons]) == ("parked", ["on_hold"])
    with engine.connect() as connection:
        names = connection.execute(sa.select(event.c.name).order_by(event.c.event_id)).scalars().all()
    assert names == ["parked", "held"]
