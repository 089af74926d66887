"""Count the calls that leave through a session, and how long their answers take."""

from collections.abc import Callable
from dataclasses import dataclass, field

import requests

GUESS_S = 0.5
"""Seconds that an answer takes where none came that could tell."""


@dataclass(slots=True)
class CallsMade:
    """The addresses that answered, and the seconds until they did."""

    addresses: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, is_counted: Callable[[str], bool]) -> int:
        """Return how many calls went to addresses that count."""
        return sum(1 for address in self.addresses if is_counted(address))

    def forget(self) -> None:
        """Start anew."""
        self.addresses.clear()
        self.seconds = 0.0

    @property
    def seconds_a_call(self) -> float:
        """How long an answer took on average, a guess while there was none."""
        return self.seconds / len(self.addresses) if self.addresses else GUESS_S

    def follow(self, session: requests.Session) -> requests.Session:
        """Count from now on what is answered to a session."""
        session.hooks["response"].append(self._note)
        return session

    def _note(self, response: requests.Response, *_: object, **_settings: object) -> None:
        self.addresses.append(response.url)
        self.seconds += response.elapsed.total_seconds()
