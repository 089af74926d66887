"""The header of a journal page: what it must have, and what it settles for its lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from emulators.accountview import periods
from emulators.accountview.books import Books, Row
from emulators.accountview.charts import CURRENCIES
from emulators.accountview.dictionary import Field, tables
from emulators.accountview.errors import AccountViewError, blocked, mandatory, unknown
from emulators.fiscal_years import FiscalYears

FIELDS = tables()["DJ_PAGE"]
# Seen in inserts of working clients although the dictionary marks them as write-blocked.
SET_ON_INSERT = frozenset({"DJ_CODE", "PAGE_NR", "SRC_ID", "REC_ID"})
CODES = {
    "DISC_CODE": "PAY_COND",
    "COST_CODE": "COST",
    "PROJ_CODE": "PROJECTS",
    "ACCT_NR": "LEDGER",
    "CUR_CODE": CURRENCIES,
}
ROLES = {"sales": "D", "purchase": "C"}
INVOICES = frozenset(ROLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page's header settles; `sign` turns an amount of a line into debit-positive."""

    sent: Row
    journal: Row
    kind: str
    day: date
    period: int
    relation: Row | None
    currency: str
    rate: Decimal
    foreign: bool
    gross: bool
    sign: int

    def home(self, amount: Decimal, books: Books) -> Decimal:
        """Convert an amount of the page's currency (switch `rate_direction`)."""
        if books.switches.text("rate_direction") == "home_per_foreign":
            return round(amount * self.rate, 2)
        return round(amount / self.rate, 2)


def read(books: Books, sent: Row, day: date) -> Head:
    """Check a header; raise AccountViewError with every reason found."""
    journal = _journal(books, sent)
    kind: str = journal["_kind"]
    day = sent.get("TRN_DATE") or day
    period = int(sent.get("PERIOD") or FiscalYears.of(books.switches).period_of(day)[1])
    found = [
        *write_blocked(FIELDS, sent, books),
        *([mandatory(FIELDS["HDR_DESC"])] if not sent.get("HDR_DESC") else []),
        *periods.check(books, day, period),
        *_relation(books, kind, sent),
        *_invoice_number(books, journal, kind, sent),
        *codes(books, FIELDS, CODES, sent),
        *_currency(books, journal, sent),
    ]
    if found:
        raise AccountViewError(*found)
    currency = sent.get("CUR_CODE") or books.company.currency
    gross = sent.get("GROSS_FLG")
    return Head(
        sent=sent,
        journal=journal,
        kind=kind,
        day=day,
        period=period,
        relation=books.find("CONTACT", sent.get("SUB_NR")),
        currency=currency,
        rate=sent.get("EXCH_RATE") or Decimal(1),
        foreign=currency != books.company.currency,
        gross=bool(journal["GROSS_FLG"]) if gross is None else gross,
        sign=_sign(books, kind),
    )


def codes(books: Books, described: Mapping[str, Field], known: Mapping[str, str], sent: Row) -> list[str]:
    """Say which codes do not exist or are blocked."""
    found = []
    for name, table in known.items():
        code = sent.get(name)
        if not code:
            continue
        row = books.find(table, code)
        if row is None:
            found.append(unknown(described[name], code))
        elif row.get("REC_BLK"):
            found.append(blocked(described[name], code))
    return found


def write_blocked(described: Mapping[str, Field], sent: Row, books: Books) -> list[str]:
    """Say which fields the program fills itself."""
    refused = [name for name in sent if described[name].blocked and name not in SET_ON_INSERT]
    if books.switches.text("computed_fields") == "ignored":
        for name in refused:
            del sent[name]
        return []
    return [f"{described[name].description} kan niet worden gewijzigd" for name in refused]


def relation_fits(books: Books, field: Field, number: str, role: str) -> list[str]:
    """Say why a relation cannot be used as debtor (D) or creditor (C)."""
    row = books.find("CONTACT", number)
    if row is None or role not in row["_roles"]:
        return [unknown(field, number)]
    return [blocked(field, number)] if row["REC_BLK"] else []


def _journal(books: Books, sent: Row) -> Row:
    code = sent.get("DJ_CODE")
    if not code:
        raise AccountViewError(mandatory(FIELDS["DJ_CODE"]))
    journal = books.find("DAILY", code)
    if journal is None:
        raise AccountViewError(unknown(FIELDS["DJ_CODE"], code))
    if journal["CLT_BLK"]:
        raise AccountViewError(blocked(FIELDS["DJ_CODE"], code))
    if journal["_kind"] not in {*INVOICES, "memorial"}:
        raise AccountViewError(f"Dagboek '{code}' kan niet via de Web-API worden gevuld")
    return journal


def _relation(books: Books, kind: str, sent: Row) -> list[str]:
    number = sent.get("SUB_NR")
    if kind in INVOICES:
        if not number:
            return [mandatory(FIELDS["SUB_NR"])]
        return relation_fits(books, FIELDS["SUB_NR"], number, ROLES[kind])
    if number and books.find("CONTACT", number) is None:
        return [unknown(FIELDS["SUB_NR"], number)]
    return []


def _invoice_number(books: Books, journal: Row, kind: str, sent: Row) -> list[str]:
    number = sent.get("INV_NR")
    if journal["NUM_AUTO"]:
        demanded = books.switches.text("num_auto") == "demands_none"
        return ["Dit dagboek deelt zelf factuurnummers uit"] if number and demanded else []
    if kind not in INVOICES:
        return []
    if not number:
        return [mandatory(FIELDS["INV_NR"])]
    rule = books.switches.text("duplicate_inv_nr")
    if rule == "allowed":
        return []
    holders = books.year.documents.get((sent["DJ_CODE"], number), [])
    taken = holders if rule == "in_journal" else [each for each in holders if each == sent.get("SUB_NR")]
    return [f"{FIELDS['INV_NR'].description} '{number}' bestaat al"] if taken else []


def _currency(books: Books, journal: Row, sent: Row) -> list[str]:
    home = books.company.currency
    currency = sent.get("CUR_CODE") or home
    own = journal["CUR_CODE"]
    if own and currency != own and books.switches.text("journal_currency") == "enforced":
        return [f"Dagboek '{sent['DJ_CODE']}' heeft valuta {own}, niet {currency}"]
    rate = sent.get("EXCH_RATE") or Decimal(0)
    if currency != home and rate <= 0:
        return [mandatory(FIELDS["EXCH_RATE"])]
    return []


def _sign(books: Books, kind: str) -> int:
    if kind == "sales":
        return -1
    if kind == "purchase":
        return 1 if books.switches.text("purchase_sign") == "positive" else -1
    return 1 if books.switches.text("memorial_sign") == "debit_positive" else -1
