"""Generated documents obey the rules, whatever the seed."""

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice, pairwise

import pytest

from emulators.qubz.app import QubzEmulator
from emulators.qubz.generator import LONGER, Generated, Wanted, generate
from emulators.qubz.postings import legs_of

CENT = Decimal("0.01")
UNITS = {"TNE", "KGM", "H87", "MTQ", "LTR", "DAY", "WEE", "MON", "HUR", "C62"}


def some(count: int = 1500, **fields: object) -> list[Generated]:
    wanted = Wanted(count=count, dated_from=date(2026, 1, 1), dated_until=date(2026, 3, 31), **fields)  # type: ignore[arg-type]
    return list(generate(wanted))


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def test_every_document_balances() -> None:
    for document in some(seed=1):
        assert sum(leg["amount"] for leg in legs_of(document.row)) == 0


@pytest.mark.parametrize("rounding", ["PerInvoice", "PerLine"])
def test_sums_and_vat_agree_to_the_cent(rounding: str) -> None:
    for document in some(seed=2, rounding=rounding):
        row = document.row
        if document.resource == "memorials":
            continue
        parts = row["VatBreakdown"]
        assert row["TotalNet"] == sum(line["NetAmount"] for line in row["Lines"])
        assert row["TotalNet"] == sum(part["Base"] for part in parts)
        assert row["TotalVat"] == sum(part["Amount"] for part in parts)
        assert row["TotalGross"] == row["TotalNet"] + row["TotalVat"]
        for part in parts:
            nets = [line["NetAmount"] for line in row["Lines"] if line["VatCode"] == part["VatCode"]]
            rate = next(line["VatRate"] for line in row["Lines"] if line["VatCode"] == part["VatCode"]) or 0
            per_line = sum(rounded(net * rate / 100) for net in nets)
            vat = per_line if rounding == "PerLine" else rounded(sum(nets) * rate / 100)
            assert vat == part.get("ReverseChargeAmount", part["Amount"])


def test_categories_units_and_originals_obey_the_rules() -> None:
    for document in some(seed=3):
        row = document.row
        if document.resource == "memorials":
            continue
        categories = {part["Category"] for part in row["VatBreakdown"]}
        assert "O" not in categories or categories == {"O"}
        assert all(part["Amount"] == 0 for part in row["VatBreakdown"] if part["Category"] != "S")
        assert {line["UnitCode"] for line in row["Lines"]} <= UNITS
        assert bool(row["OriginalInvoiceNumber"]) is row["DocumentType"].endswith("CreditNote")


def test_all_kinds_come_and_long_documents_are_few() -> None:
    documents = some(count=4000, seed=4)

    kinds = Counter(document.row.get("DocumentType", "Memorial") for document in documents)
    lengths = [len(document.row["Lines"]) for document in documents]
    assert set(kinds) == {
        "SalesInvoice",
        "SalesCreditNote",
        "PurchaseInvoice",
        "PurchaseCreditNote",
        "SelfBilledPurchase",
        "SelfBilledCreditNote",
        "Memorial",
    }
    assert max(lengths) > 40
    assert max(lengths) <= 400
    assert sum(length > 40 for length in lengths) < 0.02 * len(lengths)


def test_dates_lie_in_the_range_and_a_credit_follows_its_invoice() -> None:
    dated: dict[str | None, date] = {}
    for document in some(seed=5):
        row = document.row
        day = row.get("InvoiceDate") or row["EntryDate"]
        assert date(2026, 1, 1) <= day <= date(2026, 3, 31)
        assert row["Period"] == day.month
        if row.get("OriginalInvoiceNumber"):
            assert dated[row["OriginalInvoiceNumber"]] <= day
        dated[row.get("InvoiceNumber")] = day


def test_the_same_seed_gives_the_same_documents_and_streams() -> None:
    endless = Wanted(count=10**9, dated_from=date(2026, 1, 1), dated_until=date(2026, 3, 31), seed=6)

    assert [each.row for each in islice(generate(endless), 50)] == [each.row for each in some(50, seed=6)]


