"""eExact documents as a client writes them for the emulator, and what its answers say."""

import requests
from lxml import etree

from tests.emulators.exactonline_client import ExactClient

ENTRY = """<eExact><GLTransactions><GLTransaction entry="{number}">
 <TransactionType number="{type}"/><Journal code="{journal}"/><Date>2026-10-31</Date>
 <Description>F2026-0042</Description><Account code="{account}"/>{lines}
</GLTransaction></GLTransactions></eExact>"""
LINE = """<GLTransactionLine type="20" line="1" status="20"><Date>2026-10-31</Date>
 <GLAccount code="{account}"/><Description>Ledigen</Description><Costcenter code="INZ"/>
 <Amount><Currency code="EUR"/><Value>{value}</Value>{vat}</Amount>
 <References><YourRef>F2026-0042</YourRef></References></GLTransactionLine>"""
PLAIN = LINE.replace('<Costcenter code="INZ"/>', "")


def write_line(account: str, value: str, vat: str | None = None) -> str:
    """Write one line of an entry; an empty VAT code is not none."""
    template = LINE if account.startswith("8") else PLAIN
    return template.format(account=account, value=value, vat="" if vat is None else f'<VAT code="{vat}"/>')


def send(client: ExactClient, *transactions: str) -> requests.Response:
    """Upload transactions in one document."""
    return send_body(client, f"<eExact><GLTransactions>{''.join(transactions)}</GLTransactions></eExact>")


def send_body(client: ExactClient, body: str) -> requests.Response:
    """Upload a document."""
    return client.session.post(
        f"{client.base}/docs/XMLUpload.aspx?Topic=GLTransactions&_Division_={client.division}",
        data=body.encode(),
        headers={"Content-Type": "application/xml"},
        timeout=5,
    )


def read_messages(answer: requests.Response) -> list[tuple[str | None, str | None]]:
    """Read type and text of every message of an answer 200."""
    assert answer.status_code == 200
    messages = etree.fromstring(answer.content).findall("Messages/Message")
    return [(each.get("type"), each.findtext("Description")) for each in messages]


def write_sale(lines: list[str], more: str = "") -> str:
    """Write a sale."""
    return (
        f'<GLTransaction><TransactionType number="20"/><Journal code="70"/>{more}<Date>2026-10-31</Date>'
        f'<Description>Test</Description><Account code="10045"/>{"".join(lines)}</GLTransaction>'
    )


GOOD = [write_line("13011", "121.00"), write_line("80501", "-100.00", "4")]
BAD = [write_line("80501", "-100.00", "ZZ")]


def upload(client: ExactClient, lines: list[str], **head: object) -> etree._Element:
    """Upload one entry and return the message about it."""
    filled = {"number": "", "type": 20, "journal": "70", "account": "10045"} | head
    body = ENTRY.format(lines="".join(lines), **filled).replace(' entry=""', "")
    answer = send_body(client, body)
    assert answer.status_code == 200
    message = etree.fromstring(answer.content).find("Messages/Message")
    assert message is not None
    return message
