"""Read files as packages would, with nothing of what wrote them."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from lxml import etree

Amounts = dict[tuple[str, str], Decimal]
"""Debit minus credit by what it is (account, party, VAT) and its code."""

MARK = re.compile(r"\[(Q[A-Z2-7]{10})\]$")
REVERSE_CHARGE = {("VAT", "14")}
"""AccountView's VAT codes that shift VAT of purchases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """One entry of a file; amounts in its own currency, and in that of the books where both stand there."""

    references: frozenset[str]
    amounts: Amounts
    in_books: Amounts


def read_cells(
    content: bytes, *, encoding: str, separator: str = ";", names: list[str] | None = None
) -> list[dict[str, str]]:
    """Read rows by the names of their columns; every row must have a cell for each."""
    lines = csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=separator)
    rows = list(lines)
    header = names or rows.pop(0)
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_accountview_cells(rows: list[dict[str, str]], decimal_mark: str = ".") -> list[ReadEntry]:
    """Read pages: rows in succession with the same description of the page."""
    pages = groupby(rows, key=lambda row: _cell(row, "hdr_desc"))
    return [_read_page(list(page), decimal_mark) for _, page in pages]


def read_accountview_xml(content: bytes) -> list[ReadEntry]:
    """Read pages and the lines that bear their number."""
    root = etree.fromstring(content)
    pages = {page.findtext("rowid"): _texts(page) for page in root.iterfind("dj_page")}
    lines: dict[str | None, list[dict[str, str]]] = defaultdict(list)
    for line in root.iterfind("dj_line"):
        number = line.findtext("headerid")
        lines[number].append({**pages[number], **_texts(line)})
    assert list(lines) == list(pages)
    return [_read_page(page, ".") for page in lines.values()]


def read_afas(rows: list[dict[str, str]], decimal_mark: str = ".") -> list[ReadEntry]:
    """Read journal entries: rows in succession of the same group."""
    return [
        _read_group(reference, list(group), decimal_mark)
        for reference, group in groupby(rows, key=lambda row: row["groep"])
    ]


def read_twinfield(content: bytes) -> list[ReadEntry]:
    """Read transactions."""
    return [_read_transaction(one) for one in etree.fromstring(content).iterfind("transaction")]


def _read_page(rows: list[dict[str, str]], decimal_mark: str) -> ReadEntry:
    side = -1 if _cell(rows[0], "dj_code").startswith("V") else 1
    read = []
    for net, vat in ((("cur_amt", "amount"), ("cur_vat", "vat_amt")), (("amount",), ("vat_amt",))):
        amounts: Amounts = defaultdict(Decimal)
        for row in rows:
            amounts["account", _cell(row, "acct_nr")] += side * _number(_cell(row, *net), decimal_mark)
            amounts["VAT", _cell(row, "vat_code")] += side * _number(_cell(row, *vat), decimal_mark)
        if _cell(rows[0], "dj_code") != "MEM":
            owed = [value for (what, code), value in amounts.items() if (what, code) not in REVERSE_CHARGE]
            amounts["party", _cell(rows[0], "sub_nr")] = -sum(owed, Decimal(0))
        read.append(_without_zeros(amounts))
    texts = [_cell(row, name) for row in rows for name in ("hdr_desc", "trn_desc")]
    return ReadEntry(references=_references(texts), amounts=read[0], in_books=read[1])


def _cell(row: Mapping[str, str], *names: str) -> str:
    """Return the first cell that is filled, under its plain name or under that with its table."""
    named = (f"{table}{name}" for name in names for table in ("", "dj_line.", "dj_page."))
    return next((row[name] for name in named if row.get(name)), "")


def _number(text: str, decimal_mark: str) -> Decimal:
    return Decimal(text.replace(decimal_mark, ".") or "0")


def _read_group(reference: str, rows: list[dict[str, str]], decimal_mark: str) -> ReadEntry:
    amounts: Amounts = defaultdict(Decimal)
    in_books: Amounts = defaultdict(Decimal)
    for row in rows:
        assert row["boekstuk"].split(" ")[0] == reference
        place = ("account" if row["soort"] == "1" else "party", row["rekening"])
        in_books[place] += _number(row["debet"], decimal_mark) - _number(row["credit"], decimal_mark)
        if row["valuta"]:
            amounts[place] += _number(row["valutadebet"], decimal_mark) - _number(
                row["valutacredit"], decimal_mark
            )
    if not amounts:
        amounts = in_books
    return ReadEntry(
        references=frozenset({reference}), amounts=_without_zeros(amounts), in_books=_without_zeros(in_books)
    )


def _read_transaction(transaction: etree._Element) -> ReadEntry:
    assert transaction.get("destiny") == "temporary"
    assert transaction.findtext("header/number") == "0"
    texts = [text.text or "" for text in transaction.iterfind("lines/line/description")]
    marked = [text for text in texts if MARK.search(text)]
    return ReadEntry(
        references=_references(marked),
        amounts=_without_zeros(_sum(transaction, lambda line, name: line.findtext(name) or "0")),
        in_books=_without_zeros(_sum(transaction, _base)),
    )


def _base(line: etree._Element, name: str) -> str:
    in_books = {"value": "basevalue", "vatvalue": "vatbasevalue"}[name]
    stated = line.findtext(in_books)
    # Of a VAT line Twinfield works the base value out itself; here all are in the currency of the books.
    return stated or (line.findtext(name) or "0" if line.get("type") == "vat" else "0")


def _sum(transaction: etree._Element, read: Callable[[etree._Element, str], str]) -> Amounts:
    amounts: Amounts = defaultdict(Decimal)
    for line in transaction.iterfind("lines/line"):
        side = 1 if line.findtext("debitcredit") == "debit" else -1
        account = ("account", line.findtext("dim1") or "")
        place = ("party", line.findtext("dim2") or "") if line.get("type") == "total" else account
        amounts[place] += side * Decimal(read(line, "value"))
        if line.find("vatvalue") is not None:
            amounts["VAT", line.findtext("vatcode") or ""] += side * Decimal(read(line, "vatvalue"))
    return amounts


def _texts(element: etree._Element) -> dict[str, str]:
    return {f"{element.tag}.{child.tag}": child.text or "" for child in element}


def _references(texts: list[str]) -> frozenset[str]:
    return frozenset(found[1] if (found := MARK.search(text)) else text for text in texts)


def _without_zeros(amounts: Amounts) -> Amounts:
    return {place: amount for place, amount in amounts.items() if amount}
