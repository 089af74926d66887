"""Read an eExact document with a reader of its own, which shares nothing with what writes it."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """What a document says of one entry, debit positive; VAT by code is that of the lines together.

    `texts` are the description of the head, if it has one, and of each line.
    """

    head: dict[str, str]
    by_account: dict[str, Decimal]
    vat_by_code: dict[str, Decimal]
    texts: tuple[str, ...]
    numbers: frozenset[str]
    currencies: frozenset[str]
    due_dates: frozenset[str]


def read_document(content: bytes) -> list[ReadEntry]:
    """Read every transaction."""
    return [_read(each) for each in etree.fromstring(content).findall("./GLTransactions/GLTransaction")]


def _read(transaction: etree._Element) -> ReadEntry:
    by_account: defaultdict[str, Decimal] = defaultdict(Decimal)
    vat_by_code: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in transaction.iter("GLTransactionLine"):
        by_account[_code(line, "GLAccount")] += Decimal(line.findtext(".//Value") or "")
        if vat := line.findtext(".//VATAmount"):
            vat_by_code[_code(line, ".//VAT")] += Decimal(vat)
    head = {
        each.tag: (each.text or "").strip() or str(next(iter(each.attrib.values()), ""))
        for each in transaction
    }
    return ReadEntry(
        head={name: text for name, text in head.items() if name != "GLTransactionLine"},
        by_account=dict(by_account),
        vat_by_code=dict(vat_by_code),
        texts=tuple(each.text or "" for each in transaction.iter("Description")),
        numbers=frozenset(each.text or "" for each in transaction.iter("YourRef")),
        currencies=frozenset(str(each.attrib["code"]) for each in transaction.iter("Currency")),
        due_dates=frozenset(each.text or "" for each in transaction.iter("DueDate")),
    )


def _code(line: etree._Element, path: str) -> str:
    found = line.find(path)
    assert found is not None
    return str(found.attrib["code"])
