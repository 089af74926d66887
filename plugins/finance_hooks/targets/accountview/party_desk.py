"""Read and write AccountView's relations over its web API, one call after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.party import PartyOutcome, PartyRefused, PartyWrite, Role, TargetParty
from finance_hooks.targets.accountview import parties
from finance_hooks.targets.accountview.chart_shelf import BOOKS_ZONE, ChartShelf
from finance_hooks.targets.accountview.client import Client
from finance_hooks.targets.accountview.hook import AccountViewHook
from finance_hooks.targets.accountview.query import Question
from finance_hooks.targets.accountview.wire import UNEXPECTED


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountViewPartyDesk:
    """The desk of one portal's relations; `accounts` are the collective accounts that were seen, by side."""

    client: Client
    shelf: ChartShelf
    accounts: dict[Role, str | None] = field(default_factory=dict)

    def read_parties(self, administration: str) -> Iterator[TargetParty]:
        """Read all relations of a company, as debtors and as creditors."""
        company, today = self._company(administration), self._today()
        try:
            rows = {
                role: list(self.client.read_rows(company, Question(listing=listing, book_date=today)))
                for role, listing in parties.LISTINGS.items()
            }
            self.accounts.update({role: parties.usual_account(listed) for role, listed in rows.items()})
            return iter(parties.read_relations(rows))
        except UNEXPECTED as error:
            raise TemporaryFailure(f"AccountView's relations are not as expected: {error!r}") from error

    def why_unfit(self, _administration: str, _role: Role, code: str) -> str | None:
        """Say why AccountView takes no such number."""
        return parties.why_unfit(code)

    def why_no_side(self, _administration: str, relation: TargetParty, role: Role) -> str | None:
        """Say that a relation keeps its side: it has one collective account."""
        return f"{relation.code} {relation.name} is no {role} and has the collective account of its own side"

    def write_party(self, administration: str, write: PartyWrite) -> PartyOutcome:
        """Add a relation with the collective account of its side, or change what differs of one."""
        account = self.accounts.get(write.role)
        if write.earlier is None and account is None:
            return PartyRefused(
                why=f"no {write.role} shows which collective account they have; make the first one by hand"
            )
        body = parties.write_body(write, account, self._today())
        method = "POST" if write.earlier is None else "PUT"
        sending = self.client.write(method, self._company(administration), body)
        return parties.read_party_response(sending, write, self.client.transport.clock.now())

    def _company(self, administration: str) -> str:
        return self.shelf.read(administration).id

    def _today(self) -> date:
        return self.client.transport.clock.now().astimezone(BOOKS_ZONE).date()


def make_desk(hook: AccountViewHook) -> AccountViewPartyDesk:
    """Open the desk on the calls of a hook."""
    return AccountViewPartyDesk(client=hook.client, shelf=hook.charts)
