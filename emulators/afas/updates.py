"""The UpdateConnectors of the environment, their objects and fields, from `updates.ini`."""

from collections.abc import Mapping
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).with_name("updates.ini")


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateField:
    """One field; `key` ones may stand beside Fields with an @."""

    id: str
    kind: str
    length: int
    mandatory: bool
    key: bool
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One object with its fields and the names of those below it."""

    id: str
    label: str
    fields: Mapping[str, UpdateField]
    objects: tuple[str, ...]


# UpdateConnector: its description, the object its body starts with, and the methods it has.
UPDATES: Mapping[str, tuple[str, str, frozenset[str]]] = MappingProxyType(
    {
        "FiEntries": ("Financiële mutatie", "FiEntryPar", frozenset({"POST", "DELETE"})),
        "FiInvoice": ("Financiële factuur", "FiInvoice", frozenset({"PUT"})),
        "KnDimCode": ("Verbijzonderingscode", "KnDimCode", frozenset({"POST", "PUT"})),
        "KnSalesRelationOrg": (
            "Verkooprelatie organisatie",
            "KnSalesRelationOrg",
            frozenset({"POST", "PUT"}),
        ),
        "KnSalesRelationPer": ("Verkooprelatie persoon", "KnSalesRelationPer", frozenset({"POST", "PUT"})),
        "KnPurchaseRelationOrg": (
            "Inkooprelatie organisatie",
            "KnPurchaseRelationOrg",
            frozenset({"POST", "PUT"}),
        ),
        "KnPurchaseRelationPer": (
            "Inkooprelatie persoon",
            "KnPurchaseRelationPer",
            frozenset({"POST", "PUT"}),
        ),
        "KnSubject": ("Dossieritem", "KnSubject", frozenset({"POST"})),
    }
)


@cache
def layouts() -> Mapping[str, Layout]:
    """Return all objects by id."""
    parser = ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(FILE, encoding="utf-8")
    return {name: _layout(name, parser[name]) for name in parser.sections()}


def _layout(name: str, section: Mapping[str, str]) -> Layout:
    fields = {}
    for written, text in section.items():
        if not written.startswith("_"):
            kind, length, mandatory, label = text.split(" ", 3)
            field = written.removeprefix("@")
            fields[field] = UpdateField(
                id=field,
                kind=kind,
                length=int(length),
                mandatory=mandatory == "!",
                key=written.startswith("@"),
                label=label,
            )
    return Layout(
        id=name, label=section["_label"], fields=fields, objects=tuple(section.get("_objects", "").split())
    )
