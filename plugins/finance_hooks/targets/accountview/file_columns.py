"""Hold the columns of AccountView's files: the frozen layout, and all fields under their own names.

Names, types and lengths as recorded from a live field dictionary in omniboost/go-accountview.net; headers of
fields with the table before them as a Dutch firm's production files have them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from finance_hooks.targets.cells import CellKind, Column

AMOUNT_LENGTH = len("-922337203685477.58")
DAY = date(2026, 2, 5)
EUROS = Decimal(100)
VAT_EUROS = Decimal(21)


Form = tuple[CellKind, int]
"""How a cell is written and how long it may be."""


def _page(name: str, word: str, form: Form, example: object, *meaning: str) -> Column:
    kind, length = form
    nl, en = meaning
    return Column(
        name=name.lower(),
        field=f"DJ_PAGE.{name}",
        word=word,
        kind=kind,
        length=length,
        example=example,
        nl=nl,
        en=en,
        of_line=False,
    )


def _line(name: str, word: str, form: Form, example: object, *meaning: str) -> Column:
    return replace(_page(name, word, form, example, *meaning), field=f"DJ_LINE.{name}", of_line=True)


TEXT, CODE, COUNT = CellKind.TEXT, CellKind.CODE, CellKind.COUNT
AMOUNT, RATE, DATE = CellKind.AMOUNT, CellKind.RATE, CellKind.DATE

JOURNAL = _page("DJ_CODE", "journal", (CODE, 3), "VRK", "dagboek", "journal")
PAGE_NUMBER = _page(
    "INV_NR",
    "number",
    (CODE, 12),
    "20260017",
    "factuurnummer; bij inkoop dat van de leverancier, of ons kenmerk als dat langer is",
    "invoice number; of a purchase the supplier's, or our reference where that is longer",
)
PAGE_PARTY = _page("SUB_NR", "party", (CODE, 10), "10001", "debiteur of crediteur", "debtor or creditor")
PAGE_DAY = _page("TRN_DATE", "entry_date", (DATE, 10), DAY, "boekdatum", "date of booking")
PERIOD = _page(
    "PERIOD", "period", (COUNT, 3), 2, "periode binnen het boekjaar", "period within the book year"
)
PAGE_TEXT = _page(
    "HDR_DESC",
    "description",
    (TEXT, 40),
    "Factuur 20260017 [Q234567ABCD]",
    "omschrijving, eindigt op ons kenmerk; verandert zij, dan begint een nieuwe bladzijde",
    "description, ends with our reference; where it changes a new page begins",
)
DAYS = _page("CRED_DAYS", "due_date", (COUNT, 3), 30, "betalingstermijn in dagen", "payment term in days")
TERM = _page("DISC_CODE", "payment_term", (CODE, 2), "30", "betalingsconditie", "payment condition")
PAGE_CURRENCY = _page(
    "CUR_CODE", "currency", (CODE, 3), "USD", "valuta, leeg in de eigen", "currency, empty in the books' own"
)
PAGE_RATE = _page(
    "EXCH_RATE",
    "exchange_rate",
    (RATE, 20),
    Decimal("0.92"),
    "eenheden van de eigen valuta per eenheid van de andere",
    "units of the books' currency per unit of the other",
)
G_AMOUNT = _page(
    "BLK_AMT",
    "g_account_amount",
    (AMOUNT, AMOUNT_LENGTH),
    EUROS,
    "deel op de G-rekening",
    "part on the G account",
)
ACCOUNT = _line("ACCT_NR", "ledger_account", (CODE, 10), "8000", "grootboekrekening", "ledger account")
LINE_PARTY = _line(
    "SUB_NR",
    "party",
    (CODE, 10),
    "10001",
    "relatie van een memoriaalregel op een verzamelrekening",
    "party of a memorial line on a collective account",
)
LINE_NUMBER = _line(
    "INV_NR",
    "number",
    (CODE, 12),
    "M2026-0011",
    "documentnummer bij die relatie",
    "document number for that party",
)
LINE_TEXT = _line(
    "TRN_DESC",
    "description",
    (TEXT, 40),
    "Advies februari [Q234567ABCD]",
    "omschrijving van de regel, eindigt op ons kenmerk",
    "text of the line, ends with our reference",
)
NET = _line(
    "AMOUNT",
    "amount",
    (AMOUNT, AMOUNT_LENGTH),
    EUROS,
    "bedrag zonder btw in de eigen valuta; creditnota negatief, memoriaal debet positief",
    "amount without VAT in the books' currency; credit notes negative, memorials debit positive",
)
VAT_CODE = _line("VAT_CODE", "vat_code", (CODE, 2), "1", "btw-code", "VAT code")
VAT = _line(
    "VAT_AMT",
    "vat_amount",
    (AMOUNT, AMOUNT_LENGTH),
    VAT_EUROS,
    "btw van de regel; bij verlegde inkoop het verlegde bedrag",
    "VAT of the line; of a purchase under reverse charge the amount that is shifted",
)
COST_CENTRE = _line("COST_CODE", "cost_centre", (CODE, 10), "ADV", "kostenplaats", "cost centre")
PROJECT = _line("PROJ_CODE", "cost_unit", (CODE, 10), "P12", "project", "project")
LINE_CURRENCY = _line(
    "CUR_CODE", "currency", (CODE, 3), "USD", "valuta als op de bladzijde", "currency of the page"
)
LINE_RATE = _line(
    "EXCH_RATE", "exchange_rate", (RATE, 20), Decimal("0.92"), "koers als op de bladzijde", "rate of the page"
)
NET_IN_CURRENCY = _line(
    "CUR_AMT",
    "amount",
    (AMOUNT, AMOUNT_LENGTH),
    EUROS,
    "bedrag zonder btw in de valuta van het document",
    "amount without VAT in the document's currency",
)
VAT_IN_CURRENCY = _line(
    "CUR_VAT",
    "vat_amount",
    (AMOUNT, AMOUNT_LENGTH),
    VAT_EUROS,
    "btw in de valuta van het document",
    "VAT in the document's currency",
)

FROZEN: Sequence[Column] = (
    JOURNAL,
    replace(
        PAGE_NUMBER,
        nl=f"{PAGE_NUMBER.nl}; memoriaal: DJ_LINE.INV_NR",
        en=f"{PAGE_NUMBER.en}; memorial: DJ_LINE.INV_NR",
    ),
    replace(
        PAGE_PARTY,
        nl=f"{PAGE_PARTY.nl}; memoriaal: DJ_LINE.SUB_NR",
        en=f"{PAGE_PARTY.en}; memorial: DJ_LINE.SUB_NR",
    ),
    PAGE_DAY,
    PERIOD,
    PAGE_TEXT,
    DAYS,
    ACCOUNT,
    LINE_TEXT,
    NET,
    VAT_CODE,
    VAT,
    COST_CENTRE,
    PROJECT,
    replace(
        PAGE_CURRENCY,
        example=None,
        nl="blijft leeg: vreemde valuta heeft de opmaak fields nodig",
        en="stays empty: foreign currency needs layout fields",
    ),
)
"""The layout that customers build an import definition on: its columns and their order never change."""

_ALL = (
    *(JOURNAL, PAGE_NUMBER, PAGE_PARTY, PAGE_DAY, PERIOD, PAGE_TEXT, DAYS, TERM),
    *(PAGE_CURRENCY, PAGE_RATE, G_AMOUNT),
    *(ACCOUNT, LINE_PARTY, LINE_NUMBER, LINE_TEXT, NET, VAT_CODE, VAT, COST_CENTRE, PROJECT),
    *(LINE_CURRENCY, NET_IN_CURRENCY, VAT_IN_CURRENCY, LINE_RATE),
)
FIELDS: Sequence[Column] = tuple(replace(column, name=column.field.lower()) for column in _ALL)
"""Every field that a page is sent with, under its own name with its table before it."""
