"""An audit file of any version and package is read booking by booking, in bounded memory, safely."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import psutil
import pytest
from lxml import etree

from emulators.audit_file_style import NAMESPACES, Style
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.posting.audit_file import AuditFile
from tests.posting.audit_files import SALE, leg, read, written

SCHEMA = Path(__file__).with_name("audit_file_order.rng")
BEGIN = '<auditfile xmlns="http://www.auditfiles.nl/XAF/3.2">'
BOOKING = (
    "<company><transactions><journal><jrnID>70</jrnID><transaction><nr>1</nr><periodNumber>10</periodNumber>"
    "<trDt>2026-10-31</trDt><trLine><nr>1</nr><accID>1300</accID><docRef/><effDate>2026-10-31</effDate>"
    "<amnt>{amount}</amnt><amntTp>{side}</amntTp></trLine></transaction></journal></transactions></company>"
)


def test_header_and_vat_accounts_are_known_when_the_first_booking_comes(tmp_path: Path) -> None:
    file = written(tmp_path, Style(version="4.0"))

    next(file.transactions())

    assert (file.fiscal_years, file.first_day, file.last_day) == (
        (2026,),
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert (file.made_on, file.currency, file.software) == (date(2026, 11, 6), "EUR", "emulator 4.0")
    assert file.version == NAMESPACES["4.0"]
    assert file.vat_accounts == {"1650": {"4"}}


def test_booking_is_read_with_its_journal_legs_and_references(tmp_path: Path) -> None:
    (transaction,) = read(tmp_path, Style(offset_accounts=True))

    assert (transaction.journal, transaction.number, transaction.period) == ("70", "26700001", 10)
    assert transaction.offset_account == "1300"
    assert transaction.references == ("QABCDEFGHIJ",)
    assert transaction.effective_day == date(2026, 10, 31)
    assert [(one.account, one.amount, one.vat_codes, one.party) for one in transaction.lines] == [
        ("1300", Decimal("418.60"), (), "10045"),
        ("8000", Decimal("-345.95"), ("4",), None),
        ("1650", Decimal("-72.65"), ("4",), None),
    ]


@pytest.mark.parametrize(
    "style",
    [
        *(Style(version=version) for version in NAMESPACES),
        Style(namespace=None),
        Style(namespace="http://www.auditfiles.nl/XAF/4.0"),
        Style(totals=False),
        Style(signed=True),
        Style(vat_on="base"),
    ],
    ids=["3.2", "3.2.1", "4.0", "no namespace", "made-up namespace", "no totals", "signed", "VAT on base"],
)
def test_ways_of_packages_give_the_same_amounts(tmp_path: Path, style: Style) -> None:
    (transaction,) = read(tmp_path, style)

    assert [one.amount for one in transaction.lines] == [
        Decimal("418.60"), Decimal("-345.95"), Decimal("-72.65"),
    ]  # fmt: skip


def test_opening_journal_and_closing_periods_are_read_as_they_are_numbered(tmp_path: Path) -> None:
    closing = SALE | {"number": "2", "period": "2026/13"}

    found = read(tmp_path, Style(opening_journal=True), [SALE, closing])

    assert [(one.journal, one.period) for one in found] == [("BB", 0), ("70", 10), ("70", 13)]


def test_bare_reference_and_the_day_of_typing_are_understood(tmp_path: Path) -> None:
    bare = SALE | {"reference": None, "document": "QABCDEFGHI2 2026100123"}

    (transaction,) = read(tmp_path, Style(typed_on="2026-11-02"), [bare])

    assert transaction.references == ("QABCDEFGHI2",)
    assert (transaction.day, transaction.effective_day) == (date(2026, 11, 2), date(2026, 10, 31))


def test_legs_of_several_days_are_of_the_booking_s_day(tmp_path: Path) -> None:
    (transaction,) = read(tmp_path, Style())
    first, *others = transaction.lines

    mixed = replace(transaction, lines=(replace(first, day=date(2026, 10, 30)), *others))

    assert mixed.effective_day == date(2026, 10, 31)


def test_foreign_amounts_have_the_side_of_their_leg(tmp_path: Path) -> None:
    dollars = SALE | {
        "currency": "USD",
        "lines": [
            leg("1300", "92.00", "0.00", in_currency="100.00", party="10045"),
            leg("8000", "0.00", "92.00", in_currency="-100.00"),
        ],
    }

    (transaction,) = read(tmp_path, Style(), [dollars])

    assert [(one.currency, one.in_currency) for one in transaction.lines] == [
        ("USD", Decimal("100.00")), ("USD", Decimal("-100.00")),
    ]  # fmt: skip


@pytest.mark.parametrize("style", [Style(version="3.2"), Style(version="4.0", zeros=2)], ids=["3.2", "4.0"])
def test_files_of_the_tests_have_the_order_of_the_standard(tmp_path: Path, style: Style) -> None:
    file = written(tmp_path, style)
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    tree = etree.parse(file.path)
    for element in tree.iter():
        element.tag = etree.QName(element).localname

    assert schema.validate(tree), schema.error_log


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<books/>", "is no audit file"),
        ("no XML at all", "cannot be read as an audit file"),
        (f"{BEGIN}<header>", "cannot be read as an audit file"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><auditfile>&x;</auditfile>', "declares a document type"),
        (f"{BEGIN}<header><startDate>soon</startDate></header></auditfile>", "soon"),
        (BEGIN + BOOKING.format(amount="1,00", side="D") + "</auditfile>", "booking 70 1"),
        (BEGIN + BOOKING.format(amount="NaN", side="D") + "</auditfile>", "booking 70 1"),
        (BEGIN + BOOKING.format(amount="1.00", side="X") + "</auditfile>", "booking 70 1"),
    ],
    ids=["other root", "not XML", "cut off", "document type", "day", "amount", "no number", "side"],
)
def test_what_is_no_audit_file_is_refused_with_its_place(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "broken.xaf"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigurationError, match=said):
        list(AuditFile(path).transactions())


def test_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        list(AuditFile(tmp_path / "none.xaf").transactions())


def test_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "latin.xaf"
    text = BEGIN + BOOKING.format(amount="1.00", side="D").replace("1300", "é") + "</auditfile>"
    path.write_bytes(f'<?xml version="1.0" encoding="ISO-8859-1"?>{text}'.encode("latin-1"))

    (transaction,) = AuditFile(path).transactions()

    assert transaction.lines[0].account == "é"


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    head, _, rest = BOOKING.format(amount="1.00", side="D").partition("<transaction>")
    booking, _, tail = rest.rpartition("</transaction>")
    path = tmp_path / "long.xaf"
    with path.open("w", encoding="utf-8") as to:
        to.write(BEGIN + head)
        for _ in range(60_000):
            to.write(f"<transaction>{booking}</transaction>")
        to.write(tail + "</auditfile>")
    memory = psutil.Process()
    before = memory.memory_info().rss

    read_bookings = sum(1 for _ in AuditFile(path).transactions())

    # As a tree these 15 MB take some 150.
    assert read_bookings == 60_000
    assert memory.memory_info().rss - before < 30_000_000
