"""Keep companies at hand: in memory for a load, in the cache for half a day, else read anew."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.accountview import listings
from finance_hooks.targets.accountview.chart import CompanyLists, make_company, read_periods
from finance_hooks.targets.accountview.client import Client
from finance_hooks.targets.accountview.company import Company, read_company, write_company
from finance_hooks.targets.accountview.dictionary import Dictionary, make_dictionary
from finance_hooks.targets.accountview.listings import Listing
from finance_hooks.targets.accountview.payload import LINE, PAGE
from finance_hooks.targets.accountview.query import Filter, Question
from finance_hooks.targets.accountview.wire import UNEXPECTED, Fault, Row, read_text
from finance_hooks.targets.base import Cache
from finance_hooks.targets.parts import read_parts

CACHE_NAME = "accountview.company"
MAX_AGE = timedelta(hours=12)
YEARS_BACK_MAX = 7
YEARS_AHEAD_MAX = 2
BOOKS_ZONE = ZoneInfo("Europe/Amsterdam")


class ChartShelf:
    """Hand out the companies of one portal's user."""

    def __init__(self, client: Callable[[], Client], portal: str, cache: Cache | None) -> None:
        """Start empty; the client is asked for when something has to be read."""
        self._client = client
        self._portal = portal
        self._cache = cache
        self._companies: dict[str, Company] = {}
        self._fresh: set[str] = set()

    def read(self, code: str) -> Company:
        """Return a company that was read at most 12 hours ago."""
        if code not in self._companies:
            kept = self._read_kept(code)
            if kept is None:
                return self._read_anew(code)
            self._companies[code] = kept
        return self._companies[code]

    def read_newer(self, code: str) -> Company | None:
        """Read a company anew because it lacks a code, once a load; `None` when that was done already."""
        return None if code in self._fresh else self._read_anew(code)

    def find_row(self, code: str) -> Row:
        """Return the row of a company by its exact code; ConfigurationError names those there are."""
        rows = self._client().read_companies()
        found = next((row for row in rows if (read_text(row["CODE"]) or "").upper() == code.upper()), None)
        if found is not None:
            return found
        there = ", ".join(sorted(str(row["CODE"]) for row in rows))
        raise ConfigurationError(
            f"Company {code!r} is not among those the user may open ({there or 'there is none'}); give the "
            "user rights to it in AccountView and AccountView.Net."
        )

    def _read_anew(self, code: str) -> Company:
        try:
            row = self.find_row(code)
            company = make_company(
                row, self._read_lists(str(row["ID"])), self._read_dictionary(str(row["ID"]))
            )
        except UNEXPECTED as error:
            raise TemporaryFailure(f"AccountView's chart is not as expected: {error!r}") from error
        company = replace(company, chart=replace(company.chart, administration=code))
        self._companies[code] = company
        self._fresh.add(code)
        if self._cache is not None:
            self._cache.write(CACHE_NAME, self._key(code), write_company(company))
        return company

    def _read_lists(self, company: str) -> CompanyLists:
        today = self._client().transport.clock.now().astimezone(BOOKS_ZONE).date()
        years = self._read_years(company, today)

        def reading(find: Callable[[], Listing]) -> Callable[[], list[Row]]:
            return lambda: list(self._client().read_rows(company, Question(listing=find(), book_date=today)))

        named: dict[str, Callable[[], Listing]] = {
            "journals": lambda: listings.JOURNALS,
            "ledger_accounts": lambda: listings.LEDGER_ACCOUNTS,
            "vat_codes": lambda: listings.VAT_CODES,
            "cost_centres": lambda: listings.COST_CENTRES,
            "cost_units": lambda: listings.COST_UNITS,
            "payment_terms": lambda: self._find_payment_terms(company),
            "debtors": lambda: listings.DEBTORS,
            "creditors": lambda: listings.CREDITORS,
        }
        return CompanyLists(years=years, **read_parts({name: reading(find) for name, find in named.items()}))

    def _find_payment_terms(self, company: str) -> Listing:
        """Look up which business code the payment conditions have: no client is known to read them."""
        table = listings.PAYMENT_TERMS_TABLE
        question = Question(
            listing=listings.TABLE_DICTIONARY, filters=(Filter(field="DBF_NAME", value=table),)
        )
        for row in self._client().read_rows(company, question):
            if read_text(row["DBF_NAME"]) == table and (code := read_text(row["OBJ_CODE"])):
                return Listing(code=code, table=table, fields={table: listings.PAYMENT_TERMS_FIELDS})
        raise ConfigurationError(f"AccountView's table dictionary names no business code for {table}.")

    def _read_years(self, company: str, today: date) -> list[list[Row]]:
        """Read the periods of today's book year, and of those before and after it until there is none."""
        present = self._read_year(company, today)
        if isinstance(present, Fault):
            raise ConfigurationError(f"AccountView has no book year for {today}: {present.message}")
        periods = read_periods(present)
        if not periods:
            return []
        first = min(period.first_date for period in periods)
        last = max(period.last_date for period in periods)
        back = self._walk(company, first, YEARS_BACK_MAX, lambda found: min(p.first_date for p in found), -1)
        ahead = self._walk(company, last, YEARS_AHEAD_MAX, lambda found: max(p.last_date for p in found), 1)
        return [*back, present, *ahead]

    def _walk(
        self, company: str, edge: date, most: int, edge_of: Callable[[list[ChartPeriod]], date], step: int
    ) -> Iterator[list[Row]]:
        for _ in range(most):
            rows = self._read_year(company, edge + timedelta(days=step))
            if isinstance(rows, Fault) or not rows:
                return
            yield rows
            edge = edge_of(read_periods(rows))

    def _read_year(self, company: str, on: date) -> list[Row] | Fault:
        found = self._client().read_or_fault(company, Question(listing=listings.PERIODS, book_date=on))
        return found if isinstance(found, Fault) else list(found.get(listings.PERIODS.table, ()))

    def _read_dictionary(self, company: str) -> Dictionary:
        rows: list[Row] = []
        for table in (PAGE, LINE):
            question = Question(
                listing=listings.FIELD_DICTIONARY,
                filters=(Filter(field="DBF_NAME", value=table, operator="Contains"),),
            )
            rows += self._client().read_rows(company, question)
        return make_dictionary(rows, (PAGE, LINE))

    def _read_kept(self, code: str) -> Company | None:
        if self._cache is None:
            return None
        content = self._cache.read(CACHE_NAME, self._key(code), max_age=MAX_AGE)
        return None if content is None else read_company(content)

    def _key(self, code: str) -> str:
        return f"{self._portal}|{code.upper()}"
