"""An office as `read` shows it: its names, who made it and when, and what stands under `general`.

Sources: what pronamic/wp-twinfield (created, modified, touched, user), tim-online/go-twinfield (the groups)
and CodeMill-Solutions/twinfield-mcp (what stands in `general`) read from it. Groups whose content nobody
reads are left out.
"""

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.books import Books
from emulators.twinfield.desk import Desk
from emulators.twinfield.remarks import Remarks
from emulators.twinfield.wire import add

BORN = "20010101080000"
GENERAL = ("vatnumber", "cocnumber", "defaultbank", "region", "hierarchy")
HOME = "EUR"


def answer(desk: Desk, office: str, code: str) -> Element:
    """Read an office by its code; without one come misleading words about access.

    Where the code suffices (switch `office_read_by`), the request's company stands for `office`.
    """
    books = desk.open(code)
    stands_for = desk.company if desk.switches.text("office_read_by") == "code" else ""
    if books is not None and (office or stands_for) == code:
        return _write(books)
    root = etree.Element("office")
    add(root, "code", code)
    Remarks(root, desk.user.language).error(root, "office_denied")
    return root


def _write(books: Books) -> Element:
    office, user = books.office, books.user
    root = etree.Element("office", status="active", result="1")
    for name, value in (
        ("code", office.code),
        ("created", BORN),
        ("modified", BORN),
        ("name", office.name),
        ("shortname", office.shortname),
        ("touched", "0"),
    ):
        add(root, name, value)
    add(root, "user", user.code, name=user.name, shortname=user.name)
    general = add(root, "general")
    long, short, _rate = office.currencies[HOME]
    for name in ("basecurrency", "reportingcurrency"):
        add(general, name, HOME, name=long, shortname=short)
    add(general, "demo", "false")
    for name in GENERAL:
        add(general, name)
    address = add(general, "address")
    add(address, "city")
    add(address, "country", office.country)
    return root
