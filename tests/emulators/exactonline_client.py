"""A client that writes its own requests to the Exact emulator, over the in-process adapter or a socket."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from emulators.clock import EmulatorClock
from emulators.exactonline.app import ExactOnlineEmulator
from emulators.in_process import InProcessAdapter

REDIRECT_URI = "https://qubz.example.org/rest/exactonline/callback"
APPS = {
    "nl": ("a1b2c3d4-0031-4000-8000-000000000031", "nl-test-secret", 1234567),
    "be": ("a1b2c3d4-0032-4000-8000-000000000032", "be-test-secret", 7654321),
}
STARTED_AT = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)
JSON = {"Accept": "application/json"}
WHOLE = {"Prefer": "return=representation"}

Body = dict[str, Any]


def emulator_of(country: str = "nl") -> ExactOnlineEmulator:
    """Make a host whose clock stands still until moved."""
    return ExactOnlineEmulator(country=country, clock=EmulatorClock(lambda: STARTED_AT))


class ExactClient:
    """One app and user of one host."""

    def __init__(self, emulator: ExactOnlineEmulator, base: str = "http://exact.test") -> None:
        self.emulator = emulator
        self.base = base
        self.client_id, self.secret, self.division = APPS[emulator.country]
        self.session = requests.Session()
        self.session.mount("http://exact.test", InProcessAdapter(emulator))
        self.session.headers.update(JSON)
        self.tokens: dict[str, str] = {}
        self._ids: dict[tuple[str, str], str] = {}

    def consent(self, **changes: str) -> requests.Response:
        asked = {
            "client_id": self.client_id,
            "redirect_uri": REDIRECT_URI,
            "response_type": "code",
            "force_login": "0",
        }
        return self.session.get(
            f"{self.base}/api/oauth2/auth", params=asked | changes, allow_redirects=False, timeout=5
        )

    def code(self) -> str:
        return parse_qs(urlsplit(self.consent().headers["Location"]).query)["code"][0]

    def token(self, **form: str) -> requests.Response:
        sent = {"client_id": self.client_id, "client_secret": self.secret} | form
        return requests_without_bearer(self, sent)

    def authorise(self) -> "ExactClient":
        answer = self.token(grant_type="authorization_code", code=self.code(), redirect_uri=REDIRECT_URI)
        return self.use(answer.json())

    def refresh(self, refresh_token: str | None = None) -> requests.Response:
        token = refresh_token or self.tokens["refresh_token"]
        return self.token(grant_type="refresh_token", refresh_token=token)

    def use(self, tokens: dict[str, str]) -> "ExactClient":
        self.tokens = tokens
        self.session.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        return self

    def url(self, path: str) -> str:
        return f"{self.base}/api/v1/{self.division}/{path}"

    def get(self, path: str, headers: dict[str, str] | None = None, **options: object) -> requests.Response:
        asked = {f"${name}": str(text) for name, text in options.items()}
        return self.session.get(self.url(path), params=asked, headers=headers, timeout=5)

    def rows(self, path: str, **options: Any) -> list[Body]:
        """Read all pages."""
        answer = self.get(path, **options)
        assert answer.status_code == 200, answer.text
        content = answer.json()["d"]
        found: list[Body] = []
        while True:
            found += content if isinstance(content, list) else content["results"]
            following = content.get("__next") if isinstance(content, dict) else None
            if following is None:
                return found
            content = self.session.get(following, timeout=5).json()["d"]

    def post(self, path: str, body: Body, headers: dict[str, str] | None = None) -> requests.Response:
        return self.session.post(
            self.url(path), json=body, headers=WHOLE if headers is None else headers, timeout=5
        )

    def put(self, path: str, body: Body) -> requests.Response:
        return self.session.put(self.url(path), json=body, timeout=5)

    def delete(self, path: str) -> requests.Response:
        return self.session.delete(self.url(path), timeout=5)

    def id_of(self, path: str, code: str) -> str:
        """Return the key of a ledger account, relation or other coded row."""
        if (path, code) not in self._ids:
            rows = self.rows(path, filter=f"trim(Code) eq '{code}'", select="ID,Code")
            self._ids[path, code] = rows[0]["ID"]
        return self._ids[path, code]

    def ledger_account(self, code: str) -> str:
        return self.id_of("financial/GLAccounts", code)

    def relation(self, code: str) -> str:
        return self.id_of("crm/Accounts", code)

    def line(self, account: str, amount: object, **fields: object) -> Body:
        return {"GLAccount": self.ledger_account(account), "AmountFC": amount, **fields}

    def sale(self, customer: str, lines: list[Body], **fields: object) -> requests.Response:
        head = {"Journal": "70", "Customer": self.relation(customer), "EntryDate": "2026-10-31"}
        return self.post("salesentry/SalesEntries", head | fields | {"SalesEntryLines": lines})

    def purchase(self, supplier: str, lines: list[Body], **fields: object) -> requests.Response:
        head = {"Journal": "60", "Supplier": self.relation(supplier), "EntryDate": "2026-10-31"}
        return self.post("purchaseentry/PurchaseEntries", head | fields | {"PurchaseEntryLines": lines})

    def memorial(self, lines: list[Body], **fields: object) -> requests.Response:
        head = {"JournalCode": "90"}
        return self.post(
            "generaljournalentry/GeneralJournalEntries", head | fields | {"GeneralJournalEntryLines": lines}
        )

    def ledger(self, entry_id: str) -> dict[str, float]:
        """Return an entry's ledger: account to signed amount."""
        rows = self.rows(
            "financialtransaction/TransactionLines",
            filter=f"EntryID eq guid'{entry_id}'",
            select="GLAccountCode,AmountDC",
        )
        sums: dict[str, float] = {}
        for row in rows:
            sums[row["GLAccountCode"]] = round(sums.get(row["GLAccountCode"], 0) + row["AmountDC"], 2)
        return sums

    def control(self, path: str, body: Body) -> None:
        answer = self.session.post(f"{self.base}/_emulator/{path}", json=body, timeout=5)
        assert answer.status_code == 200, answer.text

    def switch(self, **positions: object) -> None:
        self.control("switches", positions)

    def advance(self, seconds: float) -> None:
        self.control("clock", {"advance_s": seconds})


def requests_without_bearer(client: ExactClient, form: dict[str, str]) -> requests.Response:
    """Ask for tokens without the bearer that the session carries."""
    return client.session.post(
        f"{client.base}/api/oauth2/token", data=form, headers={"Authorization": ""}, timeout=5
    )


def message(answer: requests.Response) -> str:
    """Return the text of an error."""
    text: str = answer.json()["error"]["message"]["value"]
    return text
