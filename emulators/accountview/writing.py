"""Carry out a change: POST adds, PUT changes, DELETE deletes."""

from copy import deepcopy
from datetime import date

from werkzeug.wrappers import Response

from emulators.accountview import incoming, pages, relations, wire
from emulators.accountview.books import Books, Page, Row
from emulators.accountview.dictionary import Shape
from emulators.accountview.errors import AccountViewError, NotFoundError
from emulators.accountview.incoming import Change, Sent

KEYS = {
    "DJ_PAGE": frozenset({"DJ_CODE", "PAGE_NR", "INV_NR"}),
    "DJ_LINE": frozenset({"REC_ID"}),
    "CONTACT": frozenset({"SUB_NR"}),
}
# What PUT may touch of a page that is not posted (switch `pages_change`).
CHANGEABLE = frozenset({"HDR_DESC", "CRED_DAYS", "DISC_CODE", "EXT_DESC", "COMMENT1"})


def insert(books: Books, shape: Shape, change: Change, day: date) -> Response:
    """Add what the body holds."""
    if not shape.may_insert:
        raise AccountViewError(f"Toevoegen is niet mogelijk voor object {shape.code}")
    sent = incoming.headers(change, shape, books.switches)
    rule = books.switches.text("many_headers")
    if len(sent) > 1 and rule == "refused":
        raise AccountViewError("Meer dan een hoofdregel per aanroep wordt niet ondersteund")
    before = deepcopy(books.company) if len(sent) > 1 and rule == "atomic" else None
    try:
        made = [_insert_one(books, shape, each, day) for each in sent]
    except AccountViewError:
        if before is not None:
            books.company.tables, books.company.years = before.tables, before.years
        raise
    return _answer(books, shape, made)


def update(books: Books, shape: Shape, change: Change) -> Response:
    """Change the one row that the body names."""
    changeable = shape.may_update and (shape.table != "DJ_PAGE" or books.switches.on("pages_change"))
    if not changeable:
        raise AccountViewError(f"Wijzigen is niet mogelijk voor object {shape.code}")
    sent = incoming.headers(change, shape, books.switches)
    if len(sent) != 1:
        raise AccountViewError("Wijzigen kan per aanroep met een hoofdregel")
    if shape.table == "CONTACT":
        return _answer(books, shape, [relations.update(books, shape, sent[0].values, change.id)])
    page = _open_page(books, change.id)
    refused = sorted(set(sent[0].values) - CHANGEABLE - {"DJ_CODE", "PAGE_NR"})
    if refused or sent[0].lines:
        raise AccountViewError(f"{', '.join(refused) or 'DJ_LINE'} kan niet worden gewijzigd")
    texts = {name: content for name, content in sent[0].values.items() if name in CHANGEABLE}
    books.change(page.header, texts)
    page.changed_at = books.clock.now()
    return _answer(books, shape, [page])


def delete(books: Books, shape: Shape, identity: str) -> Response:
    """Delete the row with this key."""
    switch = "pages_change" if shape.table == "DJ_PAGE" else "delete_works"
    if not shape.may_delete or not books.switches.on(switch):
        raise AccountViewError(f"Verwijderen is niet mogelijk voor object {shape.code}")
    if shape.table == "CONTACT":
        relations.delete(books, identity)
    else:
        books.year.remove(_open_page(books, identity))
    return wire.answer({})


def _insert_one(books: Books, shape: Shape, sent: Sent, day: date) -> Page | Row:
    if shape.table == "CONTACT":
        return relations.create(books, shape, sent.values)
    return pages.create(books, sent.values, sent.lines, day)


def _open_page(books: Books, identity: str) -> Page:
    page = books.year.pages.get(identity)
    if page is None:
        raise NotFoundError
    if books.is_posted(page):
        raise AccountViewError("Een geboekte bladzijde kan niet worden gewijzigd")
    return page


def _answer(books: Books, shape: Shape, made: list[Page | Row]) -> Response:
    rows = [each.header if isinstance(each, Page) else each for each in made]
    lines = [each.lines if isinstance(each, Page) else [] for each in made]
    full = books.switches.text("answer_to_post") == "full"
    view = wire.View(shape=shape, switches=books.switches, fields=None if full else KEYS)
    return wire.answer(wire.document(view, rows, {"DJ_LINE": lines}))
