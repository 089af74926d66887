"""Make a script that fails shorter, as long as it fails in the same way."""

from collections.abc import Callable
from dataclasses import replace

from adversary.script import Event, Script

Fails = Callable[[Script], bool]


def shrink(script: Script, fails: Fails) -> Script:
    """Leave out what the failure does not need: events, nights, documents."""
    script = _fewer_events(script, fails)
    nights = replace(script, nights=max([event.night for event in script.events], default=1))
    script = nights if fails(nights) else script
    for documents in _fewer(script.documents):
        smaller = replace(script, documents=documents)
        script = smaller if fails(smaller) else script
    return _fewer_events(script, fails)


def _fewer_events(script: Script, fails: Fails) -> Script:
    """Leave out ever smaller parts of the events (delta debugging)."""
    parts = 2
    while script.events:
        chunks = _chunks(script.events, parts)
        for chunk in chunks:
            shorter = replace(script, events=tuple(one for one in script.events if one not in chunk))
            if fails(shorter):
                script, parts = shorter, max(parts - 1, 2)
                break
        else:
            if parts >= len(script.events):
                break
            parts = min(parts * 2, len(script.events))
    return script


def _fewer(documents: int) -> list[int]:
    return sorted({documents // 2, documents // 4, 3, 1} - {0}, reverse=True)


def _chunks(events: tuple[Event, ...], parts: int) -> list[tuple[Event, ...]]:
    size = max(len(events) // parts, 1)
    return [events[place : place + size] for place in range(0, len(events), size)]
