import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaos.supervisor import Supervisor
from local.components import Component, ComponentError, own_program, running, start, stop

SLEEPS = "import time; time.sleep(600)"


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    yield Supervisor(state=tmp_path)
    stop(running(tmp_path), state=tmp_path)


def begin(supervisor: Supervisor) -> Component:
    """Start a program that sleeps."""
    command = [own_program("x")[0], "-c", SLEEPS]
    return start("sleeper", command, environment=os.environ, state=supervisor.state)


def restarted_at(supervisor: Supervisor, again_at_s: float) -> list[float]:
    """Kill the program, and return the list to which its restart is added."""
    seen: list[float] = []
    assert supervisor.strike("sleeper", again_at_s=again_at_s, alone=False, started=seen.append)
    return seen


def test_killed_program_is_started_again_when_it_is_due(supervisor: Supervisor) -> None:
    supervisor.watch(begin(supervisor), lambda: begin(supervisor))
    first = supervisor.programs["sleeper"].component
    seen = restarted_at(supervisor, 10.0)

    supervisor.tend(9.0)
    still_dead = not supervisor.programs["sleeper"].component.is_alive()
    supervisor.tend(10.0)

    again = supervisor.programs["sleeper"].component
    assert still_dead
    assert again.is_alive()
    assert again.pid != first.pid
    assert seen == [10.0]
    assert not supervisor.fell


def test_dead_program_is_not_killed_again(supervisor: Supervisor) -> None:
    supervisor.watch(begin(supervisor), lambda: begin(supervisor))
    restarted_at(supervisor, 10.0)

    assert not supervisor.strike("sleeper", again_at_s=5.0, alone=False, started=lambda _at_s: None)


def test_program_that_dies_by_itself_is_counted_and_started_again(supervisor: Supervisor) -> None:
    supervisor.watch(begin(supervisor), lambda: begin(supervisor))
    stop([supervisor.programs["sleeper"].component], state=supervisor.state)

    supervisor.tend(10.0)
    supervisor.tend(11.0)

    assert supervisor.programs["sleeper"].component.is_alive()
    assert supervisor.fell == {"sleeper": 1}


def test_program_that_cannot_be_started_is_tried_again_until_it_can(supervisor: Supervisor) -> None:
    tries: list[float] = []

    def start_at_the_second_try() -> Component:
        tries.append(1)
        if len(tries) == 1:
            raise ComponentError("the memory of the one before is still in use")
        return begin(supervisor)

    supervisor.watch(begin(supervisor), start_at_the_second_try)
    seen = restarted_at(supervisor, 10.0)

    supervisor.tend(10.0)
    supervisor.tend(11.0)

    assert supervisor.programs["sleeper"].component.is_alive()
    assert seen == [11.0]
