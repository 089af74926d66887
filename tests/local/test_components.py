import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from local import components
from local.components import Component, ComponentError, kill, own_program, running, start, stop, wait_until

SLEEPS = "import time; time.sleep(600)"
BEARS = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', '{}'], start_new_session={}); {}"
IGNORES_SIGTERM = (
    f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); {SLEEPS}"
)


def python(code: str) -> list[str]:
    """Return the command that runs a piece of Python."""
    return [own_program("x")[0], "-c", code]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for component in running(tmp_path):
        os.killpg(component.pid, signal.SIGKILL)


def begin(state: Path, code: str) -> Component:
    """Start a piece of Python as a component."""
    return start("sleeper", python(code), environment=os.environ, state=state)


def test_started_component_is_found_again_and_stopped(state: Path) -> None:
    component = begin(state, SLEEPS)
    found = running(state)

    stop([component], state=state)

    assert found == [component]
    assert running(state) == []


@pytest.mark.parametrize("own_session", [False, True])
def test_child_of_a_component_is_stopped_with_it(state: Path, own_session: bool) -> None:
    component = begin(state, BEARS.format(SLEEPS, own_session, SLEEPS))
    leader = psutil.Process(component.pid)
    wait_until(lambda: bool(leader.children()), components=[component], timeout_s=20, awaited="a child")
    child = leader.children()[0]

    stop([component], state=state)

    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("alone", [False, True])
def test_killed_component_takes_along_what_it_started_unless_it_is_killed_alone(
    state: Path, alone: bool
) -> None:
    component = begin(state, BEARS.format(SLEEPS, True, SLEEPS))
    leader = psutil.Process(component.pid)
    wait_until(lambda: bool(leader.children()), components=[component], timeout_s=20, awaited="a child")
    child = leader.children()[0]

    left = kill(component, alone=alone)
    leader.wait(20)

    assert not component.is_alive()
    assert left == ([child] if alone else [])
    assert (child.is_running() and child.status() != psutil.STATUS_ZOMBIE) is alone
    for orphan in left:
        orphan.kill()


def test_component_that_ignores_the_request_is_killed(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(components, "STOP_TIMEOUT_S", 0.5)
    component = begin(state, IGNORES_SIGTERM)
    wait_until(lambda: "deaf" in component.tail(), components=[component], timeout_s=20, awaited="deafness")

    stop([component], state=state)

    wait_until(lambda: not component.is_alive(), components=[], timeout_s=20, awaited="the end")


def test_other_program_with_the_same_number_is_not_ours(state: Path) -> None:
    component = begin(state, SLEEPS)

    older = replace(component, born_at_s=component.born_at_s - 3600)

    assert component.is_alive()
    assert not older.is_alive()


def test_dead_component_is_reported_with_the_end_of_its_log(state: Path) -> None:
    component = begin(state, "raise SystemExit('no such table: books')")

    with pytest.raises(ComponentError, match="no such table: books"):
        wait_until(lambda: False, components=[component], timeout_s=20, awaited="anything")


def test_waiting_ends_when_time_is_up(state: Path) -> None:
    component = begin(state, SLEEPS)
    started = time.monotonic()

    with pytest.raises(ComponentError, match="the impossible did not happen within 0 s"):
        wait_until(lambda: False, components=[component], timeout_s=0.2, awaited="the impossible")

    assert time.monotonic() - started >= 0.2
