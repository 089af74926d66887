"""Take entries in from the XML of topic GLTransactions; refusals are messages in an answer 200.

Sources: answers in zangra-dev/ExactOnlineBundle; clients report that an upload ends after some three minutes.
How long one record takes, and whether every record is spoken of, are switches.
"""

from http import HTTPStatus

from lxml import etree

from emulators.exactonline import invoices, memorials
from emulators.exactonline.books import Books, Row
from emulators.exactonline.errors import ExactError, ValidationError
from emulators.exactonline.kinds import MEMORIAL, PURCHASE, SALES
from emulators.exactonline.xml_entries import UnreadableEntryError, UploadedEntry, read_entry

ERROR, SUCCESS, FATAL = 0, 2, 3
UPLOAD_MS = 180_000
"""Clients report that an upload that takes longer is broken off."""


def upload(books: Books, body: bytes, default_journal: str | None) -> etree._Element:
    """Book every entry of a document and say per entry how it went.

    Raises ExactError once the time is over; what was booked by then stays.
    """
    answer = etree.Element("eExact")
    messages = etree.Element("Messages")
    root = _parse(books, body, messages)
    transactions = [] if root is None else root.findall("GLTransactions/GLTransaction")
    in_time = len(transactions)
    if each_ms := books.switches.number("xml_record_ms"):
        in_time = UPLOAD_MS // each_ms
    for transaction in transactions[:in_time]:
        _book(books, transaction, default_journal, messages)
    _arrange(messages, books.switches.text("xml_messages"))
    if in_time < len(transactions):
        raise ExactError(HTTPStatus.REQUEST_TIMEOUT)
    if root is not None:
        topics = etree.SubElement(answer, "Topics")
        stamp = f"0x{books.division.version:016X}"
        etree.SubElement(
            topics, "Topic", code="GLTransactions", ts_d=stamp, count=str(len(transactions)), pagesize="50"
        )
    answer.append(messages)
    return answer


def write_message(
    messages: etree._Element, books: Books, *, kind: int, key: str, number: str, text: str
) -> None:
    """Add one message: type 0 error, 1 warning, 2 success, 3 fatal."""
    message = etree.SubElement(messages, "Message", type=str(kind))
    topic = etree.SubElement(message, "Topic", code="GLTransactions", node="GLTransaction")
    etree.SubElement(topic, "Data", key=key, keyAlt=number)
    etree.SubElement(message, "Date").text = books.now().isoformat()
    etree.SubElement(message, "Description").text = text


def _parse(books: Books, body: bytes, messages: etree._Element) -> etree._Element | None:
    """Return the root, or say why there is none; a document type, and so an entity, is refused."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        write_message(messages, books, kind=FATAL, key="", number="", text=str(error))
        return None
    if root.getroottree().docinfo.internalDTD is not None:
        write_message(messages, books, kind=FATAL, key="", number="", text="Ongeldig: DOCTYPE")
        return None
    if root.tag != "eExact":
        write_message(messages, books, kind=FATAL, key="", number="", text=f"Ongeldig: {root.tag}")
        return None
    return root


def _book(
    books: Books, transaction: etree._Element, default_journal: str | None, messages: etree._Element
) -> None:
    try:
        row = _create(books, read_entry(books, transaction, default_journal))
    except ValidationError as error:
        texts = [each.text(books.user.language) for each in error.findings]
        if books.switches.text("xml_error_messages") == "per_record":
            texts = ["\r\n".join(texts)]
        _refuse(books, transaction, messages, texts)
    except UnreadableEntryError as error:
        _refuse(books, transaction, messages, [f"Ongeldig: {error}"])
    else:
        if books.switches.on("xml_success_messages"):
            key = "{" + row["EntryID"] + "}"
            number = str(row["EntryNumber"])
            write_message(messages, books, kind=SUCCESS, key=key, number=number, text="Aangemaakt")


def _arrange(messages: etree._Element, order: str) -> None:
    """Put the messages in the order that the switch says, or leave the last refusal out."""
    refusals = [message for message in messages if message.get("type") == str(ERROR)]
    if order == "reversed":
        messages[:] = reversed(list(messages))
    elif order == "short" and refusals:
        messages.remove(refusals[-1])


def _refuse(books: Books, transaction: etree._Element, messages: etree._Element, texts: list[str]) -> None:
    for text in texts:
        number = transaction.get("entry", "")
        write_message(messages, books, kind=ERROR, key="", number=number, text=text)


def _create(books: Books, entry: UploadedEntry) -> Row:
    """Book an entry; one with a number replaces what stands under it, unless it is refused itself."""
    if entry.kind is None:
        memorials.check_entry(books, entry.head, entry.lines)
        _make_room(books, entry)
        return memorials.create(books, entry.head, entry.lines)
    _make_room(books, entry)
    return invoices.create(books, entry.kind, entry.head, entry.lines)


def _make_room(books: Books, entry: UploadedEntry) -> None:
    """Take out the entry that an upload with the same number replaces."""
    journal, number = entry.head["Journal"], entry.head["EntryNumber"]
    if journal is None or not number:
        return
    for kind in (SALES, PURCHASE):
        for row in list(books.rows(kind.path)):
            if row["EntryNumber"] == number and row["Journal"] == journal:
                invoices.delete(books, kind, row)
                books.division.numbers[journal].discard(number)
    for row in list(books.rows(MEMORIAL)):
        if row["EntryNumber"] == number and row["JournalCode"] == journal:
            memorials.delete(books, row)
            books.division.numbers[journal].discard(number)
