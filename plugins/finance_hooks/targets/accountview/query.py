"""Write what is asked of AccountView as parameters of an address.

Parameters and operators as working clients use them (omniboost/go-accountview.net,
ForecastXL/accountview-ruby, svitlanahasynets/apicenter); only operators that were seen to work are used.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from finance_hooks.targets.accountview.listings import Listing
from finance_hooks.targets.accountview.settings import PAGE_SIZE
from finance_hooks.targets.accountview.wire import Row, read_text

COMPANY_PATH = "/api/v3/accountviewdata"
SYSTEM_PATH = "/api/v3/accountviewsystemdata"
COMPANIES_PATH = "/api/v3/companies"
CERTAINLY_FEWER = 100
"""Pages of so many rows are known to be given; fewer rows are the end, and not a limit nobody told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One condition; text is matched by its beginning, so every answer is compared again."""

    field: str
    value: str
    kind: str = "C"
    operator: str = "Equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One page of a listing: of which book year, which rows, and where the page begins."""

    listing: Listing
    book_date: date | None = None
    filters: Sequence[Filter] = ()
    page_size: int = PAGE_SIZE
    page_number: int = 1
    last_key: str | None = None

    @property
    def path(self) -> str:
        """Return the address below the portal."""
        return SYSTEM_PATH if self.listing.is_system else COMPANY_PATH

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters, in the order they are written."""
        return [
            ("BusinessObject", self.listing.code),
            ("PageSize", str(self.page_size)),
            *([("BookDate", self.book_date.isoformat())] if self.book_date is not None else []),
            *_fields(self.listing),
            *(part for place, one in enumerate(self.filters, start=1) for part in _filter(place, one)),
            *([("SortFields", self.listing.sorted_by)] if self.listing.sorted_by else []),
            *([("SortOrder", "Ascending")] if self.listing.sorted_by else []),
            *([("LastKey", self.last_key)] if self.last_key is not None else []),
            *([("PageNumber", str(self.page_number))] if self.page_number > 1 else []),
        ]


def next_page(asked: Question, rows: Sequence[Row]) -> Question | None:
    """Return the question for the page after these rows, `None` when there is none.

    A first page that is not full may have met a limit that nobody told of. The second is then asked for with
    just as many rows, so that it begins behind the first however AccountView counts.
    """
    is_first = asked.page_number == 1 and asked.last_key is None
    if len(rows) < (CERTAINLY_FEWER if is_first else asked.page_size):
        return None
    size = min(asked.page_size, len(rows))
    if asked.listing.key is None:
        return replace(asked, page_size=size, page_number=asked.page_number + 1)
    return replace(asked, page_size=size, last_key=read_text(rows[-1][asked.listing.key]))


def _fields(listing: Listing) -> list[tuple[str, str]]:
    names = [f"{table}.{name}" for table, fields in listing.fields.items() for name in fields]
    return [("Fields", ",".join(names))] if names else []


def _filter(place: int, one: Filter) -> list[tuple[str, str]]:
    return [
        (f"FilterControlSource{place}", one.field),
        (f"FilterOperator{place}", one.operator),
        (f"FilterValueType{place}", one.kind),
        (f"FilterValue{place}", one.value),
    ]
