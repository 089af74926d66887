"""A script is written down whole, and chance makes the same one of the same seed."""

from pathlib import Path

import pytest

from adversary.answers import SHORT
from adversary.chance import make_script
from adversary.script import read_script, write_script
from adversary.simulate import SYNC_IDS
from adversary.tasks import TASKS


@pytest.mark.parametrize("sync_id", SYNC_IDS)
def test_script_that_was_written_is_read_as_it_was(sync_id: str, tmp_path: Path) -> None:
    script = make_script(3, sync_id)
    path = tmp_path / "script.json"
    path.write_text(write_script(script), encoding="utf-8")

    assert read_script(path) == script


def test_same_seed_makes_the_same_script_and_another_seed_another() -> None:
    assert make_script(3, "exact_nl") == make_script(3, "exact_nl")
    assert make_script(3, "exact_nl") != make_script(4, "exact_nl")


def test_events_of_scripts_meet_nights_and_tasks_that_there_are() -> None:
    events = [event for seed in range(50) for event in make_script(seed, "afas_nl", nights=3).events]

    assert {event.task for event in events} <= {"", *TASKS}
    assert {event.night for event in events} == {1, 2, 3}
    assert {event.kind for event in events} == {
        "call", "kill", "freeze", "twice", "again", "store_gone", "lost_commit", "backup", "restore",
        "delete", "edit", "copy", "move", "cancel", "mapping", "skew", "close", "block", "relation", "astray",
        "backfill",
    }  # fmt: skip


def test_scripts_close_months_under_either_policy_and_restore_tokens_now_and_then() -> None:
    scripts = [make_script(seed, "exact_nl", nights=3) for seed in range(60)]

    assert {script.policies["closed"] for script in scripts} == {"park", "next_open"}
    restored = [event for script in scripts for event in script.events if event.kind == "restore"]
    assert {event.value("tokens", otherwise="") for event in restored} == {True, False}


def test_only_answers_about_many_entries_lack_some() -> None:
    lacking = {
        script.sync_id
        for seed in range(30)
        for script in (make_script(seed, sync_id) for sync_id in SYNC_IDS)
        if any(event.value("effect", "") in SHORT for event in script.events)
    }

    assert lacking == {"twinfield_nl"}
