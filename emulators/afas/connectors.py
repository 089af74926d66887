"""The GetConnectors of the environment and their fields, from `connectors.ini`."""

from collections.abc import Mapping
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("connectors.ini")
UNIT_FIELDS = ("UnitId", "Unit", "AdminId")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: `kind` is string, int, boolean, decimal, date or datetime."""

    id: str
    kind: str
    length: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """One GetConnector; those with a key hold master data that may be loaded row by row."""

    id: str
    description: str
    key: tuple[str, ...]
    fields: Mapping[str, Field]

    @property
    def unit_field(self) -> str:
        """The field with the administration, or nothing when rows belong to the whole environment."""
        return next((name for name in UNIT_FIELDS if name in self.fields), "")


@cache
def connectors() -> Mapping[str, Connector]:
    """Return all GetConnectors by id."""
    parser = ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(FILE, encoding="utf-8")
    return {name: _connector(name, parser[name]) for name in parser.sections()}


def _connector(name: str, section: Mapping[str, str]) -> Connector:
    fields = {}
    for field, text in section.items():
        if not field.startswith("_"):
            kind, length, label = text.split(" ", 2)
            fields[field] = Field(id=field, kind=kind, length=int(length), label=label)
    return Connector(
        id=name,
        description=section["_description"],
        key=tuple(section.get("_key", "").split()),
        fields=fields,
    )
