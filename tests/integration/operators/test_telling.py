"""People are told of a run once, over a real mail server, and no booking ever depends on it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from airflow.sdk import BaseNotifier

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.outcome import Later, Outcome
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.operators.telling import tell
from finance_hooks.posting.tell import Teller, tell_of_run, tell_of_try
from tests.fixtures.mailbox import Mailbox
from tests.integration.posting.books import Books, lost_before_booking
from tests.integration.posting.night import Night

UNMAPPED = (Reason(code=ReasonCode.JOURNAL_UNMAPPED, document="F-1", field="type", value="sales_invoice"),)
DAY_S = 86400
CHANNEL = {"to": "boekhouding@example.org"}


class Told(BaseNotifier):
    """A notifier as a provider brings one: it knows nothing of this project."""

    template_fields = ("text",)
    heard: list[str] = []  # noqa: RUF012 - what was said to any of them

    def __init__(self, text: str, **settings: Any) -> None:
        super().__init__(**settings)
        self.text = text

    def notify(self, context: Any) -> None:
        del context
        self.heard.append(self.text)


class Unwilling(Told):
    """A notifier that fails."""

    def notify(self, context: Any) -> None:
        del context
        raise RuntimeError("refused: token=S3CRET")


@pytest.fixture
def night(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Night:
    listen(monkeypatch, CHANNEL)
    return Night(url=store_url)


def listen(monkeypatch: pytest.MonkeyPatch, *channels: dict[str, Any]) -> None:
    monkeypatch.setenv("AIRFLOW_VAR_FINANCE_ALERTS", json.dumps(channels))


def told_after_try(night: Night, run_id: str = "run") -> None:
    tell(night.work(run_id), {}, tell_of_try)


def told_at_end(night: Night, run_id: str = "run", *, is_backfill: bool = False) -> None:
    def telling(teller: Teller) -> bool:
        return tell_of_run(teller, is_backfill=is_backfill)

    tell(night.work(run_id), {}, telling)


def run(night: Night, run_id: str = "run", tries: int = 1) -> None:
    """Run a night from its load to its end, as its tasks do."""
    for _ in range(tries):
        try:
            night.load(run_id)
        except TemporaryFailure as failure:
            night.clock.advance(failure.retry_after_s)
        finally:
            told_after_try(night, run_id)
    night.reconcile_and_conclude(run_id)
    told_at_end(night, run_id)


def deliveries(night: Night) -> list[tuple[str, str, int]]:
    with night.engine.begin() as connection:
        rows = connection.execute(sa.text("SELECT channel, state, attempts FROM delivery ORDER BY 1, 2"))
        return [tuple(row) for row in rows]


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
    assert ("NIEUW" in new, "F-1" in known, "Opgelost sinds het vorige bericht: 1." in known) == (
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


def test_mail_server_that_is_down_changes_nothing_and_the_next_task_tells_once(
    night: Night, mailbox: Mailbox
) -> None:
    night.offer("F-1", reasons=UNMAPPED)
    mailbox.__exit__(None, None, None)

    run(night)
    failed = deliveries(night)
    with mailbox:
        told_at_end(night)
        told_at_end(night)

    assert [(channel, state) for channel, state, _ in failed] == [("boekhouding@example.org", "failed")]
    assert mailbox.subjects() == ["[Finance] books_nl: actie nodig (Geparkeerd 1)"]
    assert deliveries(night)[0][1] == "sent"


def test_mail_server_that_refuses_leaves_the_problem_new_for_the_next_night(
    night: Night, mailbox: Mailbox
) -> None:
    night.offer("F-1", reasons=UNMAPPED)
    mailbox.refuses = True
    run(night)
    night.clock.advance(DAY_S)
    mailbox.refuses = False

    run(night, "next")

    assert mailbox.subjects() == ["[Finance] books_nl: actie nodig (Geparkeerd 1)"] * 2
    assert "gemeld sinds" not in mailbox.newest()


def test_any_notifier_is_told_in_its_own_arguments_and_one_that_fails_keeps_nobody_from_hearing(
    night: Night, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    Told.heard.clear()
    chat = {"arguments": {"text": "{{ finance.subject }}\n{{ finance.text }}"}, "language": "en"}
    listen(
        monkeypatch,
        chat | {"name": "a", "notifier": f"{__name__}.Unwilling"},
        chat | {"name": "b", "notifier": f"{__name__}.Told"},
        CHANNEL,
    )
    night.offer("F-1", reasons=UNMAPPED)

    run(night)

    assert Told.heard[0].startswith("[Finance] books_nl: action needed (Parked 1)\nAdministration: 100")
    assert len(mailbox.mails) == 1
    assert [state for _, state, _ in deliveries(night)] == ["failed", "sent", "sent"]
    with night.engine.begin() as connection:
        why = connection.execute(sa.text("SELECT why FROM delivery WHERE state = 'failed'")).scalar_one()
    assert why == "RuntimeError: refused: token=***"


@pytest.mark.parametrize("settings", ["{", '[{"to": "a@example.org", "silent": ["news"]}]'])
def test_wrong_settings_tell_nobody_and_raise_nothing(
    night: Night, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, settings: str
) -> None:
    monkeypatch.setenv("AIRFLOW_VAR_FINANCE_ALERTS", settings)
    night.offer("F-1", reasons=UNMAPPED)

    run(night)

    assert mailbox.mails == []


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


@pytest.mark.parametrize("telling", [told_after_try, told_at_end])
def test_store_that_does_not_answer_raises_nothing(
    night: Night, mailbox: Mailbox, telling: Callable[[Night], None]
) -> None:
    night.url = night.url.replace("finance_test_store", "finance_test_no_store")

    telling(night)

    assert mailbox.mails == []
