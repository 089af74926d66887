"""Write made-up documents in chunks, with the mapping files and masters by which their codes are looked up.

Documents come in the order of their dates, over one year. One in two hundred or so lacks a row.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from finance_hooks.model.money import ZERO, round_half_up
from tests.mapping.examples import write_folder

LINES_PER_DOCUMENT = (1, 3, 8, 40, 148)
CHUNK_LINES = 20_000
FIRST_DAY, DAYS = date(2026, 1, 1), 365
CHANGES_ON = date(2026, 7, 1)
TYPES = ("sales_invoice",) * 13 + ("sales_credit_note",) + ("purchase_invoice",) * 6
VAT_CODES = {"sales": ("VH21", "VL9", "X21"), "purchase": ("IH21", "IL9", "X21")}
RATES = {"VH21": 21, "VL9": 9, "IH21": 21, "IL9": 9, "X21": 21, "NEW": 21}
PARTIES, ACCOUNTS, ARTICLES, ACTIVITIES, COST_CENTRES, COST_UNITS = 5_000, 300, 200, 20, 40, 30

DOCUMENT = [
    "document",
    "type",
    "date",
    "currency",
    "exchange_rate",
    "party",
    "payment_term",
    "total_net",
    "total_vat",
    "total_gross",
]
LINE = [
    "document",
    "line",
    "description",
    "amount",
    "ledger_account",
    "article",
    "activity",
    "vat_code",
    "cost_centre",
    "cost_unit",
]
VAT = ["document", "vat_code", "rate", "base", "amount"]
MAPPED = [
    "document",
    "line",
    "ledger_account",
    "vat_code",
    "cost_centre",
    "cost_unit",
    "journal",
    "party",
    "payment_term",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One document as rows of the three files."""

    document: Sequence[object]
    lines: Sequence[Sequence[object]]
    vat: Sequence[Sequence[object]]


