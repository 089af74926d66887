"""Make Twinfield's calls one after the other: token, cluster, credits, envelopes.

Twinfield developer portal, "XML web services guidelines" and "Fair use policy".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import requests
from lxml import etree

from finance_hooks.model.errors import AnsweredTooLate, AskedTooMuch, ConfigurationError, TemporaryFailure
from finance_hooks.targets.twinfield import questions
from finance_hooks.targets.twinfield.cluster import Claims, read_claims, validation_request
from finance_hooks.targets.twinfield.connection import TwinfieldConnection
from finance_hooks.targets.twinfield.limits import throttled_for_s
from finance_hooks.targets.twinfield.periods import ACTION as PERIOD_ACTION
from finance_hooks.targets.twinfield.periods import SERVICE as PERIOD_SERVICE
from finance_hooks.targets.twinfield.quota import Quota
from finance_hooks.targets.twinfield.responses import (
    TOO_MANY_REQUESTS,
    describe_answer,
    is_rejected,
    refuses_token,
)
from finance_hooks.targets.twinfield.settings import (
    POST_ANSWER_BYTES_MAX,
    POST_TIMEOUT_S,
    READ_ANSWER_BYTES_MAX,
    READ_CREDITS,
    READ_TIMEOUT_S,
    WRITE_CREDITS,
)
from finance_hooks.targets.twinfield.wire import (
    TWINFIELD,
    messages_of,
    read_body,
    read_document,
    write_call,
    write_document_call,
    write_query,
)
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from finance_hooks.transport.send import Transport

READ_AGAIN_S = 60
BAD_TOKEN = frozenset({400, 401})
LOGIN_KNOWS_NOTHING = "Twinfield's login host does not know the token it gave; authorise the connection anew."
XML_SERVICE, FINDER = "processxml.asmx", "finder.asmx"
XML_ACTION = f"{TWINFIELD}ProcessXmlDocument"

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: `write` makes its envelope around a token, `what` names it to people."""

    service: str
    action: str
    write: Callable[[str], bytes] = field(repr=False)
    what: str
    changes_books: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Talk to the cluster of one organisation as one user of one client.

    `access_token` gives a token; told which one Twinfield refused, it gives another or raises. No answer to a
    question is read beyond `answer_bytes_max`, or waited for longer than `read_timeout_s`.
    """

    transport: Transport
    connection: TwinfieldConnection
    access_token: Callable[[str | None], str]
    quota: Quota
    answer_bytes_max: int = READ_ANSWER_BYTES_MAX
    read_timeout_s: int = READ_TIMEOUT_S
    _claims: dict[str, Claims] = field(default_factory=dict, repr=False)

    def claims(self) -> Claims:
        """Say where the books are and as whom we work there."""
        token = self.access_token(None)
        found = self._claims_of(token) or self._claims_of(self.access_token(token))
        if found is None:
            raise ConfigurationError(LOGIN_KNOWS_NOTHING)
        return found

    def read(
        self,
        document: etree._Element,
        what: str,
        *,
        office: str | None,
        parse: Callable[[bytes], etree._Element] = read_document,
    ) -> etree._Element:
        """Ask ProcessXml one thing.

        Raises TemporaryFailure where the answer does not come or is no document, AskedTooMuch where it
        is too large or too late, ConfigurationError where Twinfield refuses to give it.
        """

        def write(token: str) -> bytes:
            return write_document_call(document, token=token, office=office)

        call = Call(service=XML_SERVICE, action=XML_ACTION, write=write, what=what)
        answered = self._ask(call, parse)
        if answered.get("result") == "0":
            said = "; ".join(message for _, message in messages_of(answered)) or "no reason"
            raise ConfigurationError(
                f"{what}: Twinfield: {said}; check the rights of the user of the connection"
            )
        return answered

    def find(self, finder_type: str, office: str, **options: str) -> dict[str, str]:
        """Read names by code from the finder, all pages; raises as `read` does."""
        found: dict[str, str] = {}
        total = 1
        while len(found) < total:
            search = questions.search(finder_type, {"office": office, **options}, first_row=len(found) + 1)

            def write(token: str, search: etree._Element = search) -> bytes:
                return write_call(search, token=token, office=office)

            what = f"finder {finder_type}"
            call = Call(service=FINDER, action=questions.FINDER_ACTION, write=write, what=what)
            total, rows = self._ask(call, lambda content: questions.read_found(read_body(content)))
            if total and not rows.keys() - found.keys():
                raise TemporaryFailure(
                    f"{what} shows {len(found)} of {total} rows", retry_after_s=READ_AGAIN_S
                )
            found |= rows
        return found

    def query_periods(self, query: etree._Element, office: str) -> etree._Element:
        """Ask the period service; raises as `read` does."""

        def write(token: str) -> bytes:
            return write_query(query, token=token, office=office)

        call = Call(service=PERIOD_SERVICE, action=PERIOD_ACTION, write=write, what="periods")
        return self._ask(call, read_body)

    def post(self, batch: etree._Element, office: str) -> Sending:
        """Post one batch once; only a refused token, which means that nothing was done, is tried again."""

        def write(token: str) -> bytes:
            return write_document_call(batch, token=token, office=office)

        call = Call(
            service=XML_SERVICE, action=XML_ACTION, write=write, what="transactions", changes_books=True
        )
        try:
            return self._call(call)
        except TemporaryFailure as failure:
            return NeverSent(why=str(failure), retry_after_s=failure.retry_after_s)

    def _ask(self, call: Call, parse: Callable[[bytes], Parsed]) -> Parsed:
        sending = self._call(call)
        if isinstance(sending, PerhapsProcessed) and sending.too_large:
            raise AskedTooMuch(sending.why, retry_after_s=READ_AGAIN_S)
        if isinstance(sending, PerhapsProcessed) and sending.too_late:
            raise AnsweredTooLate(sending.why, retry_after_s=READ_AGAIN_S)
        if not isinstance(sending, Answer):
            wait_s = sending.retry_after_s if isinstance(sending, NeverSent) else None
            raise TemporaryFailure(sending.why, retry_after_s=wait_s or READ_AGAIN_S)
        _raise_for_refusal(sending, call.what)
        try:
            return parse(sending.body)
        except (ValueError, KeyError) as error:
            raise TemporaryFailure(f"{call.what}: {error}", retry_after_s=READ_AGAIN_S) from error

    def _call(self, call: Call) -> Sending:
        """Send a call, once more when its token is refused; raises only while nothing was carried out."""
        held_back = self._hold_back(call)
        if held_back is not None:
            return held_back
        # Waiting for credits may outlast a token, so that comes after it.
        token = self.access_token(None)
        sending = self._send(call, token)
        if sending is not None and not refuses_token(sending):
            return sending
        try:
            again = self._hold_back(call) or self._send(call, self.access_token(token))
        except ConfigurationError:
            if sending is None or not call.changes_books:
                raise
            return sending
        if again is None:
            raise ConfigurationError(LOGIN_KNOWS_NOTHING)
        return again

    def _hold_back(self, call: Call) -> NeverSent | None:
        return self.quota.hold_back(WRITE_CREDITS if call.changes_books else READ_CREDITS)

    def _send(self, call: Call, token: str) -> Sending | None:
        """Send a call with a token; `None` when the login host does not know the token any more."""
        claims = self._claims_of(token)
        if claims is None:
            return None
        request = requests.Request(
            "POST",
            f"{claims.cluster_url}/webservices/{call.service}",
            data=call.write(token),
            headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{call.action}"'},
        )
        sending = self.transport.send(
            request,
            changes_books=call.changes_books,
            timeout_s=POST_TIMEOUT_S if call.changes_books else self.read_timeout_s,
            body_limit_bytes=POST_ANSWER_BYTES_MAX if call.changes_books else self.answer_bytes_max,
        )
        if isinstance(sending, Answer):
            self.quota.learn(sending)
        return sending

    def _claims_of(self, token: str) -> Claims | None:
        """Read what a token says, once per token; `None` when the login host does not know it."""
        if token not in self._claims:
            answer = self._validate(token)
            if answer.status in BAD_TOKEN:
                return None
            if answer.status != 200:
                raise TemporaryFailure(
                    f"Twinfield's login host answered {answer.status} to what its token is for",
                    retry_after_s=READ_AGAIN_S,
                )
            claims = read_claims(answer.body, self.connection)
            self._claims.clear()
            self._claims[token] = claims
        return self._claims[token]

    def _validate(self, token: str) -> Answer:
        return self.transport.read(validation_request(self.connection, token), timeout_s=POST_TIMEOUT_S)


def _raise_for_refusal(answer: Answer, what: str) -> None:
    said = f"{what}: {describe_answer(answer)}"
    if answer.status == TOO_MANY_REQUESTS:
        raise TemporaryFailure(said, retry_after_s=throttled_for_s(answer.headers))
    if is_rejected(answer):
        raise ConfigurationError(f"{said}; check the user's rights and the administration of the connection")
    if not 200 <= answer.status < 300:
        raise TemporaryFailure(said, retry_after_s=READ_AGAIN_S)
