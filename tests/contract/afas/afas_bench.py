"""AFAS Profit on the bench: one environment, one app connector, a way in of either kind."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from emulators.afas.hosts import CLIENT_ID, SECRETS
from finance_hooks.model.entry import Entry
from finance_hooks.targets.afas.hook import AfasHook
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.contract.afas.afas_entries import ENTRIES, without_accounts
from tests.contract.afas.positions import AS_DOCUMENTED
from tests.contract.bench import Bench
from tests.contract.position import Position
from tests.targets.afas.belgian_samples import BELGIAN
from tests.targets.afas.brief_entries import ADMINISTRATION, BE_ADMINISTRATION

if TYPE_CHECKING:
    from emulators.afas.app import AfasEmulator

PROXY_PAGE = "<html><body><h1>503 Service Unavailable</h1></body></html>"

ADMINISTRATIONS = {"NL": ADMINISTRATION, "BE": BE_ADMINISTRATION}


class AfasBench(Bench):
    """One environment of AFAS; it needs no store."""

    slug = "afas"
    merged_accounts: Mapping[str, str] = {
        "1310": "1300",
        "1501": "1500",
        "1505": "1500",
        "1511": "1510",
        "1525": "1520",
    }
    posting_path = "*/connectors/FiEntries"
    last_attaching_call: ClassVar[Mapping[str, object]] = {"method": "POST", "path": "*/connectors/KnSubject"}
    looking_up_call: ClassVar[Mapping[str, object]] = {
        "method": "GET",
        "path": "*/connectors/Profit_Subjects",
    }
    claimed_on = frozenset({"1505", "1506"})
    emulator: "AfasEmulator"

    def __init__(self, _store_url: str = "", position: Position = AS_DOCUMENTED) -> None:
        self.administration = ADMINISTRATIONS[position.country]
        super().__init__(position)
        self.connect("afas_bench")

    def entries(self) -> Mapping[str, Entry]:
        if self.position.country == "BE":
            return BELGIAN
        if self.position.switches.get("reverse_charge") == "vat_code_only":
            # AFAS: a mapping without the accounts of shifted VAT leaves them to AFAS.
            return {kind: without_accounts(entry) for kind, entry in ENTRIES.items()}
        return ENTRIES

    def hook(self, *, transport: Transport | None = None, budget: Budget | None = None) -> AfasHook:
        return self.hook_of("afas_bench", transport, budget)

    def hook_of(
        self, conn_id: str, transport: Transport | None = None, budget: Budget | None = None
    ) -> AfasHook:
        """Make a hook of another connection."""
        return AfasHook(
            conn_id,
            transport=transport or Transport(session=open_session(), clock=self.clock),
            budget=budget,
            cache=self.cache,
        )

    def with_wrong_credentials(self) -> AfasHook:
        wrong = f"<token><version>1</version><data>{'00' * 32}</data></token>"
        self.connect(
            "afas_wrong", "not-the-secret", client_secret_next="", app_token=wrong, app_token_next=""
        )
        return self.hook_of("afas_wrong")

    def expire_token(self) -> None:
        self.emulator.grants.access.clear()
        self.switch(revoked="token")

    def refused(self) -> Entry:
        # AFAS: no connector that we read lists the currencies.
        return replace(self.entries()["foreign currency"], currency="XTS")

    def books(self) -> list[dict[str, Any]]:
        """Return the books with BpNr taken apart into our reference and the document's number."""
        entries = super().books()
        for entry in entries:
            reference, _, number = entry["document"].partition(" ")
            entry |= {"reference": reference, "document": number}
        return entries

    def place(self, **fault: object) -> None:
        if fault.get("effect") == "status" and fault.get("status") == 503:
            # AFAS: its own 503 means that nothing was done; one after the booking is that of a proxy.
            fault = {"body": PROXY_PAGE, **fault}
        super().place(**fault)

    def attach_pdfs(self, *, wanted: bool = True, subject_type: int = 105) -> None:
        """Let the connection attach PDFs from now on, or not."""
        self.connect("afas_bench", attach_pdfs=wanted, subject_type=subject_type)

    def files(self) -> list[tuple[str, bytes]]:
        """Return name and content of every file in AFAS's dossiers."""
        subjects = self.emulator.environment.subjects.values()
        files = (file for subject in subjects for file in subject["files"])
        return [(file["name"], base64.b64decode(file["content"])) for file in files]

    def refuse_files(self) -> None:
        """Name a type of dossier item that has no place at an invoice."""
        self.attach_pdfs(subject_type=106)

    def shut_files(self) -> None:
        """Take the connector from the app."""
        self.switch(missing_connectors="KnSubject")

    def connect(self, conn_id: str, secret: str = SECRETS["secret"], **extra: object) -> None:
        """Lay down a connection to the emulator, with some fields of its own."""
        is_classic = self.position.connection.get("auth") == "app_token"
        self.lay_connection(
            conn_id,
            None if is_classic else CLIENT_ID,
            None if is_classic else secret,
            **{**self.position.connection, **extra},
        )
