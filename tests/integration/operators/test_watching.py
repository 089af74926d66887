"""Beside all runs somebody looks whether the night is done, and whether everybody was told of everything."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.operators.watching import WatchAdministrationOperator, late, watch
from finance_hooks.store.runs import start_run, write_run
from tests.fixtures.mailbox import Mailbox
from tests.integration.operators.conftest import SYNC_ID
from tests.integration.posting.night import Night

UNMAPPED = (Reason(code=ReasonCode.JOURNAL_UNMAPPED, document="F-1"),)
FOUR = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)
SIX = datetime(2026, 11, 6, 5, 0, tzinfo=UTC)
"""Where the books are kept it is an hour later."""

NIGHTLY, OF_A_DAY = (
    {"moves_watermark": True},
    {
        "moves_watermark": False,
        "dated_from": "2026-11-01",
        "dated_until": "2026-11-01",
    },
)


@pytest.fixture
def night(exact_night: Night) -> Night:
    return exact_night


def watched(night: Night, at: datetime, sync_id: str = SYNC_ID) -> None:
    night.clock.instant = at
    watch(sync_id, {}, lambda _connection: night.clock.now())


def begun(night: Night, run_id: str = "night", selection: Any = NIGHTLY, at: datetime = FOUR) -> None:
    with night.engine.begin() as connection:
        start_run(connection, SYNC_ID, run_id, at=at)
        write_run(connection, SYNC_ID, run_id, selection=selection)


def done(night: Night, run_id: str = "night", selection: Any = NIGHTLY, at: datetime = FOUR) -> None:
    night.clock.instant = at
    begun(night, run_id, selection, at)
    night.reconcile_and_conclude(run_id)


def test_before_the_deadline_nothing_is_told(night: Night, mailbox: Mailbox) -> None:
    watched(night, SIX - timedelta(seconds=1))

    assert mailbox.mails == []


def test_night_that_never_began_is_told_once_a_day_and_with_its_day_from_then_on(
    night: Night, mailbox: Mailbox
) -> None:
    for hours in (0, 1, 24, 25):
        watched(night, SIX + timedelta(hours=hours))

    assert mailbox.subjects() == ["[Finance] exact_nl: niet klaar om 06:00 (Nacht gemist 1)"] * 2
    assert "gemeld sinds 06-11-2026" in mailbox.newest()
    assert "/finance/runbook#night-missed" in mailbox.newest()


def test_run_of_given_dates_is_no_night(night: Night, mailbox: Mailbox) -> None:
    done(night, "a day", OF_A_DAY)

    watched(night, SIX)

    assert mailbox.subjects() == ["[Finance] exact_nl: niet klaar om 06:00 (Nacht gemist 1)"]


@pytest.mark.parametrize("selection", [NIGHTLY, None])
def test_night_that_is_not_done_is_told_with_where_its_documents_stand(
    night: Night, mailbox: Mailbox, selection: Any
) -> None:
    begun(night, selection=selection)
    night.offer("F-1", run_id="night")

    watched(night, SIX)

    assert mailbox.subjects() == ["[Finance] exact_nl: niet klaar om 06:00 (Niet op tijd klaar 1)"]
    assert "Wacht op een volgende run: 1" in mailbox.newest()


def test_night_that_is_done_and_has_told_everything_is_not_told_of(night: Night, mailbox: Mailbox) -> None:
    done(night)

    watched(night, SIX)

    assert mailbox.mails == []


def test_deadline_is_another_one_where_it_is_set_so(
    night: Night, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINANCE_DONE_BY", "07:30")

    watched(night, SIX)
    before = len(mailbox.mails)
    watched(night, SIX + timedelta(minutes=90))

    assert (before, mailbox.subjects()) == (
        0,
        ["[Finance] exact_nl: niet klaar om 07:30 (Nacht gemist 1)"],
    )


def test_what_no_run_has_told_is_told_once_and_not_while_a_run_is_under_way(
    night: Night, mailbox: Mailbox
) -> None:
    done(night)
    night.offer("F-1", reasons=UNMAPPED)
    begun(night, "by day", at=SIX)

    watched(night, SIX + timedelta(minutes=5))
    during = len(mailbox.mails)
    done(night, "by day", at=SIX)
    for hours in (1, 2):
        watched(night, SIX + timedelta(hours=hours))

    assert during == 0
    assert mailbox.subjects() == ["[Finance] exact_nl: actie nodig (Geparkeerd 1)"]
    assert "Stand van dit moment." in mailbox.newest()


def test_problem_whose_message_is_on_its_way_is_not_told_by_a_second_one(
    night: Night, mailbox: Mailbox
) -> None:
    done(night)
    night.offer("F-1", reasons=UNMAPPED)
    mailbox.refuses = True
    watched(night, SIX)
    mailbox.refuses = False

    for hours in (1, 2):
        watched(night, SIX + timedelta(hours=hours))

    assert len(mailbox.mails) == 1


def test_missed_night_that_was_made_up_for_is_no_problem_any_more(night: Night, mailbox: Mailbox) -> None:
    watched(night, SIX)
    done(night, "by hand", at=SIX + timedelta(hours=1))
    night.offer("F-1", reasons=UNMAPPED)

    watched(night, SIX + timedelta(hours=2))

    assert mailbox.subjects()[1:] == ["[Finance] exact_nl: actie nodig (Geparkeerd 1)"]
    assert "Opgelost sinds het vorige bericht: 1." in mailbox.newest()


def test_row_that_cannot_be_read_is_told_with_what_is_wrong(
    night: Night, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = (MAPPINGS / "administrations.csv").read_text(encoding="utf-8")
    spoilt = rows.replace("2024-01-01", "soon", 1)
    (tmp_path / "administrations.csv").write_text(spoilt, encoding="utf-8")
    for files in MAPPINGS.iterdir():
        if files.is_dir():
            (tmp_path / files.name).symlink_to(files)
    monkeypatch.setenv("FINANCE_MAPPINGS", str(tmp_path))

    watched(night, SIX)

    assert "(Regel van administrations.csv is fout 1)" in mailbox.subjects()[0]
    assert "starts_on &#x27;soon&#x27; is no date" in mailbox.newest()


def test_consent_that_was_never_given_is_told(night: Night, mailbox: Mailbox, without_consent: None) -> None:
    del without_consent
    done(night)

    watched(night, SIX)

    assert mailbox.subjects() == ["[Finance] exact_nl: actie nodig (Toestemming weg 1)"]
    assert "client-secret" not in mailbox.newest()


def test_task_is_red_while_a_message_cannot_be_sent_and_green_when_it_went_out(
    night: Night, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINANCE_DONE_BY", "00:00")
    task = WatchAdministrationOperator(task_id=SYNC_ID, sync_id=SYNC_ID)
    mailbox.refuses = True

    with pytest.raises(TemporaryFailure, match=r"boekhouding@example.org: .*451.* \(tried 1 times\)"):
        task.execute({})
    mailbox.refuses = False
    task.execute({})

    assert len(mailbox.mails) == 1
    with night.engine.begin() as connection:
        assert connection.execute(sa.text("SELECT attempts FROM delivery")).scalar_one() == 2


def test_task_says_what_is_wrong_with_the_settings(
    night: Night, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_VAR_FINANCE_ALERTS", "[{}]")

    with pytest.raises(ConfigurationError, match="finance_alerts, channel 1"):
        WatchAdministrationOperator(task_id=SYNC_ID, sync_id=SYNC_ID).execute({})

    assert (mailbox.mails, night.books.posts) == ([], [])


@pytest.mark.parametrize(("run_type", "mails"), [("scheduled", 1), ("manual", 0), ("backfill", 0)])
def test_airflow_s_own_deadline_tells_of_scheduled_runs_and_the_watch_says_nothing_more(
    night: Night, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, run_type: str, mails: int
) -> None:
    monkeypatch.setenv("FINANCE_DONE_BY", "00:00")
    context = {"dag_run": {"run_type": run_type}}

    asyncio.run(late(SYNC_ID, context))
    asyncio.run(late(SYNC_ID, context))
    told = len(mailbox.mails)
    WatchAdministrationOperator(task_id=SYNC_ID, sync_id=SYNC_ID).execute({})

    assert told == mails
    assert len(mailbox.mails) == 1
    assert night.books.posts == []
