"""One way in which the undocumented facts about a package may turn out, and what then comes of entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What comes of an entry in a position."""

    BOOKED = "stands in the books as it was sent"
    REFUSED = "is refused with a reason, and nothing of it is booked"
    DOUBTED = "is refused together with others, nobody knows which for what, and booked when it goes alone"
    OTHERWISE = "stands once, with other amounts, and the outcome tells them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Switches moved together, and the fields of the connection that an installation of that kind needs.

    `fates` names the kinds of entries that cannot be booked as they were sent. `shown_after_s` is how long
    a booking may take to show; `leaves_refused` says that a refused entry leaves a part of it in the books,
    `answer_is_empty` that a booking is answered by nothing, which cannot be cut short: the books are asked.
    `tells_refusals` is off where the package says nothing of what it refused: only the books can be asked.
    `shows_shifted` is off where the package keeps the VAT of reverse charge out of its lines, and
    `lists_administrations` where the Test button must be told which administration is meant.
    """

    country: str = "NL"
    switches: Mapping[str, object] = field(default_factory=dict)
    connection: Mapping[str, object] = field(default_factory=dict)
    fates: Mapping[str, Fate] = field(default_factory=dict)
    shown_after_s: int = 0
    leaves_refused: bool = False
    answer_is_empty: bool = False
    tells_refusals: bool = True
    shows_shifted: bool = True
    lists_administrations: bool = True

    def fate_of(self, kind: str) -> Fate:
        """Say what comes of a kind of entry."""
        return self.fates.get(kind, Fate.BOOKED)
