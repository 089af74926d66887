"""Read an audit file (XAF 3.2 or 4.0) as a stream: its header, its VAT accounts, and booking by booking.

XML Auditfile Financieel: element names of versions 3.2 (auditfiles.nl) and 4.0 (ODB Belastingdienst).
Elements are told by their local name: packages write the namespace of either version, another, or none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from lxml import etree

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.money import read_number

_REFERENCE = re.compile(r"(?<![A-Z0-9])Q[A-Z2-7]{10}(?![A-Z0-9])")
_YEAR = re.compile(r"\d{4}")
MAGNITUDE_MAX, DIGITS_MAX = 15, 25
"""Powers of ten, and digits in all: what is larger is no amount, and could not be added exactly."""
_OF_JOURNAL = ("jrnID", "offsetAccID")
_REPEATED = (
    *("customerSupplier", "ledgerAccount", "basic", "vatCode", "period"),
    *("obLine", "obSbLine", "obSubledger", "sbLine", "subledger"),
)
"""What files repeat outside the bookings: it is thrown away as soon as it is read."""

_TAGS = tuple(f"{{*}}{name}" for name in ("header", "journal", "transaction", *_OF_JOURNAL, *_REPEATED))
"""What the reader stops at; all else is left to the one it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One leg as the file shows it; `amount` is debit minus credit in the books' currency.

    `vat_codes` are those of all its VAT elements. `in_currency` has the sign of `amount`.
    """

    account: str
    amount: Decimal
    day: date
    vat_codes: tuple[str, ...]
    party: str | None
    invoice: str | None
    document: str | None
    text: str
    currency: str | None
    in_currency: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTransaction:
    """One booking as the file shows it; `offset_account` is the journal's, if told.

    `period` is a number: 0 is the opening balance, those after the last month are of the closing.
    """

    journal: str
    offset_account: str | None
    number: str
    period: int
    day: date
    text: str
    lines: tuple[AuditLine, ...]

    @property
    def references(self) -> tuple[str, ...]:
        """Return our references in any of its texts, with brackets or without."""
        texts = [self.text]
        texts += [text or "" for line in self.lines for text in (line.text, line.document, line.invoice)]
        return tuple(dict.fromkeys(found for text in texts for found in _REFERENCE.findall(text)))

    @property
    def sure_references(self) -> frozenset[str]:
        """Return those of our references that no word of eleven capitals looks like."""
        texts = [self.text, *(line.text or "" for line in self.lines)]
        marked = {found for found in self.references if any(f"[{found}]" in text for text in texts)}
        return frozenset(marked | {found for found in self.references if not found.isalpha()})

    @property
    def effective_day(self) -> date:
        """Return the day all legs name, else the day of the booking, which may be when it was typed in."""
        days = {line.day for line in self.lines}
        return days.pop() if len(days) == 1 else self.day


@dataclass(slots=True)
class AuditFile:
    """A file that is being read; the header and the VAT accounts are known when the first booking comes.

    `vat_accounts` are the codes by the ledger accounts of their VAT. `tells_vat` turns true with the first
    leg that names a VAT code.
    """

    path: Path
    fiscal_years: tuple[int, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    made_on: date | None = None
    currency: str | None = None
    software: str = ""
    version: str = ""
    vat_accounts: dict[str, set[str]] = field(default_factory=dict)
    tells_vat: bool = False

    def transactions(self) -> Iterator[AuditTransaction]:
        """Read booking by booking in bounded memory; ConfigurationError says what is wrong, and where."""
        try:
            yield from self._read()
        except (OSError, etree.XMLSyntaxError) as broken:
            raise ConfigurationError(f"{self.path} cannot be read as an audit file: {broken}") from broken

    def _read(self) -> Iterator[AuditTransaction]:
        journal: dict[str, str] = {}
        with self.path.open("rb") as content:
            reader = etree.iterparse(
                content,
                events=("start", "end"),
                tag=_TAGS,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            began = False
            for event, element in reader:
                if not began:
                    self._begin(element)
                    began = True
                if event == "start":
                    continue
                name = _name(element)
                if name == "transaction":
                    yield self._transaction(element, journal)
                else:
                    self._note(element, name, journal)
                _forget(element)
            self._begin(reader.root)

    def _begin(self, element: etree._Element) -> None:
        """Refuse what is no audit file as soon as its first element is seen."""
        tree = element.getroottree()
        root = tree.getroot()
        if _name(root).casefold() != "auditfile":
            raise ConfigurationError(f"{self.path} is no audit file: it begins with <{_name(root)}>.")
        if tree.docinfo.internalDTD is not None:
            raise ConfigurationError(f"{self.path} declares a document type, which no audit file has.")
        self.version = str(root.tag).rpartition("}")[0].removeprefix("{")

    def _note(self, element: etree._Element, name: str, journal: dict[str, str]) -> None:
        """Remember what is needed of what stands outside the bookings."""
        if name == "header":
            self._header(_texts(element))
        elif name == "vatCode":
            told = _texts(element)
            for account in (told.get("vatToPayAccID"), told.get("vatToClaimAccID")):
                if account:
                    self.vat_accounts.setdefault(account, set()).add(told.get("vatID", ""))
        elif name == "journal":
            journal.clear()
        elif name in _OF_JOURNAL:
            journal[name] = (element.text or "").strip()

    def _header(self, fields: Mapping[str, str]) -> None:
        self.fiscal_years = tuple(int(year) for year in _YEAR.findall(fields.get("fiscalYear", "")))
        self.first_day = self._day(fields.get("startDate"))
        self.last_day = self._day(fields.get("endDate"))
        self.made_on = self._day(fields.get("dateCreated"))
        self.currency = fields.get("curCode")
        self.software = f"{fields.get('softwareDesc', '')} {fields.get('softwareVersion', '')}".strip()

    def _transaction(self, element: etree._Element, journal: Mapping[str, str]) -> AuditTransaction:
        told = _texts(element)
        where = f"{journal.get('jrnID')} {told.get('nr')}"
        try:
            lines = tuple(self._line(child) for child in element if _name(child) == "trLine")
            return AuditTransaction(
                journal=journal["jrnID"],
                offset_account=journal.get("offsetAccID") or None,
                number=told["nr"],
                period=int(told["periodNumber"]),
                day=date.fromisoformat(told["trDt"][:10]),
                text=told.get("desc", ""),
                lines=lines,
            )
        except (KeyError, ValueError) as wrong:
            raise ConfigurationError(f"{self.path}, booking {where}: not as expected: {wrong!r}") from wrong

    def _line(self, element: etree._Element) -> AuditLine:
        told = _texts(element)
        vat_codes = [_child(child, "vatID") for child in element if _name(child) == "vat"]
        currency = next((child for child in element if _name(child) == "currency"), None)
        sign = {"D": 1, "C": -1}[told["amntTp"].upper()]
        in_currency = None if currency is None else abs(_decimal(_child(currency, "curAmnt") or "0"))
        amount = sign * _decimal(told["amnt"])
        self.tells_vat |= bool(vat_codes)
        return AuditLine(
            account=told["accID"],
            amount=amount,
            day=date.fromisoformat(told["effDate"][:10]),
            vat_codes=tuple(dict.fromkeys(code for code in vat_codes if code)),
            party=told.get("custSupID") or None,
            invoice=told.get("invRef") or None,
            document=told.get("docRef") or None,
            text=told.get("desc", ""),
            currency=None if currency is None else _child(currency, "curCode"),
            in_currency=None if in_currency is None else in_currency.copy_sign(amount),
        )

    def _day(self, text: str | None) -> date | None:
        try:
            return date.fromisoformat(text[:10]) if text else None
        except ValueError as wrong:
            raise ConfigurationError(f"{self.path}: {wrong}") from wrong


def _decimal(text: str) -> Decimal:
    amount = read_number(text)
    if amount.adjusted() > MAGNITUDE_MAX or len(amount.as_tuple().digits) > DIGITS_MAX:
        raise ValueError(f"{text[:DIGITS_MAX]} is no amount")
    return amount


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _texts(element: etree._Element) -> dict[str, str]:
    """Return the texts of the children that have none of their own, by name."""
    return {_name(child): (child.text or "").strip() for child in element if len(child) == 0}


def _child(element: etree._Element, name: str) -> str | None:
    return next(((child.text or "").strip() for child in element if _name(child) == name), None)


def _forget(element: etree._Element) -> None:
    """Free an element that was read, and those before it: a cleared one still hangs on its parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
