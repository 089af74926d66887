"""Put entries into as few uploads as Exact takes, and say what became of each by its messages and its books.

Answers as read by zangra-dev/ExactOnlineBundle: 200 whatever was refused, and messages that name no record of
ours, since a record without a number has no key; their order is not told either. So the books say what is
booked, by our reference. What is not there was refused only when Exact refused as many records as are missing
and nothing is left to doubt: one is missing, or all were refused in the same words and all others are said to
be booked. Whatever is in doubt is unknown, and goes alone once the books were asked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from finance_hooks.model.chart import Chart
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import write_reference
from finance_hooks.model.outcome import Later, Outcome, Refused, Unknown
from finance_hooks.targets.description import find_references
from finance_hooks.targets.exactonline.eexact import write_document, write_transaction
from finance_hooks.targets.exactonline.payload import RateDirection
from finance_hooks.targets.exactonline.refusals import is_fault, read_refusal
from finance_hooks.targets.exactonline.responses import (
    REQUEST_TIMEOUT,
    SERVER_ERROR,
    describe_answer,
    make_booked,
    read_response,
)
from finance_hooks.targets.exactonline.settings import UPLOAD_BYTES_MAX, UPLOAD_ENTRIES_MAX
from finance_hooks.targets.exactonline.wire import MESSAGE_LENGTH, Row, read_text, write_text
from finance_hooks.transport.answer import Answer, Sending

ERROR, SUCCESS, FATAL = "0", "2", "3"
LOOKUP_SIZE = 40
"""Entries asked for in one address, which Exact takes up to 6,000 characters long."""
WITHOUT_WORDS = "refused without a word"

_INVOICE_FIELDS = "EntryID,EntryNumber,Description,AmountFC,AmountDC,VATAmountFC"
_ASKED: Mapping[EntryKind, tuple[str, str]] = {
    EntryKind.SALES: ("salesentry/SalesEntries", _INVOICE_FIELDS),
    EntryKind.PURCHASE: ("purchaseentry/PurchaseEntries", _INVOICE_FIELDS),
    # Exact: the head of a memorial has no text that could bear our reference, its lines have.
    EntryKind.MEMORIAL: ("generaljournalentry/GeneralJournalEntryLines", "EntryID,EntryNumber,Description"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What goes into one request: a document for an upload, or without one a single entry for the API."""

    entries: tuple[Entry, ...]
    document: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """One question about the books, besides the entries it is about."""

    resource: str
    select: str
    filter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an upload was answered: what was refused, and what kept the whole from being read."""

    refusals: tuple[str, ...]
    successes: int
    fatal: str | None


Rows = Mapping[str, Mapping[str, Row]]
"""Rows of the books by our reference, and of each reference by entry."""


def divide(
    entries: Sequence[Entry], chart_of: Callable[[str], Chart], alone: AbstractSet[str] = frozenset()
) -> Iterator[Group]:
    """Put entries together while they fit into an upload; the references `alone` go by the API.

    So do those in foreign currency, last: one of them shows how Exact reads a rate.
    """
    apart = {entry.reference for entry in entries if entry.rate is not None} | alone
    held: list[tuple[Entry, etree._Element, int]] = []
    for entry in entries:
        if entry.reference in apart:
            continue
        chart = chart_of(entry.administration)
        transaction = write_transaction(entry, chart, RateDirection.BOOKS_PER_CURRENCY)
        size = len(etree.tostring(transaction))
        if held and not _fits(held, entry, size):
            yield _group(held)
            held = []
        held.append((entry, transaction, size))
    if held:
        yield _group(held)
    yield from (Group(entries=(entry,), document=None) for entry in entries if entry.reference in apart)


def read_upload(sending: Sending, entries: Sequence[Entry], now: datetime) -> Said | list[Outcome]:
    """Read what an upload was answered; what says nothing of single records is an outcome for all of them."""
    if isinstance(sending, Answer):
        if 200 <= sending.status < 300:
            return _read_messages(sending.body) or unknown(entries, "Exact's answer cannot be read")
        if sending.status >= SERVER_ERROR or sending.status == REQUEST_TIMEOUT:
            return unknown(entries, describe_answer(sending))
    return [read_response(sending, entry, now) for entry in entries]


def write_lookups(entries: Sequence[Entry]) -> Iterator[Lookup]:
    """Ask for entries: invoices by their number, memorials by our reference."""
    for kind, (resource, select) in _ASKED.items():
        of_kind = [entry for entry in entries if entry.kind is kind]
        for start in range(0, len(of_kind), LOOKUP_SIZE):
            asked = sorted({_condition(entry) for entry in of_kind[start : start + LOOKUP_SIZE]})
            yield Lookup(resource=resource, select=select, filter=" or ".join(asked))


def read_found(rows: Iterable[Row]) -> Rows:
    """Put rows together by the references in their texts; KeyError where a row lacks what every row has."""
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        for reference in find_references([read_text(row["Description"])]):
            found.setdefault(reference, {})[str(row["EntryID"])] = row
    return found


def conclude(entries: Sequence[Entry], said: Said, found: Rows) -> list[Outcome]:
    """Say of each entry: booked as the books show it, refused in Exact's words, or unknown."""
    missing = [entry for entry in entries if entry.reference not in found]
    refused: Mapping[str, str] = {}
    if _is_certain(said, len(missing), len(entries)):
        refused = {entry.reference: said.refusals[0] for entry in missing if not is_fault(said.refusals[0])}
    return [_conclude_one(entry, said, found.get(entry.reference, {}), refused) for entry in entries]


