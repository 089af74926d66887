"""Write pages as XML with AccountView's own names: each page, then its lines, as FoxPro writes tables.

No schema is public; names of elements are those of the fields.
"""

from collections.abc import Iterable, Sequence

from lxml import etree

from finance_hooks.targets.accountview.file_columns import FIELDS
from finance_hooks.targets.accountview.file_rows import Rows
from finance_hooks.targets.cells import Column, Row, write_cell
from finance_hooks.targets.file_format import DateStyle, FileLayout
from finance_hooks.targets.xml_file import write_xml_file

CELLS = FileLayout(decimal_mark=".", date_style=DateStyle.ISO)
PAGE_FIELDS = [column for column in FIELDS if not column.of_line]
LINE_FIELDS = [column for column in FIELDS if column.of_line]


def write_xml(pages: Iterable[Rows], encoding: str) -> bytes:
    """Write pages, numbered."""
    root = etree.Element("VFPData")
    for number, rows in enumerate(pages, start=1):
        _add(root, "dj_page", {"rowid": number}, PAGE_FIELDS, rows[0][1])
        for _, row in rows:
            _add(root, "dj_line", {"headerid": number}, LINE_FIELDS, row)
    return write_xml_file(root, encoding, is_spread=True)


def _add(root: etree._Element, name: str, key: dict[str, int], columns: Sequence[Column], row: Row) -> None:
    element = etree.SubElement(root, name)
    for key_name, number in key.items():
        etree.SubElement(element, key_name).text = str(number)
    for column in columns:
        if row[column.field] is not None:
            name_of_field = column.field.partition(".")[2].lower()
            etree.SubElement(element, name_of_field).text = write_cell(row[column.field], column.kind, CELLS)
