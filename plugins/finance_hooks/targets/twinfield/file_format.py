"""Write entries as an XML file for Twinfield's file management: the transactions that calls bear too.

Twinfield knowledge base 9859 (file management); shape of the files that Easyflex and others deliver: number
0, every amount in the currency of the books too, provisional.
"""

from collections.abc import Sequence

from lxml import etree

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import Reason
from finance_hooks.targets.file_format import FileLayout
from finance_hooks.targets.twinfield.file_checks import check_file_entry, find_chart
from finance_hooks.targets.twinfield.payload import Manner, make_batch, make_transaction
from finance_hooks.targets.twinfield.settings import SETTINGS
from finance_hooks.targets.xml_file import write_xml_file

ENCODING = "utf-8"
NEW_NUMBER = "0"
SAME_RATE = "1"
MANNER = Manner(is_final=False, free_text_field=None)
"""A bookkeeper makes final what was imported; free text fields are a choice of the connection."""
IN_BOOKS = {"value": "basevalue", "vatvalue": "vatbasevalue"}


class TwinfieldFile:
    """Write entries of one daybook for Twinfield's file management."""

    prefix = "TWF"
    variants: tuple[str, ...] = ("xml",)
    entries_max = SETTINGS.batch_size

    def suffix(self, layout: FileLayout) -> str:  # noqa: ARG002 - there is one variant
        """Return how the name of a file ends, without a dot."""
        return "xml"

    def why_unfit(self, entry: Entry, layout: FileLayout, chart: Chart | None) -> list[Reason]:  # noqa: ARG002 - XML has all characters
        """Say all that keeps an entry from being written; without a chart its period is not looked at."""
        return check_file_entry(entry, chart)

    def write(self, entries: Sequence[Entry], layout: FileLayout, chart: Chart | None) -> bytes:
        """Write entries of one daybook; a character that the encoding lacks is written by its number."""
        batch = make_batch(_write(entry, find_chart(entry, chart)) for entry in entries)
        return write_xml_file(batch, layout.encoding or ENCODING)

    def definition_sheet(self, layout: FileLayout) -> str:  # noqa: ARG002 - there is none
        """Return nothing: Twinfield knows its own XML."""
        return ""


def _write(entry: Entry, chart: Chart) -> etree._Element:
    transaction = make_transaction(entry, chart, MANNER)
    for code in transaction.iterfind("header/code"):
        code.addnext(_element("number", NEW_NUMBER))
    if entry.rate is None:
        for line in transaction.iterfind("lines/line"):
            _say_in_books(line)
    return transaction


def _say_in_books(line: etree._Element) -> None:
    """State base values and rate where the document is in the currency of the books already.

    Twinfield works those of a VAT line out itself.
    """
    if line.get("type") == "vat":
        return
    for name, in_books in IN_BOOKS.items():
        for stated in line.iterfind(name):
            stated.addnext(_element(in_books, stated.text or ""))
    for base in line.iterfind("basevalue"):
        base.addnext(_element("rate", SAME_RATE))


def _element(name: str, text: str) -> etree._Element:
    element = etree.Element(name)
    element.text = text
    return element
