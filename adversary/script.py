"""A script: what happens to one administration, night by night, written down so that it can happen again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

Value = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One mishap or deed.

    `task` is the task of the night that it meets, empty when it comes before the night begins. `nth` is which
    point, call or statement of that task it meets, from 1. `values` is what more has to be said.
    """

    kind: str
    night: int
    task: str = ""
    nth: int = 1
    values: Mapping[str, Value] = field(default_factory=dict)

    def value(self, name: str, otherwise: Value) -> Any:  # noqa: ANN401 - as the script says
        """Return one of the values."""
        return self.values.get(name, otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """All that one simulation depends on.

    Every night the source issues so many `documents`, a share of them breaking a rule. `limits` is the share
    of the package's own limits that hold, `switches` how the emulator stands otherwise than by default.
    """

    sync_id: str
    seed: int
    nights: int
    documents: int
    bad_share: float
    limits: float
    policies: Mapping[str, str]
    switches: Mapping[str, Value]
    events: tuple[Event, ...]

    def of(self, night: int, task: str = "") -> list[Event]:
        """Return the events of one task of a night."""
        return [event for event in self.events if event.night == night and event.task == task]


def write_script(script: Script) -> str:
    """Write a script as JSON, one event a line."""
    plain = asdict(script)
    events = ",\n  ".join(json.dumps(event) for event in plain.pop("events"))
    head = json.dumps(plain)[1:-1]
    return f'{{{head}, "events": [\n  {events}\n]}}\n'


def read_script(path: Path) -> Script:
    """Read a script from its file."""
    plain = json.loads(path.read_text(encoding="utf-8"))
    events = tuple(Event(**event) for event in plain.pop("events"))
    return Script(**plain, events=events)
