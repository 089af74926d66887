"""A client that writes its own requests to the AccountView emulator, over the in-process adapter."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from emulators.accountview.app import AccountViewEmulator
from emulators.clock import EmulatorClock
from emulators.in_process import InProcessAdapter

BASE = "http://accountview.test"
CLIENT_ID = "AvTestKey0051AvTestKey0051AvTestKey00051"
CLIENT_SECRET = "accountview-test-secret"
REDIRECT_URI = "https://qubz.example.org/rest/accountview/callback"
SCOPES = "readaccountviewdata updateaccountviewdata deleteaccountviewdata"
COMPANIES = {
    "VB01": "a1b2c3d4-0051-4000-8000-000000000051",
    "VB02": "a1b2c3d4-0052-4000-8000-000000000052",
    "VB03": "a1b2c3d4-0053-4000-8000-000000000053",
}
STARTED_AT = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)
LETTERS = {str: "C", bool: "L", int: "N", Decimal: "N", float: "N"}
DATES = frozenset({"TRN_DATE", "MAND_DATE"})

Body = dict[str, Any]


def emulator_of() -> AccountViewEmulator:
    """Make an emulator whose clock stands still until moved."""
    return AccountViewEmulator(clock=EmulatorClock(lambda: STARTED_AT))


class AccountViewClient:
    """One app and user in one company."""

    def __init__(self, emulator: AccountViewEmulator) -> None:
        self.emulator = emulator
        self.session = requests.Session()
        self.session.mount(BASE, InProcessAdapter(emulator))
        self.session.headers.update({"Accept": "application/json", "x-company": COMPANIES["VB01"]})
        self.tokens: Body = {}

    def consent(self, **changes: str) -> requests.Response:
        asked = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": REDIRECT_URI,
            "scope": SCOPES,
            "state": "s 1",
        }
        return self.session.get(
            f"{BASE}/ams/authorize.aspx", params=asked | changes, allow_redirects=False, timeout=5
        )

    def code(self, **changes: str) -> str:
        return parse_qs(urlsplit(self.consent(**changes).headers["Location"]).query)["code"][0]

    def token(self, **form: str) -> requests.Response:
        sent = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET} | form
        return self.session.post(f"{BASE}/api/v3/token", data=sent, headers={"Authorization": ""}, timeout=5)

    def authorise(self, **changes: str) -> "AccountViewClient":
        code = self.code(**changes)
        answer = self.token(grant_type="authorization_code", code=code, redirect_uri=REDIRECT_URI)
        return self.use(answer.json())

    def refresh(self, refresh_token: str = "") -> requests.Response:
        token = refresh_token or self.tokens["refresh_token"]
        return self.token(grant_type="refresh_token", refresh_token=token)

    def use(self, tokens: Body) -> "AccountViewClient":
        self.tokens = tokens
        self.session.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        return self

    def get(self, path: str = "accountviewdata", **asked: object) -> requests.Response:
        params = {name: str(text) for name, text in asked.items()}
        return self.session.get(f"{BASE}/api/v3/{path}", params=params, timeout=5)

    def read(self, code: str, **asked: object) -> Body:
        """Read up to 1000 rows of a business object."""
        whole: dict[str, Any] = {"BusinessObject": code, "PageSize": 1000} | asked
        answer = self.get(**whole)
        assert answer.status_code == 200, answer.text
        content: Body = answer.json()
        return content

    def filtered(self, code: str, field: str, value: str, **more: object) -> Body:
        """Read the rows whose text field equals a value."""
        asked = {
            "FilterControlSource1": field,
            "FilterOperator1": "Equal",
            "FilterValueType1": "C",
            "FilterValue1": value,
        }
        return self.read(code, **asked | more)

    def send(self, method: str, body: Body, **options: Any) -> requests.Response:
        return self.session.request(method, f"{BASE}/api/v3/accountviewdata", json=body, timeout=5, **options)

    def post(
        self, header: Mapping[str, object], lines: Sequence[Mapping[str, object]], **changes: object
    ) -> requests.Response:
        """Book one page; every line may bring fields of its own."""
        return self.send("POST", page_body(header, lines) | changes)

    def sale(self, lines: Sequence[Mapping[str, object]], **fields: object) -> requests.Response:
        head = {"DJ_CODE": "VRK", "SUB_NR": "10045", "INV_NR": "F1", "HDR_DESC": "Factuur F1"}
        return self.post(head | {"TRN_DATE": "2026-10-31"} | fields, lines)

    def sales(self, count: int) -> None:
        """Book pages with the numbers F1, F2 and so on, over 1.00, 2.00 and so on."""
        for number in range(1, count + 1):
            answer = self.sale([line("8120", number, VAT_CODE="3")], INV_NR=f"F{number}")
            assert answer.status_code == 200, answer.text

    def purchase(self, lines: Sequence[Mapping[str, object]], **fields: object) -> requests.Response:
        head = {"DJ_CODE": "INK", "SUB_NR": "70020", "INV_NR": "I1", "HDR_DESC": "Inkoop I1"}
        return self.post(head | {"TRN_DATE": "2026-10-31"} | fields, lines)

    def memorial(self, lines: Sequence[Mapping[str, object]], **fields: object) -> requests.Response:
        head = {"DJ_CODE": "MEM", "HDR_DESC": "Memoriaal", "TRN_DATE": "2026-10-31"}
        return self.post(head | fields, lines)

    def ledger(self, page_nr: str, journal: str) -> dict[str, float]:
        """Return a page's ledger: account to signed amount, debit positive."""
        found = self.filtered("GJ1", "DJ_CODE", journal)["TRANSACT"]
        sums: dict[str, float] = {}
        for row in found:
            if row["PAGE_NR"] == page_nr:
                sums[row["ACCT_NR"]] = round(sums.get(row["ACCT_NR"], 0) + row["AMOUNT"], 2)
        return sums

    def control(self, route: str, body: object = None) -> Body:
        url = f"{BASE}/_emulator/{route}"
        answer = (
            self.session.get(url, timeout=5) if body is None else self.session.post(url, json=body, timeout=5)
        )
        assert answer.status_code == 200, answer.text
        content: Body = answer.json()
        return content

    def switch(self, **positions: object) -> None:
        self.control("switches", positions)


