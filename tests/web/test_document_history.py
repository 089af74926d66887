"""What happened is told in order, each sending beside its answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from finance_hooks.store.provenance import Happening
from finance_hooks.web.document_history import EVENTS, Moment, Words, attempts, moments, run_began
from finance_hooks.web.texts import texts

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def told(*happened: tuple[str, dict[str, Any]], run_id: str = "night") -> list[Moment]:
    history = [
        Happening(at=AT + timedelta(minutes=place), name=name, run_id=run_id, detail=detail)
        for place, (name, detail) in enumerate(happened)
    ]
    return moments(history, "en")


def words(name: str, **detail: Any) -> list[Words]:
    (moment,) = told((name, detail))
    return list(moment.words)


def test_every_event_that_is_known_has_its_words() -> None:
    assert set(EVENTS.values()) <= set(texts("nl"))


def test_run_or_person_is_named() -> None:
    (by_run,) = told(("booked", {}))
    (by_hand,) = told(("held", {"who": "Anja", "why": "vraag"}), run_id="by hand")

    assert (by_run.key, by_run.run_id, by_run.who) == ("event.booked", "night", None)
    assert (by_hand.key, by_hand.run_id, by_hand.who) == ("event.held", None, "Anja")
    assert by_hand.words == (Words(value="vraag"),)


def test_event_of_a_later_version_stands_for_itself() -> None:
    (moment,) = told(("something_new", {}))

    assert (moment.name, moment.key) == ("something_new", "")


def test_what_was_said_is_put_into_words() -> None:
    assert words("booked", id="guid", number="26700042", adopted=False) == [
        Words(key="document.entry_number", value="26700042"),
        Words(key="document.package_id", value="guid"),
    ]
    assert words("parked", reasons=["unit_unknown"], refused=False) == [
        Words(value="Unknown unit of measure")
    ]
    assert words("told_source", status="exported", message=None) == [Words(key="event.as_exported")]
    assert words("decided", decision="accept", why="goed zo", who="Bo") == [
        Words(value="goed zo"),
        Words(key="document.decided_accept"),
    ]
    assert words("told_apart", bookings=["VRK 1"]) == [Words(key="document.booking", value="VRK 1")]
    assert words("moved", **{"why": "", "from": "2026-10-31", "to": "2026-11-01"}) == [
        Words(key="event.moved_from", value="2026-10-31"),
        Words(key="event.moved_to", value="2026-11-01"),
    ]


def test_each_sending_has_its_answer_and_what_nobody_knows_has_none() -> None:
    happened = told(
        ("prepared", {}),
        ("pending", {"why": "the reason is gone"}),
        ("sending", {}),
        ("unknown", {"why": "no answer"}),
        ("pending", {"why": "absent from the books"}),
        ("sending", {}),
        ("parked", {"reasons": ["target_refused"]}),
        ("retried", {"who": "Bo", "why": "hersteld"}),
        ("sending", {}),
    )

    found = attempts(happened)

    assert [one.answer and one.answer.name for one in found] == ["unknown", "parked", None]
    assert [(one.sent.at - AT).seconds // 60 for one in found] == [2, 5, 8]


@pytest.mark.parametrize(
    ("run_id", "expected"),
    [
        ("scheduled__2026-11-29T03:00:00+00:00", datetime(2026, 11, 29, 3, tzinfo=UTC)),
        ("manual__2026-11-29T19:14:05.571112+00:00", datetime(2026, 11, 29, 19, 14, 5, 571112, UTC)),
        ("manual__2026-99-99", None),
        ("by me", None),
    ],
)
def test_name_of_a_run_tells_when_it_was(run_id: str, expected: datetime | None) -> None:
    assert run_began(run_id) == expected
