"""Make AccountView's calls one after the other: token, company, addresses, pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlencode

import requests

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.accountview.listings import JOURNALS
from finance_hooks.targets.accountview.query import (
    COMPANIES_PATH,
    COMPANY_PATH,
    Question,
    next_page,
)
from finance_hooks.targets.accountview.refusals import is_broken, is_busy, is_forbidden
from finance_hooks.targets.accountview.responses import (
    BUSY_PAUSE_S,
    TOO_MANY_REQUESTS,
    describe_answer,
    throttled_for_s,
)
from finance_hooks.targets.accountview.settings import SETTINGS
from finance_hooks.targets.accountview.wire import (
    Fault,
    Row,
    Tables,
    read_fault,
    read_list,
    read_tables,
    read_text,
)
from finance_hooks.transport.answer import Answer, NeverSent, Sending
from finance_hooks.transport.send import Transport

UNAUTHORISED = 401
NOT_FOUND = 404
REQUEST_TIMEOUT = 408
READ_AGAIN_S = 60
PAGES_MAX = 10_000

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Talk to one portal as one user of one application.

    `access_token` gives a token; told which one AccountView refused, it gives another or raises. Reading
    raises TemporaryFailure where an answer does not come or is none, ConfigurationError where AccountView
    refuses to give it.
    """

    transport: Transport
    base_url: str
    access_token: Callable[[str | None], str]

    def read_companies(self) -> Sequence[Row]:
        """Read the companies that the user may open."""
        answer = self._read(COMPANIES_PATH, (), None)
        self._raise_for_refusal(answer, COMPANIES_PATH)
        return _parse(read_list, answer, COMPANIES_PATH)

    def read_rows(self, company: str, question: Question) -> Iterator[Row]:
        """Read the rows of a listing's main table, page by page."""
        for tables in self.read_pages(company, question):
            yield from tables.get(question.listing.table, ())

    def read_pages(self, company: str, question: Question) -> Iterator[Tables]:
        """Read a listing page by page.

        Where pages are counted, a row that comes or goes meanwhile would push another out of sight: all but
        the last are then read again and must be what they were.
        """
        asked: list[tuple[Question, list[str]]] = []
        following: Question | None = question
        seen: set[str] = set()
        while following is not None:
            tables = self._read_page(company, following)
            rows = tables.get(question.listing.table, ())
            keys = _keys(question, rows)
            if seen.intersection(keys) or len(asked) >= PAGES_MAX:
                raise TemporaryFailure(f"{question.listing.code}: pages repeat rows; they changed meanwhile")
            seen.update(keys)
            asked.append((following, keys))
            yield tables
            following = next_page(following, rows)
        if question.listing.sorted_by is not None:
            for page, keys in asked[:-1]:
                again = self._read_page(company, page).get(question.listing.table, ())
                if _keys(question, again) != keys:
                    raise TemporaryFailure(f"{question.listing.code}: rows changed while they were read")

    def read_or_fault(self, company: str, question: Question) -> Tables | Fault:
        """Read one page, or return AccountView's own refusal: how it says that a book year does not exist."""
        answer = self._read(question.path, question.parameters, company)
        fault = read_fault(answer.body)
        if fault is not None and fault.is_business and not _says_nothing(fault.message):
            return fault
        return self._read_tables(company, question, answer)

    def is_there(self, company: str, question: Question) -> bool:
        """Ask the installation something that it can always answer; raises where it does not."""
        alive = Question(listing=JOURNALS, book_date=question.book_date, page_size=1)
        answer = self._read(alive.path, alive.parameters, company)
        self._raise_for_refusal(answer, alive.listing.code)
        return bool(_parse(read_tables, answer, alive.listing.code).get(JOURNALS.table))

    def post(self, company: str, body: str) -> Sending:
        """Post one page once; only an answer 401, which means that nothing was done, is tried again."""
        return self.write("POST", company, body)

    def write(self, method: str, company: str, body: str) -> Sending:
        """Add or change one row of a main table once; tried again as `post` says."""
        request = requests.Request(
            method,
            self.base_url + COMPANY_PATH,
            data=body.encode(),
            headers={"Content-Type": "application/json; charset=UTF-8"},
        )
        return self._call(request, company, changes_books=True)

    def _read_page(self, company: str, question: Question) -> Tables:
        return self._read_tables(company, question, self._read(question.path, question.parameters, company))

    def _read_tables(self, company: str, question: Question, answer: Answer) -> Tables:
        tables = _tables_in(answer)
        if tables is not None:
            return tables
        if answer.status == NOT_FOUND and question.listing != JOURNALS and _is_json(answer):
            # AccountView: nothing found may come as 404, which a portal without its installation says too.
            if self.is_there(company, question):
                return {}
            raise TemporaryFailure(f"{question.listing.code}: {describe_answer(answer)}")
        self._raise_for_refusal(answer, question.listing.code)
        return _parse(read_tables, answer, question.listing.code)

    def _read(self, path: str, parameters: Sequence[tuple[str, str]], company: str | None) -> Answer:
        query = urlencode(parameters, quote_via=quote)
        request = requests.Request("GET", f"{self.base_url}{path}{f'?{query}' if query else ''}")
        sending = self._call(request, company, changes_books=False)
        if not isinstance(sending, Answer):
            wait_s = sending.retry_after_s if isinstance(sending, NeverSent) else None
            raise TemporaryFailure(sending.why, retry_after_s=wait_s or READ_AGAIN_S)
        return sending

    def _call(self, request: requests.Request, company: str | None, *, changes_books: bool) -> Sending:
        token = self.access_token(None)
        sending = self._send(request, token, company, changes_books=changes_books)
        if not isinstance(sending, Answer) or sending.status != UNAUTHORISED:
            return sending
        try:
            newer = self.access_token(token)
        except TemporaryFailure as failure:
            return NeverSent(why=str(failure), retry_after_s=failure.retry_after_s)
        except ConfigurationError:
            if not changes_books:
                raise
            return sending
        return self._send(request, newer, company, changes_books=changes_books)

    def _send(
        self, request: requests.Request, token: str, company: str | None, *, changes_books: bool
    ) -> Sending:
        named: Mapping[str, str] = {} if company is None else {"x-company": company}
        request.headers |= {"Accept": "application/json", "Authorization": f"Bearer {token}", **named}
        return self.transport.send(request, changes_books=changes_books, timeout_s=SETTINGS.request_timeout_s)

    def _raise_for_refusal(self, answer: Answer, what: str) -> None:
        said = f"{what}: {describe_answer(answer)}"
        if answer.status == TOO_MANY_REQUESTS:
            raise TemporaryFailure(said, retry_after_s=throttled_for_s(answer))
        fault = read_fault(answer.body)
        if fault is not None and is_busy(fault.message):
            raise TemporaryFailure(said, retry_after_s=BUSY_PAUSE_S)
        if fault is not None and fault.is_business and not is_broken(fault.message):
            raise ConfigurationError(f"{said}; check the rights of the AccountView user")
        if 400 <= answer.status < 500 and answer.status != REQUEST_TIMEOUT:
            raise ConfigurationError(f"{said}; check the rights of the AccountView user and the company")
        if not 200 <= answer.status < 300 or fault is not None:
            raise TemporaryFailure(said, retry_after_s=READ_AGAIN_S)


def _tables_in(answer: Answer) -> Tables | None:
    """Read the tables of an answer that holds them, as most do: it is parsed once."""
    try:
        return read_tables(answer.body) if 200 <= answer.status < 300 else None
    except (ValueError, KeyError):
        return None


def _keys(question: Question, rows: Sequence[Row]) -> list[str]:
    name = question.listing.key or question.listing.sorted_by
    return [read_text(row[name]) or "" for row in rows] if name else []


def _says_nothing(message: str) -> bool:
    """Say whether a message is about the installation or the user rather than about what was asked."""
    return is_busy(message) or is_broken(message) or is_forbidden(message)


def _is_json(answer: Answer) -> bool:
    return "html" not in answer.headers.get("Content-Type", "").lower()


def _parse(parse: Callable[[bytes], Parsed], answer: Answer, what: str) -> Parsed:
    try:
        return parse(answer.body)
    except (ValueError, KeyError) as error:
        # AccountView: a gateway's page for people comes with status 200 too.
        raise TemporaryFailure(f"{what}: {error}", retry_after_s=READ_AGAIN_S) from error
