"""Read and write Twinfield's debtors and creditors through ProcessXml.

Twinfield developer portal, "Masters" (customers, suppliers).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.party import PartyOutcome, PartyWrite, Role, TargetParty
from finance_hooks.targets.twinfield import parties
from finance_hooks.targets.twinfield.client import Client
from finance_hooks.targets.twinfield.hook import TwinfieldHook
from finance_hooks.targets.twinfield.wire import UNEXPECTED


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinfieldPartyDesk:
    """The desk of one organisation's relations."""

    client: Client

    def read_parties(self, administration: str) -> Iterator[TargetParty]:
        """Read all relations of an administration: one call for each side."""
        try:
            return iter([party for role in Role for party in self._read_side(administration, role)])
        except UNEXPECTED as error:
            raise TemporaryFailure(f"Twinfield's relations are not as expected: {error!r}") from error

    def why_unfit(self, _administration: str, _role: Role, code: str) -> str | None:
        """Say why Twinfield takes no such code, as far as it can be known."""
        return parties.why_unfit(code)

    def why_no_side(self, _administration: str, relation: TargetParty, role: Role) -> str | None:
        """Say that a relation has one side for good: the other one is a dimension of its own."""
        return f"{relation.code} {relation.name} is no {role}, which is another dimension in Twinfield"

    def write_party(self, administration: str, write: PartyWrite) -> PartyOutcome:
        """Post one relation's document; the same code again changes it."""
        sending = self.client.post(parties.write_document(administration, write), administration)
        return parties.read_party_response(sending, write, self.client.transport.clock.now())

    def _read_side(self, administration: str, role: Role) -> list[TargetParty]:
        asked = parties.ask_relations(administration, role)
        what = f"read {parties.TYPES[role]}"
        return parties.read_relations(self.client.read(asked, what, office=administration), role)


def make_desk(hook: TwinfieldHook) -> TwinfieldPartyDesk:
    """Open the desk on the calls of a hook."""
    return TwinfieldPartyDesk(client=hook.client)
