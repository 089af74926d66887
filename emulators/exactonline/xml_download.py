"""Give entries out as the XML of topic GLTransactions, in pages that continue at a stamp.

Source: picqer/exact-php-client and frank2exactonline (TSPaging with the ts_d of the last answer).
"""

from lxml import etree

from emulators.exactonline.books import Books, Row
from emulators.exactonline.ledger import LINES, TRANSACTIONS

PAGE_SIZE = 50


def download(books: Books, asked: dict[str, str]) -> etree._Element:
    """Write the entries changed after the stamp asked for; no ts_d when there are none."""
    since = int(asked.get("TSPaging", "0x0") or "0", 16)
    rows = sorted(
        (row for row in books.rows(TRANSACTIONS) if row["Timestamp"] > since),
        key=lambda row: row["Timestamp"],
    )[:PAGE_SIZE]
    root = etree.Element("eExact")
    transactions = etree.SubElement(root, "GLTransactions")
    for row in rows:
        _write(transactions, books, row)
    topics = etree.SubElement(root, "Topics")
    topic = etree.SubElement(
        topics, "Topic", code="GLTransactions", count=str(len(rows)), pagesize=str(PAGE_SIZE)
    )
    if rows:
        topic.set("ts_d", f"0x{rows[-1]['Timestamp']:016X}")
    etree.SubElement(root, "Messages")
    return root


def _write(parent: etree._Element, books: Books, row: Row) -> None:
    lines = sorted(books.of_entry(LINES, row["EntryID"]), key=lambda line: line["LineNumber"])
    element = etree.SubElement(parent, "GLTransaction", entry=str(row["EntryNumber"]))
    etree.SubElement(element, "TransactionType", number=str(row["Type"]))
    etree.SubElement(element, "Journal", code=row["JournalCode"])
    etree.SubElement(element, "Date").text = row["Date"].date().isoformat()
    etree.SubElement(element, "FinYear", number=str(row["FinancialYear"]))
    etree.SubElement(element, "FinPeriod", number=str(row["FinancialPeriod"]))
    etree.SubElement(element, "Description").text = row["Description"]
    if lines and lines[0]["AccountCode"]:
        etree.SubElement(element, "Account", code=lines[0]["AccountCode"].strip())
    for line in lines:
        _write_line(element, row, line)


def _write_line(parent: etree._Element, row: Row, line: Row) -> None:
    element = etree.SubElement(
        parent,
        "GLTransactionLine",
        type=str(row["Type"]),
        line=str(line["LineNumber"]),
        status=str(line["Status"]),
    )
    etree.SubElement(element, "Date").text = line["Date"].date().isoformat()
    etree.SubElement(element, "GLAccount", code=line["GLAccountCode"])
    etree.SubElement(element, "Description").text = line["Description"]
    for name, code in (("Account", line["AccountCode"]), ("Costcenter", line["CostCenter"])):
        if code:
            etree.SubElement(element, name, code=code.strip())
    amount = etree.SubElement(element, "Amount")
    etree.SubElement(amount, "Currency", code="EUR")
    etree.SubElement(amount, "Value").text = str(line["AmountDC"])
    if line["VATCode"]:
        etree.SubElement(amount, "VAT", code=line["VATCode"].strip())
    references = etree.SubElement(element, "References")
    if line["InvoiceNumber"]:
        etree.SubElement(references, "InvoiceNumber").text = str(line["InvoiceNumber"])
    if line["YourRef"]:
        etree.SubElement(references, "YourRef").text = line["YourRef"]