def write_input(folder: Path, count: int) -> int:
    """Write chunks of documents with so many lines, mapping files and masters; returns how many lines."""
    write_mappings(folder / "mappings")
    write_masters(folder)
    written = 0
    for number, chunk in enumerate(_chunks(count), start=1):
        for name, header, rows in (
            ("documents", DOCUMENT, [one.document for one in chunk]),
            ("lines", LINE, [line for one in chunk for line in one.lines]),
            ("vat", VAT, [vat for one in chunk for vat in one.vat]),
        ):
            with (folder / f"{name}-{number:04}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *rows])
        written += sum(len(one.lines) for one in chunk)
    return written


def write_mappings(folder: Path) -> None:
    """Write the mapping files: rows of the administration itself and for all, with dates and conditions."""
    accounts = [
        row
        for code in (str(4000 + number) for number in range(ACCOUNTS))
        for row in (
            f"*,{code},,{CHANGES_ON - timedelta(days=1)},1{code},",
            f"*,{code},{CHANGES_ON},,2{code},",
        )
    ]
    own = [f"nl,{4000 + number},2026-04-01,,9{4000 + number}," for number in range(0, ACCOUNTS, 5)]
    write_folder(
        folder,
        {
            "books/journals.csv": (
                *(f"*,{name},,,{book}," for name, book in zip(sorted(set(TYPES)), "IVV", strict=True)),
                "*,sales_invoice/USD,,,VUSD,",
            ),
            "books/ledger_accounts.csv": (*accounts, *own, f"*,3999,,{CHANGES_ON},13999,"),
            "books/vat_codes.csv": (
                "*,VH21,,,standard,sales,21,NL,VH,,,,",
                "*,VL9,,,reduced,sales,9,NL,VL,,,,",
                "*,IH21,,,standard,purchase,21,NL,IH,,,,",
                "*,IL9,,,reduced,purchase,9,,IL,,,,",
                "*,X21,,,,sales,21,,XV,,,,",
                "*,X21,,,,purchase,,NL,XI,,,,",
            ),
            "books/parties.csv": (
                "*,*,debtor,D{number:0>8},",
                "*,*,creditor,C{number:0>8},",
                *(f"nl,{10000 + number},debtor,OWN{number}," for number in range(0, PARTIES, 10)),
            ),
            "books/cost_centres.csv": tuple(
                f"*,K{number},,,{100 + number}," for number in range(COST_CENTRES)
            ),
            "books/cost_units.csv": tuple(f"*,U{number},,,{500 + number}," for number in range(COST_UNITS)),
            "books/payment_terms.csv": ("*,14,,,T14,", "*,30,,,T30,"),
            "qubz/article_accounts.csv": (
                *(f"100,,W{number},{4000 + number}," for number in range(ACTIVITIES)),
                *(f"100,A{number},,{4100 + number}," for number in range(0, ARTICLES, 2)),
                *(
                    f"100,A{number},W{number % ACTIVITIES},{4080 + number},"
                    for number in range(0, ARTICLES, 3)
                ),
            ),
        },
    )


def write_masters(folder: Path) -> None:
    """Write what the source says of its VAT codes and parties."""
    treatments = {"VL9": "reduced", "IL9": "reduced"}
    vat = [
        {
            "vat_code": code,
            "treatment": treatments.get(code, "standard"),
            "rate": str(rate),
            "country": "NL",
            "direction": {"V": "sales", "I": "purchase"}.get(code[0], ""),
        }
        for code, rate in RATES.items()
    ]
    parties = [str(10000 + number) for number in range(PARTIES)]
    (folder / "masters.json").write_text(json.dumps({"vat_codes": vat, "parties": parties}), encoding="utf-8")


def _chunks(count: int) -> Iterator[list[Made]]:
    documents = max(1, round(count * len(LINES_PER_DOCUMENT) / sum(LINES_PER_DOCUMENT)))
    chunk: list[Made] = []
    for number in range(documents):
        chunk.append(_made(number, FIRST_DAY + timedelta(days=number * DAYS // documents)))
        if sum(len(one.lines) for one in chunk) >= CHUNK_LINES:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _made(number: int, on: date) -> Made:
    kind = TYPES[number % len(TYPES)]
    vat_codes = VAT_CODES[kind.partition("_")[0]]
    sign = -1 if kind.endswith("credit_note") else 1
    lines: list[list[object]] = []
    bases: dict[str, Decimal] = {}
    depot = f"K{number * 7 % COST_CENTRES}"
    for place in range(LINES_PER_DOCUMENT[number % len(LINES_PER_DOCUMENT)]):
        # An article of the source decides about account, VAT and cost unit, a route about the cost centre.
        article = (number * 31 + place * 17) % ARTICLES
        by_article = article % 7 == 0
        amount = Decimal(sign * (100 + (number * 217 + place * 119) % 50_000)).scaleb(-2)
        account = "" if by_article else str(4000 + article * 3 // 2)
        vat_code = vat_codes[(article % 5 == 4) + (article % 25 == 4)]
        if place == 0:
            account, vat_code = _spoilt(number, account, vat_code)
        cost_centre = "ONBEKEND" if place == 0 and number % 333 == 1 else depot
        lines.append(
            [
                number,
                place + 1,
                f"Lediging rolcontainer locatie {place}",
                amount,
                account,
                f"A{article}" if by_article else "",
                f"W{article % ACTIVITIES}" if by_article else "",
                vat_code,
                cost_centre if article % 3 else "",
                "" if article % 5 else f"U{article % COST_UNITS}",
            ]
        )
        bases[vat_code] = bases.get(vat_code, ZERO) + amount
    vat = [
        [number, code, RATES[code], base, round_half_up(base * RATES[code] / 100)]
        for code, base in bases.items()
    ]
    net = sum(bases.values(), ZERO)
    total = sum((round_half_up(base * RATES[code] / 100) for code, base in bases.items()), ZERO)
    abroad = number % 50 == 0
    party = "99999" if number % 1000 == 7 else str(10000 + number % PARTIES)
    term = "99" if number % 700 == 3 else ("14", "30")[number % 2]
    currency, rate = ("USD", "0.9123") if abroad else ("EUR", "")
    return Made(
        document=[number, kind, on, currency, rate, party, term, net, total, net + total],
        lines=lines,
        vat=vat,
    )


def _spoilt(number: int, account: str, vat_code: str) -> tuple[str, str]:
    """Let some documents ask for what has no row, or none any more."""
    if number % 400 == 2:
        return "9999", vat_code
    if number % 350 == 4:
        return "3999", vat_code
    if number % 500 == 6:
        return account, "NEW"
    return account, vat_code
