"""The sample documents become exactly the postings that are published for them, to the cent.

Sample documents and postings: S1 to S9, P1 to P3 and J1 of the source's contract.
"""

from collections import defaultdict
from decimal import Decimal

import pytest

from finance_hooks.model.document import Document, DocumentType, EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from tests.mapping.examples import a_document, a_line, vat_of
from tests.mapping.map_one import MapOne

PARTY_ACCOUNTS = {EntryKind.SALES: "1300", EntryKind.PURCHASE: "1600"}

S1 = a_document(
    [
        a_line(1, "8000", "150.00", cost_centre="INZ"),
        a_line(2, "8010", "12.50"),
        a_line(3, "8020", "176.70", cost_centre="VERW"),
        a_line(4, "8030", "6.75", cost_centre="INZ"),
    ],
    [vat_of("VH21", "72.65", base="345.95")],
)
S2 = a_document(
    [a_line(1, "8100", "3307.20", "VVERL"), a_line(2, "8010", "185.00")],
    [vat_of("VVERL", "0.00"), vat_of("VH21", "38.85")],
    party="20007",
)
S3 = a_document(
    [a_line(1, "8000", "-18.75"), a_line(2, "8030", "-0.84")],
    [vat_of("VH21", "-4.11")],
    DocumentType.SALES_CREDIT_NOTE,
    original_number="2026100123",
)
S4 = a_document([a_line(1, "8110", "2638.48", "VICL")], [vat_of("VICL", "0.00")])
S5 = a_document([a_line(1, "8050", "128.80")], [vat_of("VH21", "27.05")])
S6 = a_document([a_line(1, "8060", "27.60", "VBTN")], [vat_of("VBTN", "0.00")])
S7 = a_document(
    [a_line(1, "8040", "2000.00")], [vat_of("VH21", "420.00")], g_account_amount=Decimal("968.00")
)
S8 = a_document(
    [a_line(1, "8070", "115.32", "VBTN"), a_line(2, "8070", "121.50", "VBTN")], [vat_of("VBTN", "0.00")]
)
S9 = a_document([a_line(1, "8000", "37.50"), a_line(2, "8010", "12.50")], [vat_of("VH21", "10.50")])
P1 = a_document(
    [a_line(1, "7000", "810.60", "IVERL21"), a_line(2, "7000", "1147.00", "IVERL21")],
    [vat_of("IVERL21", "0.00", shifted="411.10")],
    DocumentType.SELF_BILLED_PURCHASE,
)
P2 = a_document([a_line(1, "7010", "14.45", "IBTN")], [vat_of("IBTN", "0.00")], DocumentType.PURCHASE_INVOICE)
P3 = a_document(
    [a_line(1, "7100", "2422.56", "IH21"), a_line(2, "7110", "988.80", "IH21")],
    [vat_of("IH21", "716.39")],
    DocumentType.PURCHASE_INVOICE,
    party="70020",
)
J1 = a_document(
    [a_line(1, "1350", "1250.00", None), a_line(2, "8090", "-1250.00", None, cost_centre="INZ")],
    (),
    DocumentType.MEMORIAL,
)
POSTINGS = {
    "S1": (S1, "1300 418.60 / 8000 150.00, 8010 12.50, 8020 176.70, 8030 6.75, 1650 72.65"),
    "S2": (S2, "1300 3531.05 / 8100 3307.20, 8010 185.00, 1650 38.85"),
    "S3": (S3, "8000 18.75, 8030 0.84, 1650 4.11 / 1300 23.70"),
    "S4": (S4, "1300 2638.48 / 8110 2638.48"),
    "S5": (S5, "1300 155.85 / 8050 128.80, 1650 27.05"),
    "S6": (S6, "1300 27.60 / 8060 27.60"),
    "S7": (S7, "1300 2420.00 / 8040 2000.00, 1650 420.00"),
    "S8": (S8, "1300 236.82 / 8070 236.82"),
    "S9": (S9, "1300 60.50 / 8000 37.50, 8010 12.50, 1650 10.50"),
    "P1": (P1, "7000 1957.60, 1660 411.10 / 1600 1957.60, 1655 411.10"),
    "P2": (P2, "7010 14.45 / 1600 14.45"),
    "P3": (P3, "7100 2422.56, 7110 988.80, 1660 716.39 / 1600 4127.75"),
    "J1": (J1, "1350 1250.00 / 8090 1250.00"),
}


def legs_of(entry: Entry) -> dict[str, Decimal]:
    """Add up debit minus credit by account, the party's and the VAT accounts included."""
    legs: dict[str, Decimal] = defaultdict(lambda: ZERO)
    sign = -1 if entry.kind is EntryKind.SALES else 1
    if entry.kind is not EntryKind.MEMORIAL:
        legs[PARTY_ACCOUNTS[entry.kind]] -= sign * entry.gross
    for line in entry.lines:
        legs[line.ledger_account] += sign * line.amount
        legs[line.vat_account or ""] += sign * (line.vat_amount + line.reverse_charge_amount)
        legs[line.reverse_charge_account or ""] -= sign * line.reverse_charge_amount
    return {account: amount for account, amount in legs.items() if amount}


def published_legs(text: str) -> dict[str, Decimal]:
    debit, credit = ([part.split(" ") for part in side.split(", ")] for side in text.split(" / "))
    return {account: Decimal(amount) for account, amount in debit} | {
        account: -Decimal(amount) for account, amount in credit
    }


@pytest.mark.parametrize("name", POSTINGS)
def test_sample_becomes_its_published_posting(map_one: MapOne, name: str) -> None:
    document, posting = POSTINGS[name]

    mapped = map_one(document)

    assert mapped.reasons == ()
    assert mapped.entry is not None
    assert legs_of(mapped.entry) == published_legs(posting)
    assert sum(legs_of(mapped.entry).values()) == ZERO


def test_shifted_vat_of_a_purchase_is_divided_over_its_lines(map_one: MapOne) -> None:
    mapped = map_one(P1)

    assert mapped.entry is not None
    assert [line.reverse_charge_amount for line in mapped.entry.lines] == [
        Decimal("170.23"),
        Decimal("240.87"),
    ]
    assert [line.vat_amount for line in mapped.entry.lines] == [ZERO, ZERO]


def test_blocked_account_part_does_not_change_the_posting(map_one: MapOne) -> None:
    mapped = map_one(S7)

    assert mapped.entry is not None
    assert (mapped.entry.gross, mapped.entry.g_account_amount) == (Decimal("2420.00"), Decimal("968.00"))


def credit_of(document: Document) -> Document:
    lines = [
        a_line(line.number, line.ledger_account, str(-line.amount), line.vat_code) for line in document.lines
    ]
    vat = [
        vat_of(one.vat_code, str(-one.amount), shifted=str(-one.reverse_charge_amount))
        for one in document.vat_amounts
    ]
    sales = document.type.kind is EntryKind.SALES
    credit = DocumentType.SALES_CREDIT_NOTE if sales else DocumentType.PURCHASE_CREDIT_NOTE
    return a_document(lines, vat, credit, party=document.party)


@pytest.mark.parametrize("name", [name for name in POSTINGS if name not in ("S3", "J1")])
def test_invoice_and_its_full_credit_net_to_nothing_on_every_account(map_one: MapOne, name: str) -> None:
    document = POSTINGS[name][0]

    invoice, credit = map_one(document).entry, map_one(credit_of(document)).entry

    assert invoice is not None
    assert credit is not None
    assert legs_of(credit) == {account: -amount for account, amount in legs_of(invoice).items()}
