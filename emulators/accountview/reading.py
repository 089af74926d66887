"""Answer a read: rows of a company's book year, or of the system tables."""

from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Response

from emulators.accountview import query, views, wire
from emulators.accountview.books import Books
from emulators.accountview.errors import NotFoundError
from emulators.accountview.query import Query
from emulators.accountview.views import Found
from emulators.switches import Switches


def company_rows(books: Books, asked: Mapping[str, str]) -> Response:
    """Answer a read of accountviewdata, which shows the dictionaries too."""
    wanted = query.parse(asked, books.switches)
    if wanted.shape.system:
        return _answer(
            wanted, views.system_rows(wanted.shape, views.administration_rows(books)), books.switches
        )
    return _answer(wanted, views.rows(books, wanted.shape), books.switches)


def _answer(wanted: Query, found: Found, switches: Switches) -> Response:
    page, first = wanted.page(found.rows)
    empty = switches.text("empty_result")
    if not page and empty == "404":
        raise NotFoundError
    if not page and empty != "empty_arrays":
        return wire.answer({} if empty == "object" else [])
    view = wire.View(
        shape=wanted.shape,
        switches=switches,
        fields=wanted.fields,
        first_id=first if wanted.shape.key.endswith("_Id") else 0,
    )
    shown: dict[str, Any] = wire.document(view, page, found.details(wanted.shape, page))
    return wire.answer(shown)