def doubted(entries: Sequence[Entry], said: Said, found: Rows) -> list[str]:
    """Return the references of which Exact refused some, without telling which or why."""
    missing = [entry.reference for entry in entries if entry.reference not in found]
    told = said.fatal is not None or not said.refusals or _is_certain(said, len(missing), len(entries))
    return [] if told else missing


def _is_certain(said: Said, missing: int, sent: int) -> bool:
    """Say whether all that is missing was refused, and in the words of the first message.

    Where Exact does not speak of what it booked, two messages may be about one entry, and another one that is
    missing may be booked and not show yet.
    """
    adds_up = len(said.refusals) == missing > 0 and said.successes in {0, sent - missing}
    is_alike = len(set(said.refusals)) == 1 and said.successes > 0
    return said.fatal is None and adds_up and (missing == 1 or is_alike)


def unknown(entries: Sequence[Entry], why: str) -> list[Outcome]:
    """Say of all entries that they may be booked."""
    return [Unknown(reference=entry.reference, why=why) for entry in entries]


def later(entries: Sequence[Entry], until: datetime, why: str) -> list[Outcome]:
    """Say of entries that were not sent that they come later."""
    return [Later(reference=entry.reference, until=until, why=why) for entry in entries]


def _fits(held: Sequence[tuple[Entry, etree._Element, int]], entry: Entry, size: int) -> bool:
    return (
        held[0][0].administration == entry.administration
        and len(held) < UPLOAD_ENTRIES_MAX
        and sum(each for _, _, each in held) + size <= UPLOAD_BYTES_MAX
    )


def _group(held: Sequence[tuple[Entry, etree._Element, int]]) -> Group:
    return Group(
        entries=tuple(entry for entry, _, _ in held),
        document=write_document(transaction for _, transaction, _ in held),
    )


def _read_messages(body: bytes) -> Said | None:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return None
    if root.tag != "eExact" or root.find("Messages") is None:
        # Exact: a page for people, with status 200, while it is being maintained.
        return None
    texts = [(each.get("type"), _text(each)) for each in root.iterfind("Messages/Message")]
    return Said(
        refusals=tuple(text for kind, text in texts if kind == ERROR),
        successes=sum(kind == SUCCESS for kind, _ in texts),
        fatal=next((text for kind, text in texts if kind == FATAL), None),
    )


def _text(message: etree._Element) -> str:
    return (message.findtext("Description") or "").strip()[:MESSAGE_LENGTH] or WITHOUT_WORDS


def _condition(entry: Entry) -> str:
    if entry.kind is EntryKind.MEMORIAL:
        return f"substringof({write_text(write_reference(entry.reference))},Description) eq true"
    return f"YourRef eq {write_text(entry.number)}"


def _conclude_one(entry: Entry, said: Said, rows: Mapping[str, Row], refused: Mapping[str, str]) -> Outcome:
    if len(rows) == 1:
        (row,) = rows.values()
        return _read_booked(row, entry)
    if rows:
        return Unknown(reference=entry.reference, why=f"{len(rows)} entries of Exact's bear the reference")
    text = refused.get(entry.reference)
    if text is not None:
        return Refused(reference=entry.reference, reasons=read_refusal(text, entry))
    heard = "; ".join(text for text in (said.fatal, *said.refusals[:1]) if text)
    return Unknown(
        reference=entry.reference,
        why="Exact took the upload and the entry does not show" + (f"; it said: {heard}" if heard else ""),
    )


def _read_booked(row: Row, entry: Entry) -> Outcome:
    try:
        booked = make_booked(row, entry)
    except (ValueError, ArithmeticError) as error:
        return Unknown(reference=entry.reference, why=f"what Exact booked cannot be read: {error}")
    if not booked.number:
        return Unknown(reference=entry.reference, why="what Exact booked has no entry number")
    return booked
