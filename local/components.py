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
    """Stop the components with all they started: ask first, kill what is left after the time-out."""
    members = [member for component in components for member in _members(component)]
    _signal(members, signal.SIGTERM)
    deadline = time.monotonic() + STOP_TIMEOUT_S
    while any(map(_is_alive, members)) and time.monotonic() < deadline:
        time.sleep(POLL_S)
    late = [member for component in components for member in _members(component)]
    _signal([*members, *late], signal.SIGKILL)
    for component in components:
        _pid_file(state, component.name).unlink(missing_ok=True)


def kill(component: Component, *, alone: bool = False) -> list[psutil.Process]:
    """Kill a program with all it started, or alone; return what it leaves behind that still runs."""
    members = _members(component)
    doomed = [member for member in members if member.pid == component.pid] if alone else members
    _signal(doomed, signal.SIGKILL)
    psutil.wait_procs(doomed, timeout=STOP_TIMEOUT_S)
    return [member for member in members if member not in doomed]


def own_program(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module with this very interpreter."""
    return [sys.executable, "-m", module, *arguments]


def _pid_file(state: Path, name: str) -> Path:
    return state / "pids" / f"{name}.json"


def _members(component: Component) -> list[psutil.Process]:
    """Return what is left of a component: its group, and its descendants that began groups of their own."""
    group = [member for member in psutil.process_iter() if _belongs(member, component.pid)]
    # Airflow runs each task in a session of its own.
    descendants = [each for member in group for each in _children(member)]
    return list({member.pid: member for member in (*group, *descendants)}.values())


def _children(member: psutil.Process) -> list[psutil.Process]:
    try:
        return member.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _belongs(member: psutil.Process, group: int) -> bool:
    try:
        return os.getpgid(member.pid) == group and _is_alive(member)
    except (ProcessLookupError, PermissionError):
        return False


def _is_alive(member: psutil.Process) -> bool:
    try:
        return member.is_running() and member.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _signal(members: Sequence[psutil.Process], number: signal.Signals) -> None:
    for member in members:
        # psutil makes sure that the number was not given to another program.
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            member.send_signal(number)
