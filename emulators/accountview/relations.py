"""Debtors and creditors: added with AR1 and AP1, changed with PUT, deleted when they have no entries."""

from emulators.accountview.books import Books, Row
from emulators.accountview.dictionary import Shape, tables
from emulators.accountview.errors import AccountViewError, NotFoundError, mandatory, unknown
from emulators.accountview.head import codes, write_blocked
from emulators.accountview.values import in_capitals

FIELDS = tables()["CONTACT"]
ROLES = {"AR1": "D", "AP1": "C", "CON": "DC"}
LINKS = {"AR1": 1, "AP1": 2}
CODES = {"ACCT_NR": "LEDGER", "DISC_CODE": "PAY_COND", "VAT_CODE": "VAT", "LNK_ACCT": "LEDGER"}


def create(books: Books, shape: Shape, sent: Row) -> Row:
    """Add a relation; without SUB_NR AccountView numbers it."""
    number = sent.get("SUB_NR") or _next_number(books)
    if books.find("CONTACT", number) is not None:
        raise AccountViewError(f"{FIELDS['SUB_NR'].description} '{number}' bestaat al")
    _check(books, shape, sent, required=True)
    roles = ROLES[shape.code]
    return books.insert("CONTACT", number, sent | {"SUB_NR": number, "_roles": roles})


def update(books: Books, shape: Shape, sent: Row, identity: str) -> Row:
    """Change a relation; the body's id is its SUB_NR."""
    number = in_capitals(identity or sent.get("SUB_NR") or "", books.switches)
    row = books.find("CONTACT", number)
    if row is None:
        raise AccountViewError(unknown(FIELDS["SUB_NR"], number))
    if sent.get("SUB_NR") not in {None, number}:
        raise AccountViewError(f"{FIELDS['SUB_NR'].description} kan niet worden gewijzigd")
    _check(books, shape, sent, required=False)
    books.change(row, {name: content for name, content in sent.items() if name != "SUB_NR"})
    return row


def delete(books: Books, number: str) -> None:
    """Delete a relation that has no entries."""
    number = in_capitals(number, books.switches)
    if books.find("CONTACT", number) is None:
        raise NotFoundError
    for year in books.company.years.values():
        used = (row["SUB_NR"] for page in year.pages.values() for row in (page.header, *page.lines))
        if number in used:
            raise AccountViewError(f"{FIELDS['SUB_NR'].description} '{number}' heeft mutaties")
    del books.table("CONTACT")[number]


def _check(books: Books, shape: Shape, sent: Row, *, required: bool) -> None:
    wanted = [name for name in ("SRC_CODE", "ACCT_NAME", "ACCT_NR") if required or name in sent]
    found = [
        *write_blocked(FIELDS, sent, books),
        *(mandatory(FIELDS[name]) for name in wanted if not sent.get(name)),
        *codes(books, FIELDS, CODES, sent),
        *_collective(books, shape, sent),
    ]
    if found:
        raise AccountViewError(*found)


def _collective(books: Books, shape: Shape, sent: Row) -> list[str]:
    account = books.find("LEDGER", sent.get("ACCT_NR"))
    link = LINKS.get(shape.code)
    if account is None or link is None or account["ACCT_LINK"] == link:
        return []
    return [f"{FIELDS['ACCT_NR'].description} '{sent['ACCT_NR']}' is geen verzamelrekening"]


def _next_number(books: Books) -> str:
    return str(
        max((int(number) for number in books.table("CONTACT") if number.isdecimal()), default=10000) + 1
    )
