"""Exact Online on the bench: one site, its consent given, the store beside it."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import make_reference
from finance_hooks.targets.exactonline.chart import RESOURCES
from finance_hooks.targets.exactonline.hook import ExactOnlineHook
from tests.contract.bench import many_of
from tests.contract.consented_bench import ConsentedBench
from tests.contract.exactonline.positions import AS_DOCUMENTED
from tests.contract.position import Position
from tests.targets.exactonline.belgian_samples import BELGIAN
from tests.targets.exactonline.brief_entries import BE_DIVISION, NL_DIVISION
from tests.targets.exactonline.samples import OTHERS, SAMPLES

if TYPE_CHECKING:
    from emulators.exactonline.app import ExactOnlineEmulator

CREDENTIALS = {
    "NL": ("a1b2c3d4-0031-4000-8000-000000000031", "nl-test-secret"),
    "BE": ("a1b2c3d4-0032-4000-8000-000000000032", "be-test-secret"),
}
DUTCH: Mapping[str, Entry] = {
    "sales": SAMPLES["S1"],
    "credit note": SAMPLES["S3"],
    "mixed signs": OTHERS["mixed signs"],
    "reverse charge sales": SAMPLES["S2"],
    "sales within the EU": SAMPLES["S4"],
    "sales outside the scope of VAT": SAMPLES["S6"],
    "g account": SAMPLES["S7"],
    "including vat code": OTHERS["including vat code"],
    "purchase": SAMPLES["P3"],
    "purchase without VAT": SAMPLES["P2"],
    "purchase credit note": OTHERS["purchase credit note"],
    "self-billed": SAMPLES["P1"],
    "memorial": SAMPLES["J1"],
    "foreign currency": OTHERS["foreign currency"],
}
ENTRIES = {"NL": DUTCH, "BE": BELGIAN}
# Exact keeps some VAT accounts apart that the source has as one, and books co-contractor purchases by code.
MERGED_ACCOUNTS = {
    "NL": {"16222": "16221", "16224": "16223"},
    "BE": {"451055": "451056", "451057": "451056", "700430": "700450"},
}
UPLOAD_PATH = "*/docs/XMLUpload.aspx"
CALLS_OF_A_CHART = 1 + len(RESOURCES)
"""The division's own row, and each list in one page."""
DIVISIONS = {"NL": NL_DIVISION, "BE": BE_DIVISION}


class ExactBench(ConsentedBench[ExactOnlineHook]):
    """One country's site of Exact Online."""

    slug = "exactonline"
    posting_path = "*/*entry/*Entries"
    last_attaching_call: ClassVar[Mapping[str, object]] = {
        "method": "POST",
        "path": "*/documents/DocumentAttachments",
    }
    looking_up_call: ClassVar[Mapping[str, object]] = {"method": "GET", "path": "*/documents/Documents"}
    computes_shifted_vat = True
    claimed_on = frozenset({"13305", "411000"})
    systems: ClassVar[Mapping[str, str]] = {"BE": "exactonline_be"}
    token_life_s = 600
    emulator: "ExactOnlineEmulator"

    def __init__(self, store_url: str, position: Position = AS_DOCUMENTED) -> None:
        self.merged_accounts = MERGED_ACCOUNTS[position.country]
        self.administration = DIVISIONS[position.country]
        self._login, self.secret = CREDENTIALS[position.country]
        if position.connection.get("xml_upload_from"):
            self.posting_path = UPLOAD_PATH
        super().__init__(store_url, position)

    def entries(self) -> Mapping[str, Entry]:
        return ENTRIES[self.position.country]

    def refused(self) -> Entry:
        # Exact: more on the G account than the invoice comes to; no chart tells anything of it.
        reference = make_reference("too much on the G account")
        return replace(self.sale, reference=reference, g_account_amount=Decimal("99999.00"))

    def is_posting(self, path: str, operation: str, method: str) -> bool:
        return super().is_posting(path, operation, method) or path.endswith(UPLOAD_PATH.removeprefix("*"))

    def attach_pdfs(self, *, wanted: bool = True) -> None:
        """Let the connection attach PDFs from now on, or not."""
        self.connect(attach_pdfs=wanted)

    def files(self) -> list[tuple[str, bytes]]:
        """Return name and content of every file that stands in Exact."""
        rows = self.emulator.books_of(int(self.administration)).rows("documents/DocumentAttachments")
        return [(row["FileName"], base64.b64decode(row["Attachment"])) for row in rows]

    def refuse_files(self) -> None:
        """Let Exact find something wrong with the next file."""
        body = '{"error":{"code":"","message":{"lang":"","value":"Niet toegestaan: Bijlage"}}}'
        self.place(**self.last_attaching_call, operation="*", effect="status", status=500, body=body)

    def shut_files(self) -> None:
        """Take the right on documents from the app."""
        self.switch(missing_scopes="organization.documents")

    def open_hook(self, conn_id: str, **parts: Any) -> ExactOnlineHook:
        return ExactOnlineHook(conn_id, **parts)

    def lay(self, conn_id: str, secret: str, **extra: object) -> None:
        fields: dict[str, object] = {
            "country": self.position.country,
            "environment": "test",
            "redirect_uri": "https://qubz.example.org/rest/exactonline/callback",
            "user_name": "koppeling@example.org",
            "rate_direction": "books_per_currency",
        }
        self.lay_connection(conn_id, self._login, secret, **{**fields, **extra})


numbered = partial(many_of, SAMPLES["S1"])
"""Make so many sales entries, each with a number and reference of its own."""


def calls(bench: ExactBench, method: str = "GET", part: str = "/api/v1/") -> list[dict[str, Any]]:
    """List the calls of a method to addresses that hold this part."""
    return [call for call in bench.calls() if call["method"] == method and part in call["path"]]
