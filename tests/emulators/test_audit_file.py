"""The audit file of a fiscal year that is no calendar year."""

import io

from lxml import etree

from emulators.audit_file import write_audit_file
from emulators.audit_file_style import NAMESPACES, Header, Style


def test_opening_balance_is_dated_on_the_first_day_of_the_fiscal_year() -> None:
    header = Header(
        company="1", fiscal_year="2027", first_day="2026-07-01", last_day="2027-06-30", made_on="2027-07-05"
    )
    written = io.BytesIO()

    write_audit_file(written, header, [], Style(opening_journal=True))

    root = etree.fromstring(written.getvalue())
    dated = {name: root.findtext(f".//{{{NAMESPACES['3.2']}}}{name}") for name in DATED}
    assert dated == dict.fromkeys(DATED, "2026-07-01")


DATED = ("startDate", "opBalDate", "trDt", "effDate")
