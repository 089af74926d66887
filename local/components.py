"""Long-running programs, each in a session of its own so that its whole group can be stopped."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from local.paths import PROJECT

STOP_TIMEOUT_S: Final = 20.0
POLL_S: Final = 0.1
BIRTH_TOLERANCE_S: Final = 5.0
TAIL_LINES: Final = 30


class ComponentError(Exception):
    """A component died, did not become healthy in time, or stands in the way of this command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One started program: the leader of its process group, the second it was born in, and its log."""

    name: str
    pid: int
    born_at_s: float
    log: Path

    def is_alive(self) -> bool:
        """Say whether this very program still runs, and not another that was given its number since."""
        try:
            leader = psutil.Process(self.pid)
            return (
                leader.status() != psutil.STATUS_ZOMBIE
                and abs(leader.create_time() - self.born_at_s) < BIRTH_TOLERANCE_S
            )
        except psutil.NoSuchProcess:
            return False

    def tail(self) -> str:
        """Return the last lines of the program's log."""
        lines = (
            self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []
        )
        return "\n".join(lines[-TAIL_LINES:])


def start(
    name: str,
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    state: Path,
    user: str | None = None,
) -> Component:
    """Start a program in its own session; keep its pid, and in a log all it says, in the state folder.

    With `user`, root hands the program to that user, who may not be able to enter the project's folder.
    """
    log = state / "logs" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as said:
        leader = psutil.Popen(
            list(command),
            cwd="/" if user else PROJECT,
            user=user,
            extra_groups=[] if user else None,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    component = Component(name=name, pid=leader.pid, born_at_s=leader.create_time(), log=log)
    path = _pid_file(state, name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"pid": component.pid, "born_at_s": component.born_at_s}), encoding="utf-8")
    return component


def running(state: Path) -> list[Component]:
    """List the components kept in the state folder that still run, in name order."""
    kept = [
        Component(
            name=path.stem,
            log=state / "logs" / f"{path.stem}.log",
            **json.loads(path.read_text(encoding="utf-8")),
        )
        for path in sorted((state / "pids").glob("*.json"))
    ]
    return [component for component in kept if component.is_alive()]


def wait_until(
    ready: Callable[[], bool], *, components: Sequence[Component], timeout_s: float, awaited: str
) -> None:
    """Wait until something holds; fail with the logs' ends as soon as a component dies or time is up."""
    deadline = time.monotonic() + timeout_s
    while not ready():
        for component in components:
            if not component.is_alive():
                raise ComponentError(
                    f"{component.name} stopped unexpectedly; its log ends:\n{component.tail()}"
                )
        if time.monotonic() > deadline:
            ends = "\n".join(f"--- {component.log}\n{component.tail()}" for component in components)
            raise ComponentError(f"{awaited} did not happen within {timeout_s:.0f} s\n{ends}")
        time.sleep(POLL_S)


def stop(components: Sequence[Component], *, state: Path) -> None:
    """Stop the groups of all components together: ask first, kill what is left after the time-out."""
    groups = [component for component in components if _group_is_alive(component)]
    _signal_groups(groups, signal.SIGTERM)
    deadline = time.monotonic() + STOP_TIMEOUT_S
    while any(_group_is_alive(component) for component in groups) and time.monotonic() < deadline:
        time.sleep(POLL_S)
    _signal_groups([component for component in groups if _group_is_alive(component)], signal.SIGKILL)
    for component in components:
        _pid_file(state, component.name).unlink(missing_ok=True)


def own_program(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module with this very interpreter."""
    return [sys.executable, "-m", module, *arguments]


def _pid_file(state: Path, name: str) -> Path:
    return state / "pids" / f"{name}.json"


def _group_is_alive(component: Component) -> bool:
    # A member may outlive the leader.
    return any(_belongs(member, component.pid) for member in psutil.process_iter())


def _belongs(member: psutil.Process, group: int) -> bool:
    try:
        return os.getpgid(member.pid) == group and member.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, PermissionError, psutil.Error):
        return False


def _signal_groups(components: Sequence[Component], number: signal.Signals) -> None:
    for component in components:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(component.pid, number)
