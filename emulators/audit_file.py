"""Write emulated books as an audit file, XAF 3.2 or 4.0, in any of the ways in which real packages differ.

XML Auditfile Financieel 3.2: order and names of the elements as its XSD has them (OCA/l10n-netherlands,
l10n_nl_xaf_auditfile_export). 4.0: as the ODB's functional description has them. Ways of packages: namespaces
as observed by pyxaf's list of versions; the rest of the variations is inferred.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, BinaryIO

from lxml import etree

from emulators.audit_file_style import (
    NAMESPACES,
    ZERO,
    Entry,
    Header,
    Style,
    padded,
    signed_amount,
    tree,
    with_side,
)


def write_audit_file(to: BinaryIO, header: Header, entries: Sequence[Entry], style: Style) -> None:
    """Write the entries of one fiscal year, in the shape of the control route, journal by journal."""
    namespace = NAMESPACES[style.version] if style.namespace == "" else style.namespace
    ordered = sorted(entries, key=lambda entry: str(entry["journal"]))
    with etree.xmlfile(to, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("auditfile", nsmap={None: namespace} if namespace else None):
            file.write(tree("header", _header(header, style)))
            with file.element("company"):
                for name, text in _company(header, style):
                    file.write(tree(name, text))
                _write_masters(file, header, ordered, style)
                _write_transactions(file, header, ordered, style)


def _header(header: Header, style: Style) -> list[tuple[str, Any]]:
    told: list[tuple[str, Any]] = [
        ("fiscalYear", header.fiscal_year),
        ("startDate", header.first_day),
        ("endDate", header.last_day),
        ("curCode", header.currency),
        ("dateCreated", header.made_on),
        ("softwareDesc", "emulator"),
        ("softwareVersion", style.version),
    ]
    return told


def _company(header: Header, style: Style) -> Iterator[tuple[str, str]]:
    if not style.is_newer:
        yield "companyIdent", header.company
    yield "companyName", header.company
    yield "taxRegistrationCountry", "NL"
    yield "taxRegIdent", "NL000000000B00"


def _write_masters(file: Any, header: Header, entries: Sequence[Entry], style: Style) -> None:  # noqa: ANN401 - lxml has no type for it
    lines = [line for entry in entries for line in entry["lines"]]
    parties = sorted({str(line["party"]) for line in lines if line["party"]})
    accounts = sorted({str(line["account"]) for line in lines})
    file.write(
        tree(
            "customersSuppliers",
            [("customerSupplier", [("custSupID", padded(party, style))]) for party in parties],
        )
    )
    file.write(
        tree(
            "generalLedger",
            [
                (
                    "ledgerAccount",
                    [("accID", padded(account, style)), ("accDesc", f"account {account}"), ("accTp", "B")],
                )
                for account in accounts
            ],
        )
    )
    file.write(tree("vatCodes", [("vatCode", told) for told in _vat_codes(lines, style)]))
    opening: list[tuple[str, Any]] = [] if style.is_newer else [("opBalDate", header.first_day)]
    zero: list[tuple[str, Any]] = [("linesCount", "0"), ("totalDebit", "0.00"), ("totalCredit", "0.00")]
    file.write(tree("openingBalance", opening + zero))


def _vat_codes(lines: Iterable[Mapping[str, Any]], style: Style) -> Iterator[list[tuple[str, Any]]]:
    sums: dict[str, dict[str, Decimal]] = {}
    for line in lines:
        if line["vat_code"]:
            accounts = sums.setdefault(str(line["vat_code"]), {})
            if line["is_vat"]:
                accounts[line["account"]] = accounts.get(line["account"], ZERO) + signed_amount(line)
    for code, accounts in sorted(sums.items()):
        told: list[tuple[str, Any]] = [("vatID", code), ("vatDesc", f"VAT {code}")]
        if style.vat_accounts and accounts:
            # What is mostly credit is to be paid; each code has one account for either at most.
            by_amount = [account for account, _ in sorted(accounts.items(), key=lambda pair: pair[1])]
            if len(by_amount) > 1 or accounts[by_amount[0]] < ZERO:
                told.append(("vatToPayAccID", padded(by_amount[0], style)))
            if len(by_amount) > 1 or accounts[by_amount[0]] >= ZERO:
                told.append(("vatToClaimAccID", padded(by_amount[-1], style)))
        yield told


def _write_transactions(file: Any, header: Header, entries: Sequence[Entry], style: Style) -> None:  # noqa: ANN401 - lxml has no type for it
    legs = [with_side(signed_amount(line), style) for entry in entries for line in entry["lines"]]
    with file.element("transactions"):
        if style.totals:
            totals = {side: sum((amount for amount, of in legs if of == side), ZERO) for side in "DC"}
            for name, told in (
                ("linesCount", str(len(legs))),
                ("totalDebit", str(totals["D"])),
                ("totalCredit", str(totals["C"])),
            ):
                file.write(tree(name, told))
        if style.opening_journal:
            file.write(tree("journal", _opening(header, style)))
        for journal, group in groupby(entries, key=lambda entry: str(entry["journal"])):
            booked = list(group)
            with file.element("journal"):
                for name, told in _journal(journal, booked, style):
                    file.write(tree(name, told))
                for entry in booked:
                    file.write(tree("transaction", _transaction(entry, style)))


def _journal(journal: str, entries: Sequence[Entry], style: Style) -> Iterator[tuple[str, str]]:
    yield "jrnID", padded(journal, style)
    yield "desc", f"journal {journal}"
    yield "jrnTp", "Z"
    first = entries[0]["lines"][0]
    if style.offset_accounts and entries[0]["party"]:
        yield "offsetAccID", padded(first["account"], style)


def _transaction(entry: Entry, style: Style) -> list[tuple[str, Any]]:
    _, _, period = str(entry["period"]).partition("/")
    told: list[tuple[str, Any]] = [("nr", entry["number"])]
    if entry["reference"]:
        told.append(("desc", entry["reference"]))
    told += [("periodNumber", period), ("trDt", style.typed_on or entry["date"])]
    if not style.is_newer:
        told.append(("sourceID", "emulator"))
    return told + [
        ("trLine", _line(number, line, entry, style)) for number, line in enumerate(entry["lines"], start=1)
    ]


def _line(number: int, line: Mapping[str, Any], entry: Entry, style: Style) -> list[tuple[str, Any]]:
    amount, side = with_side(signed_amount(line), style)
    party = line["party"] or (entry["party"] if style.party_on_every_leg else None)
    told: list[tuple[str, Any]] = [
        ("nr", str(number)),
        ("accID", padded(line["account"], style)),
        ("docRef", entry["document"] or ""),
        ("effDate", entry["date"]),
    ]
    if line["text"]:
        told.append(("desc", line["text"]))
    told += [("amnt", str(amount)), ("amntTp", side)]
    if party:
        told.append(("custSupID", padded(party, style)))
    if line["party"] and entry["document"]:
        told.append(("invRef", entry["document"]))
    if line["cost_centre"]:
        told.append(("cost" if style.is_newer else "costID", line["cost_centre"]))
    if line["vat_code"] and style.vat_on != "nothing" and not (style.vat_on == "base" and line["is_vat"]):
        told.append(("vat", _vat(line, entry)))
    if style.currency and entry["currency"] != "EUR":
        in_currency = abs(Decimal(line["in_currency"]))
        told.append(("currency", [("curCode", entry["currency"]), ("curAmnt", str(in_currency))]))
    return told


def _vat(line: Mapping[str, Any], entry: Entry) -> list[tuple[str, Any]]:
    coded = [each for each in entry["lines"] if each["vat_code"] == line["vat_code"]]
    base = sum((signed_amount(each) for each in coded if not each["is_vat"]), ZERO)
    vat = sum((signed_amount(each) for each in coded if each["is_vat"]), ZERO)
    rate = vat / base if base else ZERO
    share = ZERO if line["is_vat"] else (signed_amount(line) * rate).quantize(ZERO)
    return [
        ("vatID", line["vat_code"]),
        ("vatPerc", str(abs(rate * 100).quantize(Decimal("0.001")))),
        ("vatAmnt", str(abs(share))),
        ("vatAmntTp", "C" if share < ZERO else "D"),
    ]


def _opening(header: Header, style: Style) -> list[tuple[str, Any]]:
    """Write the opening balance as a journal of its own, in period 0, as 3.2 allows."""
    legs = [
        [("nr", number), ("accID", account), ("docRef", "BB"), ("effDate", header.first_day),
         ("amnt", "0.00"), ("amntTp", side)]
        for number, account, side in (("1", "0100", "D"), ("2", "0900", "C"))
    ]  # fmt: skip
    transaction = [
        ("nr", "1"),
        ("periodNumber", "0"),
        ("trDt", header.first_day),
        *(("trLine", leg) for leg in legs),
    ]
    return [
        ("jrnID", padded("BB", style)),
        ("desc", "Opening"),
        ("jrnTp", "O"),
        ("transaction", transaction),
    ]
