"""Read who is told, and through which of Airflow's notifiers."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.park_reason_text import Language
from finance_hooks.posting.message import Tone

VARIABLE = "finance_alerts"
"""The Airflow variable that lists the channels; without it nobody is told."""

EMAIL = "airflow.providers.smtp.notifications.smtp.SmtpNotifier"
EMAIL_ARGUMENTS: Mapping[str, str] = MappingProxyType(
    {"subject": "{{ finance.subject }}", "html_content": "{{ finance.html }}"}
)
KNOWN = frozenset({"name", "to", "notifier", "arguments", "language", "administrations", "silent"})
MAY_BE_SILENT = (Tone.ALL_WELL, Tone.REMINDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way to tell somebody: a notifier's class and arguments, in which `finance.…` is the message.

    `administrations` are those it is for, empty for all; `silent` are the tones it does not hear.
    """

    name: str
    notifier: str
    arguments: Mapping[str, Any]
    language: Language
    administrations: Collection[str]
    silent: Collection[Tone]


def read_channels(text: str | None) -> tuple[Channel, ...]:
    """Read what variable `finance_alerts` says; ConfigurationError says what is wrong with it."""
    if not text or not text.strip():
        return ()
    try:
        written = json.loads(text)
    except ValueError as error:
        raise ConfigurationError(f"Variable {VARIABLE} is no JSON: {error}.") from None
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        raise ConfigurationError(f"Variable {VARIABLE} is no list of channels, each an object of JSON.")
    channels = tuple(_channel(one, place) for place, one in enumerate(written, start=1))
    names = [channel.name for channel in channels]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ConfigurationError(f"Variable {VARIABLE}: give each channel a name of its own, not {twice}.")
    return channels


def channels_of(channels: Sequence[Channel], sync_id: str) -> tuple[Channel, ...]:
    """Return the channels that one administration is told of through."""
    return tuple(one for one in channels if not one.administrations or sync_id in one.administrations)


def names_by_tone(channels: Sequence[Channel]) -> dict[Tone, list[str]]:
    """Name the channels that hear each tone."""
    return {tone: [one.name for one in channels if tone not in one.silent] for tone in Tone}


def _channel(written: Mapping[str, Any], place: int) -> Channel:
    unknown = sorted(set(written) - KNOWN)
    if unknown:
        raise _wrong(place, f"knows no {', '.join(unknown)}; there are {', '.join(sorted(KNOWN))}")
    to, notifier = written.get("to"), written.get("notifier")
    if bool(to) == bool(notifier):
        raise _wrong(place, "needs either to (an e-mail address) or notifier (a class)")
    arguments = written.get("arguments", {})
    if not isinstance(arguments, dict):
        raise _wrong(place, "has arguments that are no object of JSON")
    language = written.get("language", "nl")
    if language not in get_args(Language):
        raise _wrong(place, f"has language {language!r}; there are {', '.join(get_args(Language))}")
    silent = _names(written, "silent", place)
    if not set(silent) <= set(MAY_BE_SILENT):
        raise _wrong(place, f"may be silent about {', '.join(MAY_BE_SILENT)} only")
    return Channel(
        name=str(written.get("name") or to or notifier),
        notifier=EMAIL if to else str(notifier),
        arguments={**EMAIL_ARGUMENTS, "to": to, **arguments} if to else arguments,
        language=language,
        administrations=frozenset(_names(written, "administrations", place)),
        silent=frozenset(Tone(one) for one in silent),
    )


def _names(written: Mapping[str, Any], name: str, place: int) -> list[str]:
    names = written.get(name, [])
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise _wrong(place, f"has {name} that are no list of names")
    return names


def _wrong(place: int, what: str) -> ConfigurationError:
    return ConfigurationError(f"Variable {VARIABLE}, channel {place} {what}.")
