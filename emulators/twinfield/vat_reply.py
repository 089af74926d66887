"""What `read` type vat returns: a VAT code with its percentages by day and the accounts behind them.

Source: reply recorded in php-twinfield/twinfield. The groups of a VAT return are not in the charts.
"""

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.books import Books
from emulators.twinfield.chart import VatCode
from emulators.twinfield.dimension_reply import COUNTRIES
from emulators.twinfield.periods import write_date
from emulators.twinfield.remarks import Remarks
from emulators.twinfield.seed import new_uid
from emulators.twinfield.wire import add, text_of

CREATED = "20010101080000"
"""When the codes of the charts were made."""
NOTHING = {"name": "", "shortname": "", "dimensiontype": ""}


def answer(books: Books, sent: Element) -> Element:
    """Return one VAT code, or that there is none."""
    code = text_of(sent, "code")
    found = books.office.vat_codes.get(code)
    if found is None:
        root = etree.Element("vat")
        Remarks(root, books.user.language).error(add(root, "code", code), "vat_not_found", code=code)
        return root
    root = etree.Element("vat", status="active" if found.active else "deleted", result="1")
    for name, value in (
        ("code", found.code),
        ("name", found.name),
        ("shortname", found.shortname),
        ("uid", new_uid(books.office.code, "vat", code)),
        ("created", CREATED),
        ("modified", CREATED),
        ("touched", "0"),
    ):
        add(root, name, value)
    _user(books, root)
    add(root, "type", found.kind)
    _percentages(books, found, add(root, "percentages"))
    return root


def _percentages(books: Books, code: VatCode, node: Element) -> None:
    for rate in code.rates:
        place = add(node, "percentage", status="active", inuse="true")
        add(place, "date", write_date(rate.since))
        add(place, "percentage", f"{rate.percentage:.9f}")
        add(place, "created", CREATED)
        add(place, "name", code.name)
        add(place, "shortname", code.shortname)
        _user(books, place)
        add(place, "discountaccount", "", **NOTHING)
        add(place, "writeoffaccount", "", **NOTHING)
        accounts = add(place, "accounts")
        for number, account in enumerate(filter(None, (rate.account, rate.counter_account)), start=1):
            found = books.office.dimension(1, account)
            each = add(accounts, "account", id=str(number))
            add(each, "dim1", account, name=found.name if found else "", shortname="", dimensiontype="BAS")
            country = books.office.country
            add(each, "groupcountry", country, name=COUNTRIES[country], shortname="")
            add(each, "percentage", "100.0" if number == 1 else "-100.0")
            add(each, "linetype", "vat")


def _user(books: Books, place: Element) -> None:
    add(place, "user", books.user.code, name=books.user.name, shortname=books.user.code)
