"""A client that writes its own requests to the Twinfield emulator, in process or over a socket."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import requests
from lxml import etree
from lxml.etree import _Element as Element

from emulators.clock import EmulatorClock
from emulators.in_process import InProcessAdapter
from emulators.twinfield.app import TwinfieldEmulator

REDIRECT_URI = "https://qubz.example.org/rest/twinfield/callback"
CLIENT = ("qubz-twinfield", "twinfield-test-secret")
UNCERTIFIED = ("qubz-twinfield-new", "twinfield-new-secret")
SCOPES = "openid twf.user twf.organisation twf.organisationUser offline_access"
STARTED_AT = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)
CONNECT = "/auth/authentication/connect/"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
TWINFIELD = "http://www.twinfield.com/"
ENVELOPE = (
    '<soap:Envelope xmlns:soap="{soap}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<soap:Header><Header xmlns="http://www.twinfield.com/">{header}</Header></soap:Header>'
    "<soap:Body>{body}</soap:Body></soap:Envelope>"
)
NIL = '<CompanyId xsi:nil="true"/>'


def emulator_of() -> TwinfieldEmulator:
    """Make an emulator whose clock stands still until moved."""
    return TwinfieldEmulator(clock=EmulatorClock(lambda: STARTED_AT))


class TwinfieldClient:
    """One registered client and its user."""

    def __init__(self, emulator: TwinfieldEmulator, base: str = "http://twinfield.test") -> None:
        self.emulator = emulator
        self.base = base
        self.credentials = CLIENT
        self.office: str | None = "NL42"
        self.session = requests.Session()
        self.session.mount("http://twinfield.test", InProcessAdapter(emulator))
        self.tokens: dict[str, Any] = {}

    def consent(self, **changes: str) -> requests.Response:
        asked = {
            "client_id": self.credentials[0],
            "redirect_uri": REDIRECT_URI,
            "response_type": "code",
            "scope": SCOPES,
            "nonce": "n1",
            "state": "s1",
        }
        return self.session.get(
            f"{self.base}{CONNECT}authorize", params=asked | changes, allow_redirects=False, timeout=5
        )

    def code(self, **changes: str) -> str:
        return parse_qs(urlsplit(self.consent(**changes).headers["Location"]).query)["code"][0]

    def token(self, **form: str) -> requests.Response:
        return self.session.post(f"{self.base}{CONNECT}token", data=form, auth=self.credentials, timeout=5)

    def authorise(self, **changes: str) -> "TwinfieldClient":
        answer = self.token(
            grant_type="authorization_code", code=self.code(**changes), redirect_uri=REDIRECT_URI
        )
        assert answer.status_code == 200, answer.text
        self.tokens = answer.json()
        return self

    def refresh(self) -> requests.Response:
        answer = self.token(grant_type="refresh_token", refresh_token=self.tokens["refresh_token"])
        if answer.status_code == 200:
            self.tokens = answer.json()
        return answer

    def validate(self, token: str | None = None) -> requests.Response:
        return self.session.get(
            f"{self.base}{CONNECT}accesstokenvalidation",
            params={"token": token or self.tokens["access_token"]},
            timeout=5,
        )

    def header(self) -> str:
        company = "" if self.office is None else f"<CompanyCode>{self.office}</CompanyCode>"
        return f"<AccessToken>{self.tokens.get('access_token', '')}</AccessToken>{company}{NIL}"

    def envelope(self, body: str, header: str | None = None, soap: str = SOAP) -> str:
        return ENVELOPE.format(soap=soap, header=self.header() if header is None else header, body=body)

    def send(
        self, content: str | bytes, service: str = "processxml.asmx", **headers: str
    ) -> requests.Response:
        return self.session.post(
            f"{self.base}/webservices/{service}",
            data=content.encode() if isinstance(content, str) else content,
            headers={"Content-Type": "text/xml; charset=utf-8"} | headers,
            timeout=30,
        )

    def post(self, document: str) -> requests.Response:
        body = (
            f'<ProcessXmlString xmlns="{TWINFIELD}"><xmlRequest>{escape(document)}</xmlRequest>'
            "</ProcessXmlString>"
        )
        return self.send(self.envelope(body))

    def ask(self, document: str) -> Element:
        """Post a document and return the document that answers it."""
        answer = self.post(document)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        found = etree.fromstring(answer.content).findtext(f".//{{{TWINFIELD}}}ProcessXmlStringResult")
        return etree.fromstring(found or "")

    def book(self, *transactions: str) -> Element:
        return self.ask(f"<transactions>{''.join(transactions)}</transactions>")

    def number(self, transaction: str) -> str:
        """Book one transaction and return its number."""
        reply = self.book(transaction)
        assert reply.get("result") == "1", etree.tostring(reply, encoding="unicode")
        return str(reply.findtext("transaction/header/number"))

    def read(self, code: str, number: str) -> Element:
        return self.ask(
            f"<read><type>transaction</type><office>{self.office}</office><code>{code}</code>"
            f"<number>{number}</number></read>"
        )

    def control(self, path: str, body: Any) -> None:
        answer = self.session.post(f"{self.base}/_emulator/{path}", json=body, timeout=5)
        assert answer.status_code == 200, answer.text

    def switch(self, **positions: object) -> None:
        self.control("switches", positions)

    def advance(self, seconds: float) -> None:
        self.control("clock", {"advance_s": seconds})

    def books(self, administration: str = "NL42") -> list[dict[str, Any]]:
        answer = self.session.get(
            f"{self.base}/_emulator/books", params={"administration": administration}, timeout=5
        )
        found: list[dict[str, Any]] = answer.json()["entries"]
        return found

    def calls(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.session.get(f"{self.base}/_emulator/calls", timeout=5).json()[
            "calls"
        ]
        return found


def line(kind: str, dim1: str, side: str, value: str, **fields: str) -> str:
    """Write one line; `id` and every other field are given by name, `dim2` among them."""
    number = f' id="{fields.pop("id")}"' if "id" in fields else ""
    first = f"<dim1>{dim1}</dim1>" if dim1 else ""
    second = f"<dim2>{fields.pop('dim2')}</dim2>" if "dim2" in fields else ""
    rest = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items())
    return (
        f'<line type="{kind}"{number}>{first}{second}<debitcredit>{side}</debitcredit>'
        f"<value>{value}</value>{rest}</line>"
    )


def transaction(head: dict[str, str], *lines: str, **attributes: str) -> str:
    """Write one transaction; a head of None leaves an element out."""
    marks = {"destiny": "temporary"} | attributes
    written = "".join(f' {name}="{text}"' for name, text in marks.items())
    elements = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in head.items())
    return f"<transaction{written}><header>{elements}</header><lines>{''.join(lines)}</lines></transaction>"


def sale(*details: str, gross: str, number: str = "VF1", customer: str = "D10045", **changes: str) -> str:
    """Write a sales invoice; `changes` are header elements, and attributes where they start with `at_`."""
    head = {"office": "NL42", "code": "VRK", "currency": "EUR", "date": "20261031", "invoicenumber": number}
    marks = {name.removeprefix("at_"): text for name, text in changes.items() if name.startswith("at_")}
    head |= {name: text for name, text in changes.items() if not name.startswith("at_")}
    total = line("total", "1300", "debit", gross, id="1", dim2=customer)
    return transaction(head, total, *details, **marks)


def plain_sale(number: str = "VF1", **changes: str) -> str:
    """Write the invoice of the vendor's page: 200.00 at 21 %."""
    detail = line("detail", "8220", "credit", "200.00", id="2", dim2="KP30", vatcode="VH")
    return sale(detail, gross="242.00", number=number, **changes)


def remarks(reply: Element) -> list[tuple[str, str, str]]:
    """Return node, kind and text of every remark of a reply."""
    return [
        (str(node.tag), str(node.get("msgtype")), str(node.get("msg")))
        for node in reply.iter()
        if node.get("msg") is not None
    ]


def attributes(node: Element) -> dict[str, str]:
    """Return a node's attributes."""
    return {str(name): str(text) for name, text in node.items()}
