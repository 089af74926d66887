"""Say how a package writes its audit files, and write their elements and amounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lxml import etree

ZERO = Decimal("0.00")
ODB = "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP"
NAMESPACES = {
    "3.2": "http://www.auditfiles.nl/XAF/3.2",
    "3.2.1": f"{ODB}/1.0/structures/XmlAuditfileFinancieel3.2.1",
    "4.0": f"{ODB}/1.1/structures/XmlauditfileXAF_4.0",
}
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a package writes its audit files.

    `version` also chooses the namespace unless another is given, `None` for none. `vat_on` says which legs
    name their VAT code: all, base (VAT accounts tell the others), or nothing. `zeros` pads codes of
    ledger accounts, parties and journals. `signed` writes credit as negative debit. `typed_on` is the day on
    which all was typed in, where the booking's day is that.
    """

    version: str = "3.2"
    namespace: str | None = ""
    vat_on: str = "all"
    vat_accounts: bool = True
    offset_accounts: bool = False
    party_on_every_leg: bool = False
    currency: bool = True
    totals: bool = True
    opening_journal: bool = False
    zeros: int = 0
    signed: bool = False
    typed_on: str | None = None

    @property
    def is_newer(self) -> bool:
        """Whether this is 4.0."""
        return self.version == "4.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Whose books, of which fiscal year, made on which day."""

    company: str
    fiscal_year: str
    first_day: str
    last_day: str
    made_on: str
    currency: str = "EUR"


def signed_amount(line: Mapping[str, Any]) -> Decimal:
    """Return a line's amount, debit positive."""
    return Decimal(line["debit"]) - Decimal(line["credit"])


def with_side(amount: Decimal, style: Style) -> tuple[Decimal, str]:
    """Write an amount with the side it is on."""
    if style.signed:
        return amount, "D"
    return (amount, "D") if amount >= ZERO else (-amount, "C")


def padded(code: str, style: Style) -> str:
    """Pad a code with zeros."""
    return code.zfill(len(code) + style.zeros)


def tree(name: str, told: Any) -> etree._Element:  # noqa: ANN401 - text, or names with what they hold
    """Make an element with its text, or with the elements it holds."""
    element = etree.Element(name)
    if isinstance(told, str):
        element.text = told
        return element
    for child, content in told:
        element.append(tree(child, content))
    return element
