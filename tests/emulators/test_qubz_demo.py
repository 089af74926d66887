"""The sample documents: amounts, dates, references, and what each refused one breaks."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from stdnum import iban
from stdnum.be import vat as be_vat
from stdnum.nl import btw

from emulators.qubz.app import QubzEmulator
from emulators.qubz.demo import demo, manifest
from emulators.qubz.postings import legs_of, totals_of
from tests.emulators.qubz_client import rows

PINNED = date(2026, 11, 6)


def amounts(**texts: str) -> dict[str, Decimal]:
    return {account.removeprefix("a"): Decimal(text) for account, text in texts.items()}


@pytest.mark.parametrize(
    ("name", "number", "dated_on", "net", "vat", "gross"),
    [
        ("S1", "2026100123", "2026-10-31", "345.95", "72.65", "418.60"),
        ("S2", "2026100124", "2026-10-31", "3492.20", "38.85", "3531.05"),
        ("S3", "2026110007", "2026-11-05", "-19.59", "-4.11", "-23.70"),
        ("S4", "2026100125", "2026-10-30", "2638.48", "0.00", "2638.48"),
        ("S5", "2026100126", "2026-10-31", "128.80", "27.05", "155.85"),
        ("S6", "2026100127", "2026-10-31", "27.60", "0.00", "27.60"),
        ("S7", "2026100128", "2026-10-30", "2000.00", "420.00", "2420.00"),
        ("S8", "2026100129", "2026-10-30", "236.82", "0.00", "236.82"),
        ("S9", "2026100301", "2026-10-31", "50.00", "10.50", "60.50"),
        ("P1", "ZF-2026-0031", "2026-10-30", "1957.60", "0.00", "1957.60"),
        ("P2", "ZF-2026-0032", "2026-10-30", "14.45", "0.00", "14.45"),
        ("P3", "IF-2026-0412", "2026-10-31", "3411.36", "716.39", "4127.75"),
    ],
)
def test_a_sample_has_the_published_amounts(
    name: str, number: str, dated_on: str, net: str, vat: str, gross: str
) -> None:
    row = next(sample.row for sample in demo(PINNED) if sample.name == name)

    assert (row["InvoiceNumber"], str(row["InvoiceDate"])) == (number, dated_on)
    assert [row["TotalNet"], row["TotalVat"], row["TotalGross"]] == [
        Decimal(net),
        Decimal(vat),
        Decimal(gross),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "S1",
            amounts(
                a1300="418.60",
                a8000="-150.00",
                a8010="-12.50",
                a8020="-176.70",
                a8030="-6.75",
                a1650="-72.65",
            ),
        ),
        ("S2", amounts(a1300="3531.05", a8100="-3307.20", a8010="-185.00", a1650="-38.85")),
        ("S3", amounts(a1300="-23.70", a8000="18.75", a8030="0.84", a1650="4.11")),
        ("P1", amounts(a7000="1957.60", a1660="411.10", a1600="-1957.60", a1655="-411.10")),
        ("P3", amounts(a7100="2422.56", a7110="988.80", a1660="716.39", a1600="-4127.75")),
        ("J1", amounts(a1350="1250.00", a8090="-1250.00")),
    ],
)
def test_a_sample_posts_as_published(name: str, expected: dict[str, Decimal]) -> None:
    row = next(sample.row for sample in demo(PINNED) if sample.name == name)

    assert totals_of(legs_of(row)) == expected


@pytest.mark.parametrize(
    "today", [date(2026, 11, 6), date(2026, 1, 1), date(2026, 3, 31), date(2028, 2, 29), date(2026, 12, 1)]
)
def test_the_demo_lies_in_the_open_window_and_stays_small(today: date) -> None:
    entries = manifest(today)
    documents = [sample.row for sample in demo(today)]

    dated = [row.get("InvoiceDate") or row.get("EntryDate") for row in documents]
    assert all(today - timedelta(days=45) <= day <= today for day in dated if isinstance(day, date))
    assert max(Counter(entry["organisation"] for entry in entries).values()) <= 50
    assert len({(entry["resource"], entry["id"]) for entry in entries}) == len(entries)
    assert len({(entry["organisation"], entry["number"]) for entry in entries}) == len(entries)


def test_the_manifest_names_a_rule_for_every_parked_document() -> None:
    entries = manifest(PINNED)

    assert {entry["outcome"] for entry in entries} == {"booked", "parked", "not_taken_up"}
    assert all(bool(entry["rules"]) is (entry["outcome"] == "parked") for entry in entries)
    parked = {rule for entry in entries for rule in entry["rules"]}
    assert parked >= {"V15", "C3", "C4", "R6", "B4", "R5", "not_final", "unknown_member", "unmapped_vat_code"}


def test_every_code_of_a_document_is_in_its_organisations_masters(qubz: QubzEmulator) -> None:
    known = {
        (name, organisation): {row[key] for row in rows(qubz, name, organisation=organisation)}
        for name, key in {
            "vatcodes": "Code",
            "ledgeraccounts": "Code",
            "articles": "Code",
            "costcentres": "Code",
            "journals": "Code",
            "relations": "Number",
        }.items()
        for organisation in ("100", "200", "300", "400", "500")
    }

    for sample in demo(PINNED):
        organisation = sample.row["Organisation"]
        assert sample.row["JournalCode"] in known["journals", organisation]
        assert sample.row.get("RelationNumber") in known["relations", organisation] | {None}
        for line in sample.row["Lines"]:
            assert line["LedgerAccount"] in known["ledgeraccounts", organisation]
            assert line.get("VatCode") in known["vatcodes", organisation] | {None}
            assert line.get("ArticleCode") in known["articles", organisation] | {None}
            assert line.get("CostCentre") in known["costcentres", organisation] | {None}


def test_identifiers_of_relations_are_valid(qubz: QubzEmulator) -> None:
    for relation in rows(qubz, "relations"):
        number = relation["VatNumber"]
        if number and number.startswith(("NL", "BE")):
            assert (btw if number.startswith("NL") else be_vat).is_valid(number)
        if relation["Iban"]:
            assert iban.is_valid(relation["Iban"], check_country=False)


def test_the_books_route_lists_balanced_entries(qubz: QubzEmulator) -> None:
    for entry in qubz.books("100", None):
        debit = sum(Decimal(line["debit"]) for line in entry["lines"])
        credit = sum(Decimal(line["credit"]) for line in entry["lines"])
        broken_on_purpose = entry["document"] == 900204
        assert (debit == credit) is not broken_on_purpose, entry["number"]
