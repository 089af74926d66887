"""One transaction on its way into the books: what was sent, what it was understood as, what is wrong."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml.etree import _Element as Element

from emulators.twinfield.books import BASE_CURRENCY, CENT, ZERO, Booking, Books, Line
from emulators.twinfield.chart import Daybook
from emulators.twinfield.remarks import Remarks

MOST = Decimal("999999999999.99")


@dataclass(slots=True, kw_only=True)
class SentLine:
    """A line as it was sent, and the line it becomes; `vatvalue` is the client's own VAT amount."""

    node: Element
    kind: str
    line: Line
    vatvalue: Decimal | None = None
    vatbase: Decimal | None = None
    baseline: str = ""
    own_base: bool = False


@dataclass(slots=True, kw_only=True)
class Draft:
    """A transaction that is being checked."""

    books: Books
    reply: Element
    remarks: Remarks
    daybook: Daybook | None = None
    earlier: Booking | None = None
    currency: str = BASE_CURRENCY
    rate: Decimal = Decimal(1)
    date: date
    period: str = ""
    duedate: str = ""
    invoicenumber: str = ""
    lines: list[SentLine] = field(default_factory=list)
    generated: list[Line] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Return the kind of the daybook: sales, purchase, journal, opening, bank or cash."""
        return self.daybook.kind if self.daybook else ""

    @property
    def final(self) -> bool:
        """Tell whether the booking is to be definitive."""
        return self.reply.get("destiny") == "final"

    def all_lines(self) -> list[Line]:
        """Return the lines that were sent and those that were generated."""
        return [sent.line for sent in self.lines] + self.generated


def read_amount(text: str) -> Decimal | None:
    """Read an amount with at most two decimals and a point; None when it is none."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    plain = text.lstrip("-").replace(".", "", 1).isdigit()
    if not plain or abs(amount) > MOST or amount != amount.quantize(CENT):
        return None
    return amount.quantize(CENT)


def checked_amount(draft: Draft, line: Element, name: str) -> Decimal | None:
    """Read an amount of a line that must not be negative; None when it is absent, empty or wrong."""
    node = line.find(name)
    if node is None or not node.text:
        return None
    amount = read_amount(node.text)
    if amount is None:
        draft.remarks.error(node, "amount_invalid", value=node.text)
    elif amount < ZERO:
        draft.remarks.error(node, "amount_negative", value=node.text)
        return None
    return amount


def limit_text(draft: Draft, node: Element, length: int) -> str:
    """Return a text; one that is too long is refused or cut (switch `text_too_long`)."""
    content = node.text or ""
    if len(content) <= length:
        return content
    if draft.books.switches.text("text_too_long") == "refuse":
        draft.remarks.error(node, "text_too_long", text=content, length=length)
    node.text = content[:length]
    return content[:length]
