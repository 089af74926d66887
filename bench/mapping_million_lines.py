"""Map 1,000,000 lines by the demo's tables and print wall time and peak memory."""

import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

PROJECT = Path(__file__).parents[1]
sys.path.insert(0, str(PROJECT / "plugins"))

from finance_hooks.mapping.administrations import read_administrations  # noqa: E402 - needs the path
from finance_hooks.mapping.map_documents import map_documents  # noqa: E402
from finance_hooks.mapping.tables import read_tables  # noqa: E402
from finance_hooks.model.document import (  # noqa: E402
    Document,
    DocumentLine,
    DocumentStatus,
    DocumentType,
    ExportStatus,
    Treatment,
    VatAmount,
    VatDirection,
    VatRounding,
)
from finance_hooks.model.keys import DocumentKey  # noqa: E402
from finance_hooks.model.masters import Masters, Organisation, Party, PaymentTerm, VatCode  # noqa: E402
from finance_hooks.model.money import ZERO, round_half_up  # noqa: E402

LINES = 1_000_000
LINES_PER_DOCUMENT = (1, 3, 8, 40, 148)
ACCOUNTS = ("8000", "8010", "8020", "8030", "8040", "8050")
COST_CENTRES = ("INZ", "VERH", "VERW", "PERS", "MILIEU")
VAT_RATES = {"VH21": Decimal(21), "VL9": Decimal(9)}
PARTIES = 5_000
FIRST_DAY = date(2026, 1, 1)


class Limits:
    """The limits of a package that takes wide entries."""

    lines_max = 1_000
    description_length = 60


def main() -> None:
    """Map, and print lines, documents, seconds and the peak of resident memory in megabytes."""
    administration = next(row.administration for row in read_administrations() if row.administration)
    tables = read_tables(administration)
    lines = documents = 0
    before_mb = peak_mb()
    started = time.perf_counter()
    for mapped in map_documents(
        make_documents(),
        tables=tables,
        administration=administration,
        masters=make_masters(),
        settings=Limits(),
        posting_key=lambda document: f"{document.key}|bench|book|1",
    ):
        if mapped.entry is None:
            sys.exit(f"parked: {mapped.reasons}")
        documents += 1
        lines += len(mapped.entry.lines)
    seconds = time.perf_counter() - started
    made = time.perf_counter()
    for _ in make_documents():
        pass
    making = time.perf_counter() - made
    sys.stdout.write(
        f"{lines:,} lines of {documents:,} documents in {seconds:.1f} s, {making:.1f} s of it to make them; "
        f"peak memory {peak_mb():.0f} MB, {before_mb:.0f} MB of it before the first document\n"
    )


def peak_mb() -> float:
    """Return the peak of resident memory so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_documents() -> Iterator[Document]:
    """Make documents until they have 1,000,000 lines, one after the other."""
    made = number = 0
    while made < LINES:
        count = LINES_PER_DOCUMENT[number % len(LINES_PER_DOCUMENT)]
        yield make_document(number, count)
        made += count
        number += 1


def make_document(number: int, count: int) -> Document:
    """Make one invoice with two VAT rates."""
    lines = tuple(make_line(number, position) for position in range(count))
    vat = tuple(make_vat(code, lines) for code in VAT_RATES if any(line.vat_code == code for line in lines))
    net = sum((line.amount for line in lines), ZERO)
    vat_total = sum((amount.amount for amount in vat), ZERO)
    day = FIRST_DAY + timedelta(days=number % 365)
    return Document(
        key=DocumentKey(
            source_id="bench",
            organisation="100",
            document_type="sales_invoice",
            source_document_id=str(number),
        ),
        type=DocumentType.SALES_INVOICE,
        number=f"2026{number:08}",
        status=DocumentStatus.FINAL,
        export_status=ExportStatus.READY,
        document_date=day,
        due_date=day + timedelta(days=30),
        fiscal_year=day.year,
        period=day.month,
        journal=None,
        party=f"1{number % PARTIES:05}",
        supplier_number=None,
        original_number=None,
        description="",
        currency="EUR",
        exchange_rate=None,
        payment_term="30",
        total_net=net,
        total_vat=vat_total,
        total_gross=net + vat_total,
        g_account_amount=ZERO,
        lines=lines,
        vat_amounts=vat,
        changed_at=None,
    )


def make_line(number: int, position: int) -> DocumentLine:
    """Make one line; amounts, accounts and VAT codes vary with its place."""
    return DocumentLine(
        number=position + 1,
        description=f"Lediging rolcontainer locatie {position}",
        amount=Decimal(100 + (number * 31 + position * 17) % 50_000).scaleb(-2),
        vat_code=tuple(VAT_RATES)[position % 7 == 6],
        ledger_account=ACCOUNTS[position % len(ACCOUNTS)],
        cost_centre=COST_CENTRES[position % len(COST_CENTRES)],
    )


def make_vat(code: str, lines: tuple[DocumentLine, ...]) -> VatAmount:
    """Calculate one code's VAT over the whole document."""
    base = sum((line.amount for line in lines if line.vat_code == code), ZERO)
    rate = VAT_RATES[code]
    return VatAmount(
        vat_code=code, category="S", rate=rate, base=base, amount=round_half_up(base * rate / 100)
    )


def make_masters() -> Masters:
    """Make an organisation with some thousands of debtors."""
    organisation = Organisation(
        code="100",
        name="Voorbeeld Recycling B.V.",
        country="NL",
        currency="EUR",
        vat_number=None,
        fiscal_year_start_month=1,
        vat_rounding=VatRounding.PER_INVOICE,
        finance_link=None,
    )
    numbers = [f"1{index:05}" for index in range(PARTIES)]
    treatments = {"VH21": Treatment.STANDARD, "VL9": Treatment.REDUCED}
    return Masters(
        organisation=organisation,
        parties={number: make_party(number) for number in numbers},
        vat_codes={
            code: VatCode(
                code=code,
                name=code,
                rate=rate,
                direction=VatDirection.SALES,
                treatment=treatments[code],
                category="S",
                country="NL",
            )
            for code, rate in VAT_RATES.items()
        },
        payment_terms={"30": PaymentTerm(code="30", days=30)},
    )


def make_party(number: str) -> Party:
    """Make one debtor."""
    return Party(
        number=number,
        name=f"Klant {number}",
        country="NL",
        is_debtor=True,
        is_creditor=False,
        debtor_number=number,
        creditor_number=None,
        vat_number=None,
        coc_number=None,
        payment_term="30",
        self_billing_agreement=False,
    )


if __name__ == "__main__":
    main()
