"""A client that writes its own requests to the AFAS emulator, over the in-process adapter or a socket."""

import base64
from datetime import UTC, datetime
from typing import Any

import requests

from emulators.afas.app import AfasEmulator
from emulators.clock import EmulatorClock
from emulators.in_process import InProcessAdapter

STARTED_AT = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)
DAY = "2026-10-31"
TOKEN = f"<token><version>1</version><data>{'1F' * 32}</data></token>"
NEXT_TOKEN = f"<token><version>1</version><data>{'2E' * 32}</data></token>"
CLIENT_ID = "4B7F0C52A3E14F0F9E2D6C1A8B5D3E70"
SECRET = "afas-test-secret"

Body = dict[str, Any]


def emulator_of() -> AfasEmulator:
    """Make an environment whose clock stands still until moved."""
    return AfasEmulator(clock=EmulatorClock(lambda: STARTED_AT))


def token_header(token: str = TOKEN) -> str:
    return "AfasToken " + base64.b64encode(token.encode()).decode()


def line(kind: str, account: str, debit: object = 0, credit: object = 0, **fields: Any) -> Body:
    """Make a line; `objects` stands below it."""
    objects = fields.pop("objects", None)
    sent = {"VaAs": kind, "AcNr": account, "EnDa": DAY, "BpDa": DAY, "AmDe": debit, "AmCr": credit} | fields
    return {"Fields": sent} | ({"Objects": objects} if objects else {})


def cost_centre(code: str = "INZ", **fields: object) -> list[Body]:
    return [{"FiDimEntries": {"Element": [{"Fields": {"DiC1": code, **fields}}]}}]


def sale(invoice: str = "SI-000042", net: object = 100, vat: object = 21, gross: object = 121) -> list[Body]:
    """The lines of a sale at the high rate."""
    return [
        line("2", "10045", gross, InId=invoice, BpNr="run17/42", Ds="January"),
        line("1", "8110", credit=net, InId=invoice, VaId="1", Ds="Service", objects=cost_centre()),
        line("1", "1510", credit=vat, InId=invoice, VaId="1"),
    ]


def purchase(invoice: str = "PI-000001", creditor: str = "70020") -> list[Body]:
    return [
        line("3", creditor, credit="121.00", InId=invoice, BpNr="F-2026/17"),
        line("1", "4610", "100.00", InId=invoice, VaId="5", objects=cost_centre("VERW")),
        line("1", "1500", "21.00", InId=invoice, VaId="5"),
    ]


def entry(lines: Any, **header: object) -> Body:
    """Make the body of a sales entry in administration 1."""
    fields = {"Year": 2026, "Peri": 10, "UnId": 1, "JoCo": "20"} | header
    return {"FiEntryPar": {"Element": {"Fields": fields, "Objects": [{"FiEntries": {"Element": lines}}]}}}


def text_of(answer: requests.Response) -> str:
    assert answer.status_code == 500, answer.text
    assert set(answer.json()) == {"externalMessage", "errorNumber", "profitLogReference"}
    return str(answer.json()["externalMessage"])


class AfasClient:
    """One caller of an environment."""

    def __init__(self, emulator: AfasEmulator, base: str = "http://afas.test") -> None:
        self.emulator = emulator
        self.root = base
        self.base = f"{base}/ProfitRestServices"
        self.session = requests.Session()
        self.session.mount("http://afas.test", InProcessAdapter(emulator))
        self.session.headers["Authorization"] = token_header()

    def control(self, route: str, body: Any = None) -> Body:
        url = f"{self.root}/_emulator/{route}"
        answer = self.session.get(url) if body is None else self.session.post(url, json=body)
        assert answer.status_code == 200, answer.text
        decoded: Body = answer.json()
        return decoded

    def switch(self, **positions: object) -> None:
        self.control("switches", positions)

    def call(self, path: str, **options: Any) -> requests.Response:
        return self.session.get(f"{self.base}/{path}", timeout=5, **options)

    def get(self, connector: str, **asked: object) -> requests.Response:
        return self.call(f"connectors/{connector}", params={name: str(text) for name, text in asked.items()})

    def rows(self, connector: str, **asked: object) -> list[Body]:
        answer = self.get(connector, skip=-1, take=-1, **asked)
        assert answer.status_code == 200, answer.text
        found: list[Body] = answer.json()["rows"]
        return found

    def put(self, connector: str, body: Body) -> requests.Response:
        return self.session.put(f"{self.base}/connectors/{connector}", json=body, timeout=5)

    def send(self, body: Any, connector: str = "FiEntries", **options: Any) -> requests.Response:
        return self.session.post(f"{self.base}/connectors/{connector}", json=body, timeout=5, **options)

    def post(self, lines: list[Body], **header: object) -> requests.Response:
        return self.send(entry(lines, **header))

    def delete(self, journal: str, key: str, unit: int = 1) -> requests.Response:
        path = f"connectors/FiEntries/FiEntryPar/UnId,JoCo/{unit},{journal}/FiEntries/{key}"
        return self.session.delete(f"{self.base}/{path}", timeout=5)

    def booked(self) -> list[Body]:
        found: list[Body] = self.control("books")["entries"]
        return found

    def grant(self, **form: str) -> requests.Response:
        asked = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": SECRET} | form
        return requests_alone(self, data={name: text for name, text in asked.items() if text})

    def use(self, access_token: str) -> None:
        self.session.headers["Authorization"] = f"Bearer {access_token}"


def requests_alone(client: AfasClient, **options: Any) -> requests.Response:
    """Ask for a token without the token the session has."""
    headers = {"Authorization": None} | options.pop("headers", {})
    return client.session.post(f"{client.base}/oauth/token", headers=headers, timeout=5, **options)
