"""A process that holds a lease is told apart from all others, and known to be gone only when it is."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from finance_hooks.store import lease_holder
from finance_hooks.store.lease_holder import is_gone, own_name

NAMES_ITSELF = """
import sys
from finance_hooks.store.lease_holder import own_name
print(own_name(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", NAMES_ITSELF],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "plugins"},
    )
    with process:
        yield process
        process.kill()


def named(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_process_that_runs_is_not_gone(other: subprocess.Popen[str]) -> None:
    own = own_name()

    assert own is not None
    assert not is_gone(own)
    assert not is_gone(named(other))


def test_process_that_was_killed_is_gone_also_before_its_parent_asks_for_it(
    other: subprocess.Popen[str],
) -> None:
    holder = named(other)
    other.kill()
    os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)

    assert is_gone(holder)
    other.wait()
    assert is_gone(holder)


def test_process_that_is_stopped_is_not_gone(other: subprocess.Popen[str]) -> None:
    holder = named(other)
    other.send_signal(signal.SIGSTOP)

    assert not is_gone(holder)


def test_pid_that_was_given_to_another_process_does_not_keep_the_first_alive() -> None:
    place_and_id, _, started = str(own_name()).rpartition(" ")

    assert is_gone(f"{place_and_id} {int(started) - 1}")


def test_nothing_is_certain_of_a_process_on_another_machine_or_in_another_container() -> None:
    boot, namespace, pid, started = str(own_name()).split(" ")

    assert not is_gone(f"another-boot {namespace} {pid} {int(started) - 1}")
    assert not is_gone(f"{boot} 1 {pid} {int(started) - 1}")


def test_system_without_proc_names_no_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lease_holder, "BOOT", tmp_path / "none")

    assert own_name() is None
