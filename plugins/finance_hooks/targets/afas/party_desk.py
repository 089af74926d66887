"""Read and write AFAS's debtors and creditors through its connectors.

AFAS Developer documentation, "Organisaties en personen".
"""

from collections.abc import Iterator
from dataclasses import dataclass

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.party import PartyOutcome, PartyWrite, Role, TargetParty
from finance_hooks.targets.afas import parties
from finance_hooks.targets.afas.chart import CONNECTORS
from finance_hooks.targets.afas.client import Client
from finance_hooks.targets.afas.hook import AfasHook
from finance_hooks.targets.afas.wire import UNEXPECTED, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class AfasPartyDesk:
    """The desk of one environment's relations, which all its administrations share."""

    client: Client

    def read_parties(self, _administration: str) -> Iterator[TargetParty]:
        """Read all debtors and creditors, thousands a call."""
        try:
            debtors = parties.read_debtors(self._read("debtors"))
            return iter([*debtors, *parties.read_creditors(self._read("creditors"))])
        except UNEXPECTED as error:
            raise TemporaryFailure(f"AFAS's relations are not as expected: {error!r}") from error

    def why_unfit(self, _administration: str, _role: Role, code: str) -> str | None:
        """Say why AFAS takes no such number."""
        return parties.why_unfit(code)

    def why_no_side(self, _administration: str, _relation: TargetParty, _role: Role) -> str | None:
        """Let any organisation become debtor or creditor too: the other side gets a number of its own."""
        return None

    def write_party(self, _administration: str, write: PartyWrite) -> PartyOutcome:
        """Give out a new number, or change what differs."""
        clock = self.client.transport.clock
        method = "POST" if parties.makes_new(write) else "PUT"
        body = parties.write_body(write, clock.now().date())
        sending = self.client.write(method, parties.connector_of(write), body)
        return parties.read_party_response(sending, write, clock.now())

    def _read(self, name: str) -> list[Row]:
        connector = CONNECTORS[name]
        return list(self.client.read_rows(connector.name, order=connector.order, columns=connector.columns))


def make_desk(hook: AfasHook) -> AfasPartyDesk:
    """Open the desk on the calls of a hook."""
    return AfasPartyDesk(client=hook.client)