def line(account: str, amount: object, **fields: object) -> Body:
    return {"ACCT_NR": account, "AMOUNT": amount, "TRN_DESC": f"Regel {account}", **fields}


def page_body(header: Mapping[str, object], lines: Sequence[Mapping[str, object]]) -> Body:
    names = list(dict.fromkeys(name for each in lines for name in each))
    defined = [("RowId", "C"), ("HeaderId", "C"), *((name, _letter(name, lines)) for name in names)]
    rows = [[str(place), "1", *(each.get(name) for name in names)] for place, each in enumerate(lines, 1)]
    return {
        "BookDate": "2026-10-31",
        "BusinessObject": "DJ2",
        "Table": {
            "Definition": {
                "Name": "DJ_PAGE",
                "Fields": _fields([("RowId", "C"), *((name, _letter(name, [header])) for name in header)]),
            },
            "DetailDefinitions": [{"Name": "DJ_LINE", "Fields": _fields(defined)}],
        },
        "TableData": {
            "Data": {"Rows": [{"Values": ["1", *header.values()]}]},
            "DetailData": [{"Rows": [{"Values": row} for row in rows]}],
        },
    }


def relation_body(code: str, values: Mapping[str, object], **top: object) -> Body:
    return {
        "BookDate": "2026-10-31",
        "BusinessObject": code,
        "Table": {
            "Definition": {
                "Name": "CONTACT",
                "Fields": _fields([(name, _letter(name, [values])) for name in values]),
            },
            "DetailDefinitions": None,
        },
        "TableData": {"Data": {"Rows": [{"Values": list(values.values())}]}, "DetailData": None},
        **top,
    }


def changed(body: Body, path: str, value: object) -> Body:
    """Return a body in which one member, found by a path of names and places, is another."""
    whole: Body = deepcopy(body)
    place: Any = whole
    *way, last = path.split("/")
    for step in way:
        place = place[int(step) if step.isdecimal() else step]
    place[int(last) if last.isdecimal() else last] = value
    return whole


def message(answer: requests.Response) -> str:
    """Return the text of AccountView's error."""
    content = answer.json()
    assert set(content) == {"ErrorType", "ErrorNumbers", "ErrorMessage"}, content
    text: str = content["ErrorMessage"]
    return text


def _letter(name: str, rows: Sequence[Mapping[str, object]]) -> str:
    if name in DATES:
        return "T"
    sent = next((row[name] for row in rows if row.get(name) is not None), "")
    if name.endswith(("AMT", "AMOUNT", "RATE", "VAT", "BAL", "DAYS", "PERIOD", "QTY")):
        return "N"
    return LETTERS[type(sent)]


def _fields(defined: Sequence[tuple[str, str]]) -> list[Body]:
    return [{"Name": name, "FieldType": letter} for name, letter in defined]
