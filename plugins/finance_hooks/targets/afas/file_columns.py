"""Hold the columns of the file that AFAS imports: a layout of our own, since AFAS has none.

Fields and lengths are those of FiEntries (AFAS Developer documentation, "Mutaties"), which an import
definition of "Financiële mutaties" has too (AFAS Help, "Fin_Entry_Import").
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from finance_hooks.targets.afas.settings import INVOICE_ID_LENGTH, SETTINGS, VOUCHER_LENGTH
from finance_hooks.targets.cells import CellKind, Column

AMOUNT_LENGTH = 20
REFERENCE_LENGTH = len("Q234567ABCD")
DAY = date(2026, 1, 31)
GROSS = Decimal(121)
TEXT, CODE, COUNT = CellKind.TEXT, CellKind.CODE, CellKind.COUNT
AMOUNT, RATE, DATE = CellKind.AMOUNT, CellKind.RATE, CellKind.DATE
HEAD_FIELDS = frozenset({"UnId", "JoCo", "Year", "Peri", "EnDa", "BpDa", "BpNr", "Groepering"})
"""What all rows of an entry have in common."""


def _column(
    name: str, field: str, word: str, form: tuple[CellKind, int], example: object, *meaning: str
) -> Column:
    kind, length = form
    nl, en = meaning
    return Column(
        name=name,
        field=field,
        word=word,
        kind=kind,
        length=length,
        example=example,
        nl=nl,
        en=en,
        of_line=field not in HEAD_FIELDS,
    )


COLUMNS: Sequence[Column] = (
    _column("administratie", "UnId", "administration", (CODE, 9), "1", "administratie", "administration"),
    _column("dagboek", "JoCo", "journal", (CODE, 6), "20", "dagboek", "journal"),
    _column("jaar", "Year", "fiscal_year", (COUNT, 4), 2026, "boekjaar", "fiscal year"),
    _column("periode", "Peri", "period", (COUNT, 2), 1, "periode", "period"),
    _column(
        "groep",
        "Groepering",
        "reference",
        (CODE, REFERENCE_LENGTH),
        "Q234567ABCD",
        "groepering: regels met dezelfde waarde zijn een journaalpost; ons kenmerk",
        "grouping: rows with the same value are one journal entry; our reference",
    ),
    _column("boekdatum", "EnDa", "entry_date", (DATE, 10), DAY, "boekdatum", "date of the entry"),
    _column("boekstukdatum", "BpDa", "entry_date", (DATE, 10), DAY, "boekstukdatum", "date of the voucher"),
    _column(
        "boekstuk",
        "BpNr",
        "number",
        (CODE, VOUCHER_LENGTH),
        "Q234567ABCD SI-000042",
        "boekstuknummer: ons kenmerk en het documentnummer",
        "voucher number: our reference and the document's number",
    ),
    _column(
        "factuur",
        "InId",
        "number",
        (CODE, INVOICE_ID_LENGTH),
        "SI-000042",
        "factuurnummer, of ons kenmerk als het niet past en bij inkoop",
        "invoice number, or our reference where it does not fit and on purchases",
    ),
    _column(
        "kenmerk",
        "Fref",
        "number",
        (CODE, SETTINGS.number_length),
        "SI-000042",
        "factuurreferentie op de regel van de relatie: het hele documentnummer",
        "invoice reference on the party's row: the whole number of the document",
    ),
    _column(
        "soort",
        "VaAs",
        "party",
        (CODE, 1),
        "2",
        "soort rekening: 1 grootboek, 2 debiteur, 3 crediteur",
        "kind of account: 1 ledger, 2 debtor, 3 creditor",
    ),
    _column(
        "rekening", "AcNr", "ledger_account", (CODE, 16), "10077", "rekening of relatie", "account or party"
    ),
    _column(
        "omschrijving",
        "Ds",
        "description",
        (TEXT, SETTINGS.description_length),
        "Januari (10077 EUR 121.00)",
        "omschrijving; die van de relatie eindigt op nummer, valuta en totaal",
        "text; that of the party ends with its number, currency and total",
    ),
    _column(
        "debet",
        "AmDe",
        "amount",
        (AMOUNT, AMOUNT_LENGTH),
        GROSS,
        "debet in eigen valuta",
        "debit in the books' currency",
    ),
    _column(
        "credit",
        "AmCr",
        "amount",
        (AMOUNT, AMOUNT_LENGTH),
        Decimal(0),
        "credit in eigen valuta; een van beide is 0",
        "credit in the books' currency; one of both is 0",
    ),
    _column(
        "btw",
        "VaId",
        "vat_code",
        (CODE, 3),
        "1",
        "btw-code, ook op de btw-regel zelf; AFAS berekent niets",
        "VAT code, on the VAT row itself too; AFAS works nothing out",
    ),
    _column(
        "valuta",
        "CuId",
        "currency",
        (CODE, 3),
        "USD",
        "vreemde valuta van de relatieregel",
        "foreign currency of the party's row",
    ),
    _column(
        "koers",
        "Rate",
        "exchange_rate",
        (RATE, 20),
        Decimal("1.0869565217"),
        "eenheden van de vreemde valuta per eenheid van de eigen",
        "units of the foreign currency per unit of the books' own",
    ),
    _column(
        "valutadebet",
        "AmDc",
        "amount",
        (AMOUNT, AMOUNT_LENGTH),
        GROSS,
        "debet in vreemde valuta",
        "debit in the foreign currency",
    ),
    _column(
        "valutacredit",
        "AmCc",
        "amount",
        (AMOUNT, AMOUNT_LENGTH),
        Decimal(0),
        "credit in vreemde valuta",
        "credit in the foreign currency",
    ),
    _column("vervaldatum", "DaEx", "due_date", (DATE, 10), date(2026, 3, 2), "vervaldatum", "due date"),
    _column(
        "as1",
        "DiC1",
        "cost_centre",
        (CODE, 16),
        "NOORD",
        "verbijzondering as 1, kostenplaats",
        "dimension on axis 1, cost centre",
    ),
    _column(
        "as2",
        "DiC2",
        "cost_unit",
        (CODE, 16),
        "P-12",
        "verbijzondering as 2, kostendrager",
        "dimension on axis 2, cost unit",
    ),
    _column(
        "betaalvoorwaarde", "PaCd", "payment_term", (CODE, 5), "30", "betaalvoorwaarde", "payment condition"
    ),
    _column(
        "grekening",
        "AmGa",
        "g_account_amount",
        (AMOUNT, AMOUNT_LENGTH),
        Decimal(0),
        "deel op de G-rekening",
        "part on the G account",
    ),
)
"""New columns are added at the end only: customers build their definition on this."""
