"""The ledger rows a journal page makes: its lines, VAT, and the collective account of the relation."""

from collections.abc import Sequence
from decimal import Decimal

from emulators.accountview.books import Books, Row
from emulators.accountview.head import INVOICES, Head
from emulators.accountview.lines import COLLECTIVE_ROLES, ZERO, Line

COUNTER, OF_LINE, OF_VAT = 1, 2, 3
WANTED_LINK = {"sales": 1, "purchase": 2}


def of_page(books: Books, head: Head, header: Row, lines: Sequence[Line]) -> list[Row]:
    """Return the rows of TRANSACT, debit positive; together they are zero in both currencies."""
    legs = [*(_of_line(books, head, header, line) for line in lines), *_of_vat(books, head, header, lines)]
    if head.kind in INVOICES:
        home = -sum((leg["AMOUNT"] for leg in legs), ZERO)
        foreign = -sum((leg["CUR_AMT"] for leg in legs), ZERO)
        counter = _leg(books, header, COUNTER, collective_account(books, head), home, foreign)
        legs.insert(0, counter | {"SUB_NR": header["SUB_NR"], "INV_NR": header["INV_NR"]})
    return legs


def collective_account(books: Books, head: Head) -> str:
    """Return the account of the counter entry: the relation's when of the right kind, else the journal's."""
    number = head.relation["ACCT_NR"] if head.relation else ""
    account = books.find("LEDGER", number)
    fits = account is not None and account["ACCT_LINK"] == WANTED_LINK[head.kind]
    return str(number if fits else head.journal["DJ_ACCT"])


def is_collective(books: Books, leg: Row) -> bool:
    """Tell whether a row stands on an account of debtors or creditors."""
    account = books.find("LEDGER", leg["ACCT_NR"])
    return account is not None and int(account["ACCT_LINK"] or 0) in COLLECTIVE_ROLES


def _of_line(books: Books, head: Head, header: Row, line: Line) -> Row:
    leg = _leg(
        books,
        header,
        OF_LINE,
        line.account["ACCT_NR"],
        head.sign * line.net,
        head.sign * line.currency_net,
    )
    return leg | {
        "TRN_DATE": line.sent.get("TRN_DATE") or header["TRN_DATE"],
        "TRN_DESC": line.sent.get("TRN_DESC") or header["HDR_DESC"],
        "VAT_CODE": line.sent.get("VAT_CODE"),
        "VAT_AMT": head.sign * (line.vat_amount or line.shifted),
        "BASE_AMT": head.sign * line.net if line.vat else ZERO,
        "COST_CODE": line.sent.get("COST_CODE"),
        "PROJ_CODE": line.sent.get("PROJ_CODE") or header["PROJ_CODE"],
        "SUB_NR": line.sent.get("SUB_NR"),
        "INV_NR": line.sent.get("INV_NR"),
    }


def _of_vat(books: Books, head: Head, header: Row, lines: Sequence[Line]) -> list[Row]:
    per_line = books.switches.text("vat_legs") == "per_line"
    groups: dict[tuple[str, int], list[Line]] = {}
    for place, line in enumerate(lines):
        if line.vat is not None:
            groups.setdefault((line.vat["VAT_CODE"], place if per_line else 0), []).append(line)
    legs = []
    for group in groups.values():
        vat = group[0].vat or {}
        amount = head.sign * sum((line.vat_amount for line in group), ZERO)
        foreign = head.sign * sum((line.currency_vat for line in group), ZERO)
        shifted = head.sign * sum((line.shifted for line in group), ZERO)
        base = head.sign * sum((line.net for line in group), ZERO)
        extra = {"VAT_CODE": vat["VAT_CODE"], "BASE_AMT": base}
        if amount or foreign:
            legs.append(_leg(books, header, OF_VAT, vat["VAT_ACCT"], amount, foreign) | extra)
        if shifted:
            legs.append(_leg(books, header, OF_VAT, vat["VAT_ACCT"], shifted, ZERO) | extra)
            legs.append(_leg(books, header, OF_VAT, vat["ACCT_MEMO"], -shifted, ZERO) | extra)
    return legs


def _leg(books: Books, header: Row, source: int, account: str, amount: Decimal, foreign: Decimal) -> Row:
    return books.stamps("TRANSACT") | {
        "REC_ID": books.next_rec_id(),
        "DJ_CODE": header["DJ_CODE"],
        "PAGE_NR": header["PAGE_NR"],
        "PAGE_NRV": header["PAGE_NRV"],
        "TRN_DATE": header["TRN_DATE"],
        "PERIOD": header["PERIOD"],
        "ACCT_NR": account,
        "AMOUNT": amount,
        "REV_AMT": -amount,
        "VAT_CODE": None,
        "VAT_AMT": ZERO,
        "BASE_AMT": ZERO,
        "COST_CODE": None,
        "SUB_NR": None,
        "INV_NR": None,
        "CUR_CODE": header["CUR_CODE"],
        "CUR_AMT": foreign,
        "EXCH_RATE": header["EXCH_RATE"],
        "TRN_DESC": header["HDR_DESC"],
        "SRC_TYPE": Decimal(source),
        "CRED_DAYS": header["CRED_DAYS"],
    }
