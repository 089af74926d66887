"""No booking depends on whether somebody can be told, and what could not be sent is sent later, once."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from airflow.sdk import BaseNotifier

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
from tests.integration.posting.night import Night


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


def deliveries(night: Night) -> list[tuple[str, str, int]]:
    with night.engine.begin() as connection:
        rows = connection.execute(sa.text("SELECT channel, state, attempts FROM delivery ORDER BY 1, 2"))
        return [tuple(row) for row in rows]


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


@pytest.mark.parametrize("telling", [told_after_try, told_at_end])
def test_store_that_does_not_answer_raises_nothing(
    night: Night, mailbox: Mailbox, telling: Callable[[Night], None]
) -> None:
    night.url = night.url.replace("finance_test_store", "finance_test_no_store")

    telling(night)

    assert mailbox.mails == []
