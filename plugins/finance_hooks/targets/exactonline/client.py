"""Make Exact's calls one after the other: token, limits, addresses, pages.

Exact Online support, "REST API restrictions" and "API limits".
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote, urlsplit

import requests

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.exactonline.limits import throttled_for_s
from finance_hooks.targets.exactonline.quota import Quota
from finance_hooks.targets.exactonline.responses import TOO_MANY_REQUESTS, describe_answer
from finance_hooks.targets.exactonline.settings import SETTINGS, URL_LENGTH
from finance_hooks.targets.exactonline.wire import Row, read_page, read_row
from finance_hooks.transport.answer import Answer, NeverSent, Sending
from finance_hooks.transport.paging import Page as LinkedPage
from finance_hooks.transport.paging import follow_pages
from finance_hooks.transport.send import Transport

UNAUTHORISED = 401
READ_AGAIN_S = 60
UPLOAD = "docs/XMLUpload.aspx"

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Talk to one site of Exact as one user of one app.

    `access_token` gives a token; told which one Exact refused, it gives another or raises.
    """

    transport: Transport
    base_url: str
    access_token: Callable[[str | None], str]
    quota: Quota

    def read_rows(
        self, division: str, resource: str, *, select: str, filtered: str | None = None
    ) -> Iterator[Row]:
        """Read all rows of a resource, page by page.

        Raises TemporaryFailure where the answer does not come or is no list, ConfigurationError where Exact
        refuses to give it.
        """
        options = {"$filter": filtered, "$select": select}
        query = "&".join(f"{name}={quote(text, safe='$(),')}" for name, text in options.items() if text)

        def read(url: str) -> LinkedPage[Row]:
            page = _parse(read_page, self._read(division, resource, url), resource)
            return LinkedPage(rows=tuple(page.rows), next_url=self._on_our_site(page.next_url))

        yield from follow_pages(f"{self._address(division, resource)}?{query}", read)

    def read_row(self, division: str, resource: str, query: str) -> Row:
        """Read what is one row and no list; raises as `read_rows` does."""
        answer = self._read(division, resource, f"{self._address(division, resource)}?{query}")
        return _parse(read_row, answer, resource)

    def post(self, division: str, resource: str, body: str) -> Sending:
        """Post one body once; only an answer 401, which means that nothing was done, is tried again."""
        return self.write(division, resource, body)

    def upload(self, division: str, document: bytes) -> Sending:
        """Upload one eExact document once; tried again as `post` says. It counts in the same limits."""
        query = f"Topic=GLTransactions&_Division_={quote(division, safe='')}"
        request = requests.Request(
            "POST",
            f"{self.base_url}/{UPLOAD}?{query}",
            data=document,
            headers={"Content-Type": "application/xml", "Accept": "application/xml"},
        )
        return self._call(request, division, UPLOAD, changes_books=True)

    def write(self, division: str, resource: str, body: str, *, key: str | None = None) -> Sending:
        """Post one body, or put it on the row of a key; tried again as `post` says."""
        address = self._address(division, resource)
        request = requests.Request(
            "POST" if key is None else "PUT",
            address if key is None else f"{address}(guid'{key}')",
            data=body.encode(),
            # Exact: without Prefer the answer holds little more than the key.
            headers={"Content-Type": "application/json", "Prefer": "return=representation"},
        )
        return self._call(request, division, resource, changes_books=True)

    def _read(self, division: str, resource: str, url: str) -> Answer:
        if len(url) > URL_LENGTH:
            raise ConfigurationError(f"The address for {resource} is longer than Exact takes: {len(url)}.")
        sending = self._call(requests.Request("GET", url), division, resource, changes_books=False)
        if not isinstance(sending, Answer):
            wait_s = sending.retry_after_s if isinstance(sending, NeverSent) else None
            raise TemporaryFailure(sending.why, retry_after_s=wait_s or READ_AGAIN_S)
        _raise_for_refusal(sending, resource, self.transport.clock.now())
        return sending

    def _call(
        self, request: requests.Request, division: str, resource: str, *, changes_books: bool
    ) -> Sending:
        held_back = self.quota.hold_back(division, resource)
        if held_back is not None:
            return held_back
        # Waiting for the limit may outlast a token, so that comes after it.
        token = self.access_token(None)
        sending = self._send(request, token, division, resource, changes_books=changes_books)
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
        held_back = self.quota.hold_back(division, resource)
        if held_back is not None:
            return held_back
        return self._send(request, newer, division, resource, changes_books=changes_books)

    def _send(
        self, request: requests.Request, token: str, division: str, resource: str, *, changes_books: bool
    ) -> Sending:
        request.headers = {
            "Accept": "application/json",
            **request.headers,
            "Authorization": f"Bearer {token}",
        }
        sending = self.transport.send(
            request, changes_books=changes_books, timeout_s=SETTINGS.request_timeout_s
        )
        if isinstance(sending, Answer):
            self.quota.learn(division, resource, sending)
        return sending

    def _address(self, division: str, resource: str) -> str:
        return f"{self.base_url}/api/v1/{quote(division, safe='')}/{resource}"

    def _on_our_site(self, next_url: str | None) -> str | None:
        # Exact: the next page may be named on another host; the token goes to ours only.
        if next_url is None:
            return None
        try:
            parts = urlsplit(next_url)
        except ValueError as error:
            raise TemporaryFailure(
                f"the next page has no address: {error}", retry_after_s=READ_AGAIN_S
            ) from error
        return f"{self.base_url}{parts.path}?{parts.query}"


def _parse(parse: Callable[[bytes], Parsed], answer: Answer, resource: str) -> Parsed:
    try:
        return parse(answer.body)
    except ValueError as error:
        # Exact: a page for people, with status 200, while it is being maintained.
        raise TemporaryFailure(f"{resource}: {error}", retry_after_s=READ_AGAIN_S) from error


def _raise_for_refusal(answer: Answer, resource: str, now: datetime) -> None:
    what = f"{resource}: {describe_answer(answer)}"
    if answer.status == TOO_MANY_REQUESTS:
        wait_s = throttled_for_s(answer.headers, now)
        raise TemporaryFailure(what, retry_after_s=wait_s)
    if 400 <= answer.status < 500 and answer.status != 408:
        raise ConfigurationError(f"{what}; check the rights, scopes and division of the connection")
    if not 200 <= answer.status < 300:
        raise TemporaryFailure(what, retry_after_s=READ_AGAIN_S)