def test_a_share_breaks_a_rule_and_says_which() -> None:
    documents = some(seed=7, bad_share=0.2)

    broken = Counter(document.broken_rule for document in documents)
    good = broken.pop(None)
    assert 0.1 < 1 - good / len(documents) < 0.3
    assert {"R6", "R5", "C5", "not_final", "unknown_member", "missing_exchange_rate"} <= set(broken)
    assert not any(document.broken_rule for document in some(200, seed=7))


def test_organisations_can_be_added_that_trade_as_a_dutch_one(qubz: QubzEmulator) -> None:
    assert qubz.load({"copies": {"500": {"9001": "C001"}}}) == {"copies": 1}
    qubz.load({"generate": {"count": 20, "until": "2026-10-31", "organisations": ["9001"]}})

    added = qubz.documents.rows["organisations"]
    entries = list(qubz.books("9001", None))
    (link,) = (row["FinanceLink"] for row in added.values() if row["Code"] == "9001")
    assert link["AdministrationCode"] == "C001"
    assert len(entries) == 20
    with pytest.raises(ValueError, match="no Dutch organisation"):
        qubz.load({"copies": {"200": {"9002": "C002"}}})


def test_loading_twice_takes_new_ids(qubz: QubzEmulator) -> None:
    wish = {"generate": {"count": 30, "until": "2026-11-05", "seed": 8}}

    counts = [sum(qubz.load(wish).values()) for _ in range(2)]

    assert counts == [30, 30]
    assert qubz.documents.highest_id() == 1_000_059


def test_prices_may_include_vat_and_half_of_the_totals_are_what_the_prices_say() -> None:
    documents = some(seed=9, inclusive_share=1.0, count=400)
    kept = worked_out = 0
    for document in documents:
        row = document.row
        parts = row.get("VatBreakdown", [])
        if document.resource == "memorials" or {part["Category"] for part in parts} != {"S"}:
            continue
        if str(row["DocumentType"]).endswith("CreditNote"):
            continue
        gross = sum(rounded(line["Quantity"] * line["UnitPrice"]) for line in row["Lines"])
        for line in row["Lines"]:
            price = line["Quantity"] * line["UnitPrice"]
            assert line["NetAmount"] == rounded(price / (1 + line["VatRate"] / 100))
        assert row["TotalGross"] == row["TotalNet"] + row["TotalVat"]
        kept += row["TotalGross"] == gross
        by_method = sum(rounded(part["Base"] * part["Rate"] / 100) for part in parts)
        worked_out += row["TotalVat"] == by_method
        assert gross == row["TotalGross"] or by_method == row["TotalVat"]
    assert kept > 50
    assert worked_out > 50


def test_credit_of_the_whole_follows_its_invoice_and_takes_back_every_leg() -> None:
    documents = [each.row for each in some(seed=10, inclusive_share=0.3, whole_credit_share=0.5, count=600)]
    pairs = [
        (invoice, credit)
        for invoice, credit in pairwise(documents)
        if credit.get("OriginalInvoiceNumber") == invoice.get("InvoiceNumber", "")
        # By chance one of its lines may be credited next.
        and len(credit["Lines"]) == len(invoice["Lines"])
    ]

    assert len(pairs) > 100
    for invoice, credit in pairs:
        assert [line["amount"] for line in legs_of(credit)] == [-line["amount"] for line in legs_of(invoice)]
        assert credit["InvoiceDate"] == invoice["InvoiceDate"]


def test_documents_may_have_up_to_a_thousand_lines() -> None:
    lengths = [len(each.row["Lines"]) for each in some(seed=11, lengths=LONGER, count=3000)]

    assert 400 < max(lengths) <= 1000
    assert min(lengths) == 1
    assert sum(length > 40 for length in lengths) < 0.02 * len(lengths)
