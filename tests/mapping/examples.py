"""Build documents, masters and tables for the tests of mapping."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from finance_hooks.mapping import schemas
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.map_documents import MappedDocument, map_documents
from finance_hooks.mapping.tables import Tables, read_tables
from finance_hooks.model.administration import Administration
from finance_hooks.model.document import (
    Document,
    DocumentLine,
    DocumentStatus,
    DocumentType,
    EntryKind,
    ExportStatus,
    Treatment,
    VatAmount,
    VatDirection,
    VatRounding,
)
from finance_hooks.model.keys import DocumentKey
from finance_hooks.model.masters import Masters, Organisation, Party, PaymentTerm, VatCode
from finance_hooks.model.money import ZERO

ADMINISTRATION_ROW = "nl,100,qubz_default,books,books_nl,1234567,NL,2026-01-01,,,park,4990"
ACCOUNTS = "1300 1350 1600 7000 7010 7100 7110 8000 8010 8020 8030 8040 8050 8060 8070 8090 8100 8110"

# The source's own codes stand in for a package's, so that entries can be compared with published postings.
ROWS: Mapping[str, tuple[str, ...]] = {
    "administrations.csv": (ADMINISTRATION_ROW,),
    "books/journals.csv": (
        "nl,sales_invoice,,,VRK,",
        "nl,sales_credit_note,,,VRK,",
        "*,purchase_invoice,,,INK,",
        "*,purchase_credit_note,,,INK,",
        "*,self_billed_purchase,,,INK,",
        "*,memorial,,,MEM,",
    ),
    "books/ledger_accounts.csv": tuple(f"nl,{account},,,{account}," for account in ACCOUNTS.split()),
    "books/vat_codes.csv": (
        "nl,VH21,,,standard,sales,21,NL,VH21,1650,,1a,",
        "nl,VL9,,,reduced,sales,9,NL,VL9,1650,,1b,",
        "nl,VVERL,,,reverse_charge_domestic,sales,0,NL,VVERL,,,1e,",
        "nl,VICL,,,intra_eu_goods,sales,0,NL,VICL,,,3b,",
        "nl,VBTN,,,outside_scope,sales,,NL,VBTN,,,,",
        "nl,IH21,,,standard,purchase,21,NL,IH21,1660,,5b,",
        "nl,IVERL21,,,reverse_charge_domestic,purchase,21,NL,IVERL21,1660,1655,2a 5b,",
        "nl,IBTN,,,outside_scope,purchase,,NL,IBTN,,,,",
    ),
    "books/parties.csv": ("*,*,debtor,{number},", "*,*,creditor,{number},"),
    "books/cost_centres.csv": ("*,INZ,,,INZ,", "*,VERW,,,VERW,"),
    "books/cost_units.csv": ("*,REST,,,REST,",),
    "books/payment_terms.csv": ("*,30,,,30,",),
    "qubz/article_accounts.csv": ("100,LED,,8000,", "100,,HUUR,8010,", "100,LED,HUUR,8020,"),
}
HEADERS = {
    **{one.name: one for one in (schemas.ADMINISTRATIONS, schemas.POLICIES, schemas.EXPORTS)},
    f"qubz/{schemas.ARTICLE_ACCOUNTS.name}": schemas.ARTICLE_ACCOUNTS,
} | {f"books/{schema.name}": schema for schema in schemas.TARGET_SCHEMAS}


def write_folder(folder: Path, rows: Mapping[str, Iterable[str]] | None = None) -> Path:
    """Write the example tables, with other rows for the files named."""
    for name, lines in ({**ROWS} | {**(rows or {})}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([",".join(HEADERS[name].header), *lines]) + "\n", encoding="utf-8")
    return folder


def an_organisation(**fields: Any) -> Organisation:
    values: dict[str, Any] = {
        "code": "100",
        "name": "Voorbeeld Recycling B.V.",
        "country": "NL",
        "currency": "EUR",
        "vat_number": None,
        "fiscal_year_start_month": 1,
        "vat_rounding": VatRounding.PER_INVOICE,
        "finance_link": None,
    }
    return Organisation(**(values | fields))


def a_party(number: str, debtor_number: str | None, creditor_number: str | None) -> Party:
    return Party(
        number=number,
        name=f"Relatie {number}",
        country="NL",
        is_debtor=debtor_number is not None,
        is_creditor=creditor_number is not None,
        debtor_number=debtor_number,
        creditor_number=creditor_number,
        vat_number=None,
        coc_number=None,
        payment_term="30",
        self_billing_agreement=True,
    )


def a_vat_code(code: str, treatment: Treatment, direction: VatDirection | None, rate: str | None) -> VatCode:
    return VatCode(
        code=code,
        name=code,
        rate=None if rate is None else Decimal(rate),
        direction=direction,
        treatment=treatment,
        category=None,
        country="NL",
    )


def some_masters(**fields: Any) -> Masters:
    sales, purchase = VatDirection.SALES, VatDirection.PURCHASE
    values: dict[str, Any] = {
        "organisation": an_organisation(),
        "parties": {
            party.number: party
            for party in (
                a_party("10045", "10045", None),
                a_party("20007", "20007", "70007"),
                a_party("70020", None, "70020"),
                a_party("99999", None, None),
            )
        },
        "vat_codes": {
            code.code: code
            for code in (
                a_vat_code("VH21", Treatment.STANDARD, sales, "21.0"),
                a_vat_code("VL9", Treatment.REDUCED, sales, "9.0"),
                a_vat_code("VVERL", Treatment.REVERSE_CHARGE_DOMESTIC, sales, "0.0"),
                a_vat_code("VICL", Treatment.INTRA_EU_GOODS, sales, "0.0"),
                a_vat_code("VBTN", Treatment.OUTSIDE_SCOPE, sales, None),
                a_vat_code("IH21", Treatment.STANDARD, purchase, "21.0"),
                a_vat_code("IVERL21", Treatment.REVERSE_CHARGE_DOMESTIC, purchase, "21.0"),
                a_vat_code("IBTN", Treatment.OUTSIDE_SCOPE, purchase, None),
            )
        },
        "payment_terms": {"30": PaymentTerm(code="30", days=30)},
    }
    return Masters(**(values | fields))


def a_line(
    number: int, account: str | None, amount: str, vat_code: str | None = "VH21", **fields: Any
) -> DocumentLine:
    values: dict[str, Any] = {"description": f"Regel {number}", "ledger_account": account}
    return DocumentLine(number=number, amount=Decimal(amount), vat_code=vat_code, **(values | fields))


def vat_of(
    code: str, amount: str, base: str = "0", shifted: str = "0.00", rate: str | None = None
) -> VatAmount:
    return VatAmount(
        vat_code=code,
        category=None,
        rate=None if rate is None else Decimal(rate),
        base=Decimal(base),
        amount=Decimal(amount),
        reverse_charge_amount=Decimal(shifted),
    )


def a_document(
    lines: Iterable[DocumentLine] = (),
    vat: Iterable[VatAmount] = (),
    document_type: DocumentType = DocumentType.SALES_INVOICE,
    **fields: Any,
) -> Document:
    """Build a document; by default the one-line sales invoice of 100.00 and 21.00 VAT."""
    lines = tuple(lines) or (a_line(1, "8000", "100.00", cost_centre="INZ"),)
    vat_amounts = tuple(vat) if vat or document_type is DocumentType.MEMORIAL else (vat_of("VH21", "21.00"),)
    net = sum((line.amount for line in lines), ZERO)
    gross = net + sum((amount.amount for amount in vat_amounts), ZERO)
    memorial = document_type is DocumentType.MEMORIAL
    if memorial:
        net = gross = sum((line.amount for line in lines if line.amount > 0), ZERO)
    purchase = document_type.kind is EntryKind.PURCHASE
    values: dict[str, Any] = {
        "key": DocumentKey(
            source_id="qubz", organisation="100", document_type=str(document_type), source_document_id="1"
        ),
        "number": "2026100123",
        "status": DocumentStatus.FINAL,
        "export_status": ExportStatus.READY,
        "document_date": date(2026, 10, 31),
        "due_date": date(2026, 11, 30),
        "fiscal_year": 2026,
        "period": 10,
        "journal": None,
        "party": None if memorial else "20007" if purchase else "10045",
        "supplier_number": None,
        "original_number": None,
        "description": "",
        "currency": "EUR",
        "exchange_rate": None,
        "payment_term": None if memorial else "30",
        "total_net": net,
        "total_vat": gross - net,
        "total_gross": gross,
        "g_account_amount": ZERO,
        "changed_at": None,
    }
    return Document(type=document_type, lines=lines, vat_amounts=vat_amounts, **(values | fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of an imagined package."""

    lines_max: int = 1000
    description_length: int = 60


def the_administration(folder: Path) -> Administration:
    administration = read_administrations(folder)[0].administration
    assert administration is not None
    return administration


def map_all(
    folder: Path,
    documents: Iterable[Document],
    *,
    masters: Masters | None = None,
    limits: Limits | None = None,
    tables: Tables | None = None,
) -> list[MappedDocument]:
    administration = the_administration(folder)
    return list(
        map_documents(
            documents,
            tables=tables or read_tables(administration, folder),
            administration=administration,
            masters=masters or some_masters(),
            settings=limits or Limits(),
            posting_key=lambda document: str(document.key),
        )
    )
