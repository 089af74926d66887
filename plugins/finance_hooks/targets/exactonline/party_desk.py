"""Read and write Exact's accounts over its API, one call after the other.

Exact Online REST reference: CRMAccounts, BulkCRMAccounts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.party import PartyOutcome, PartyWrite, Role, TargetParty
from finance_hooks.targets.exactonline import parties
from finance_hooks.targets.exactonline.client import Client
from finance_hooks.targets.exactonline.hook import ExactOnlineHook
from finance_hooks.targets.exactonline.wire import UNEXPECTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactPartyDesk:
    """The desk of one site's accounts."""

    client: Client

    def read_parties(self, administration: str) -> Iterator[TargetParty]:
        """Read all accounts of a division, a thousand a call."""
        rows = self.client.read_rows(administration, parties.LIST, select=parties.SELECT)
        try:
            return iter(parties.read_relations(rows))
        except UNEXPECTED as error:
            raise TemporaryFailure(f"Exact's accounts are not as expected: {error!r}") from error

    def why_unfit(self, _administration: str, _role: Role, code: str) -> str | None:
        """Say why Exact takes no such code."""
        return parties.why_unfit(code)

    def why_no_side(self, _administration: str, _relation: TargetParty, _role: Role) -> str | None:
        """Let any account become customer or supplier: Exact keeps both on one account."""
        return None

    def write_party(self, administration: str, write: PartyWrite) -> PartyOutcome:
        """Post a new account, or put what differs of one."""
        body = parties.write_body(write)
        key = None if write.earlier is None else write.earlier.id
        sending = self.client.write(administration, parties.ACCOUNTS, body, key=key)
        return parties.read_party_response(sending, write, self.client.transport.clock.now())


def make_desk(hook: ExactOnlineHook) -> ExactPartyDesk:
    """Open the desk on the calls of a hook."""
    return ExactPartyDesk(client=hook.client)
