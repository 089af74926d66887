"""Switches: one per fact about a vendor that is inferred, so that a client can be tried on both positions."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TypeAlias

Position: TypeAlias = bool | int | str


class UnknownSwitchError(ValueError):
    """A switch that does not exist, or a position it does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One inferred fact: its default position, who says so, and the positions it may take."""

    name: str
    default: Position
    description: str
    source: str
    positions: tuple[Position, ...] = field(default=())

    def accepts(self, position: object) -> bool:
        """Tell whether a position fits; without a list of positions the default's type decides."""
        if type(position) is not type(self.default):
            return False
        return not self.positions or position in self.positions


class Switches:
    """The switches of one emulator and where they stand."""

    def __init__(self, declared: Iterable[Switch]) -> None:
        """Put every switch in its default position."""
        self._declared = {switch.name: switch for switch in declared}
        self._moved: dict[str, Position] = {}

    def __getitem__(self, name: str) -> Position:
        """Read one switch."""
        return self._moved.get(name, self._declared[name].default)

    def on(self, name: str) -> bool:
        """Read a switch that is on or off."""
        return bool(self[name])

    def text(self, name: str) -> str:
        """Read a switch whose positions are words."""
        return str(self[name])

    def number(self, name: str) -> int:
        """Read a switch whose positions are whole numbers."""
        return int(self[name])

    def move(self, positions: Mapping[str, object]) -> None:
        """Move switches, all or none; raise UnknownSwitchError when one does not fit."""
        accepted: dict[str, Position] = {}
        for name, position in positions.items():
            switch = self._declared.get(name)
            if switch is None:
                raise UnknownSwitchError(f"no switch {name!r}; there are {', '.join(self._declared)}")
            if not isinstance(position, bool | int | str) or not switch.accepts(position):
                raise UnknownSwitchError(f"switch {name!r} cannot stand on {position!r}")
            accepted[name] = position
        self._moved.update(accepted)

    def moved(self) -> dict[str, Position]:
        """Return the positions that were set."""
        return dict(self._moved)

    def back_to_default(self) -> None:
        """Put every switch back."""
        self._moved.clear()

    def listed(self) -> list[dict[str, object]]:
        """List every switch with position, default and source, as the control route shows it."""
        return [asdict(switch) | {"position": self[name]} for name, switch in self._declared.items()]
