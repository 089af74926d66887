"""People are told of a run once, over a real mail server."""

from typing import Any

import pytest

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.outcome import Later, Outcome
from finance_hooks.model.park_reason import Reason, ReasonCode
from tests.fixtures.mailbox import Mailbox
from tests.integration.operators.told_nights import (
    CHANNEL,
    DAY_S,
    UNMAPPED,
    listen,
    run,
    told_after_try,
    told_at_end,
)
from tests.integration.posting.books import Books, lost_before_booking
from tests.integration.posting.night import Night


@pytest.fixture
def night(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Night:
    listen(monkeypatch, CHANNEL)
    return Night(url=store_url)


def later(books: Books, entry: Any) -> Outcome:
    return Later(
        reference=entry.reference, until=books.clock.now().replace(hour=23), why="the day is used up"
    )


def test_night_without_problems_is_told_at_its_end_with_its_figures(night: Night, mailbox: Mailbox) -> None:
    night.offer("F-1")
    night.offer("F-2")

    run(night)

    assert mailbox.subjects() == ["[Finance] books_nl: alles geboekt (Geboekt 2)"]
    assert str(mailbox.mails[0]["To"]) == "boekhouding@example.org"
    assert "Geboekt: 2" in mailbox.newest()
    assert "Verschil met de boeken: 0,00" in mailbox.newest()
    assert "https://airflow.example/finance/links/books_nl" in mailbox.newest()


def test_first_parked_document_is_told_right_after_the_try_and_the_end_of_the_run_says_no_more(
    night: Night, mailbox: Mailbox
) -> None:
    night.offer("F-1", reasons=UNMAPPED)
    night.offer("F-2")

    night.load()
    told_after_try(night)
    at_once = list(mailbox.subjects())
    run(night)

    assert at_once == ["[Finance] books_nl: actie nodig (Geparkeerd 1)"]
    assert mailbox.subjects() == at_once
    assert "Geboekt: 1" in mailbox.newest()
    assert "F-1, type = sales_invoice: " in mailbox.newest()
    assert "https://airflow.example/finance/documents?sync_id=books_nl&amp;state=parked" in mailbox.newest()
    assert "https://airflow.example/finance/runbook#parked" in mailbox.newest()


def test_first_unclear_document_is_told_before_the_next_try(night: Night, mailbox: Mailbox) -> None:
    night.offer("F-1")
    night.books.answering = [lost_before_booking]

    with pytest.raises(TemporaryFailure):
        night.load()
    told_after_try(night)

    assert mailbox.subjects() == ["[Finance] books_nl: actie nodig (Onduidelijk 1)"]


def test_task_that_runs_again_tells_nothing_again(night: Night, mailbox: Mailbox) -> None:
    night.offer("F-1", reasons=UNMAPPED)
    run(night)

    run(night, tries=2)

    assert len(mailbox.mails) == 1


def test_known_problem_is_reminded_of_with_its_day_and_is_not_told_during_the_run(
    night: Night, mailbox: Mailbox
) -> None:
    night.offer("F-1", reasons=UNMAPPED)
    run(night)
    night.clock.advance(DAY_S)

    night.load("next")
    told_after_try(night, "next")
    during = len(mailbox.mails)
    run(night, "next")

    assert during == 1
    assert mailbox.subjects()[1:] == ["[Finance] books_nl: nog open (Geparkeerd 1)"]
    assert "F-1 (gemeld sinds 06-11-2026)" in mailbox.newest()
    assert "AL BEKEND" in mailbox.newest()


def test_new_problem_beside_a_known_one_is_told_apart_and_what_was_solved_is_counted(
    night: Night, mailbox: Mailbox
) -> None:
    night.offer("F-1", reasons=UNMAPPED)
    night.offer("F-2", reasons=UNMAPPED)
    run(night)
    night.clock.advance(DAY_S)
    night.offer("F-2", run_id="next")
    night.offer("F-3", run_id="next", reasons=UNMAPPED)

    run(night, "next")

    new, _, known = mailbox.newest().partition("AL BEKEND")
    assert mailbox.subjects()[1:] == ["[Finance] books_nl: actie nodig (Geparkeerd 1)"]
    assert ("NIEUW" in new, "F-1" in known, "Opgelost sinds het vorige bericht: 1." in new) == (
        True,
        True,
        True,
    )


def test_channel_that_wants_no_reminders_gets_none(
    night: Night, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen(monkeypatch, CHANNEL | {"silent": ["reminder", "all_well"], "language": "en"})
    night.offer("F-1", reasons=UNMAPPED)
    run(night)
    night.clock.advance(DAY_S)

    run(night, "next")

    assert mailbox.subjects() == ["[Finance] books_nl: action needed (Parked 1)"]


def test_channel_of_another_administration_hears_nothing(
    night: Night, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    listen(monkeypatch, CHANNEL | {"administrations": ["exact_nl"]})

    run(night)

    assert mailbox.mails == []


def test_limit_is_told_at_the_end_with_when_it_goes_on(night: Night, mailbox: Mailbox) -> None:
    night.offer("F-1")
    night.offer("F-2")
    night.books.answering = [later]

    run(night)

    assert mailbox.subjects() == ["[Finance] books_nl: actie nodig (Limiet bereikt 1)"]
    assert "2 documenten wachten tot 07-11-2026 00:00" in mailbox.newest()
    assert "the day is used up" in mailbox.newest()


def test_backfill_tells_news_only(night: Night, mailbox: Mailbox) -> None:
    night.offer("F-1", reasons=UNMAPPED)
    for run_id in ("first", "second"):
        night.reconcile_and_conclude(run_id)
        told_at_end(night, run_id, is_backfill=True)

    assert mailbox.subjects() == ["[Finance] books_nl: actie nodig (Geparkeerd 1)"]


def test_reason_that_goes_is_no_news_and_one_that_comes_is(night: Night, mailbox: Mailbox) -> None:
    more = Reason(code=ReasonCode.PARTY_UNMAPPED, document="F-1")
    nights = {"first": (*UNMAPPED, more), "second": UNMAPPED, "third": (*UNMAPPED, more)}
    for run_id, reasons in nights.items():
        night.offer("F-1", run_id=run_id, reasons=reasons)
        run(night, run_id)
        night.clock.advance(DAY_S)

    news, reminder = (f"[Finance] books_nl: {said} (Geparkeerd 1)" for said in ("actie nodig", "nog open"))
    assert mailbox.subjects() == [news, reminder, news]
    assert "Opgelost" not in mailbox.newest()
