"""Hold the state of one bringing up to date of debtors and creditors: what is wanted, read, and written."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from finance_hooks.model.administration import RelationsPolicy
from finance_hooks.model.masters import Masters
from finance_hooks.model.party import PartyFault, PartyKey, PartySides, PartyState
from finance_hooks.model.party_field import PartyField
from finance_hooks.posting.loading import HeldLease
from finance_hooks.posting.party_match import PartyIndex
from finance_hooks.posting.party_values import WantedParty, want_party
from finance_hooks.posting.work import Work
from finance_hooks.store.engine import Connection
from finance_hooks.store.needed_parties import NeededParty, needed_parties
from finance_hooks.store.party_links import StoredLink
from finance_hooks.targets.base import PartyDesk

BEING_MADE = "its debtor or creditor is being made in the package"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """What debtors and creditors are written with: the source's masters, the package's fields and terms."""

    masters: Masters
    fields: tuple[PartyField, ...]
    sides: PartySides
    payment_terms: Mapping[str, str]
    settle_s: int


@dataclass(slots=True, kw_only=True)
class Relating:
    """One bringing up to date under way.

    `wait_until` is set when a limit ended the writing.
    """

    work: Work
    desk: PartyDesk
    lease: HeldLease
    relations: Relations
    index: PartyIndex
    links: dict[PartyKey, StoredLink]
    read_at: datetime
    happened: Counter[str] = field(default_factory=Counter)
    wait_until: datetime | None = None
    waiting_why: str = ""

    @property
    def writes(self) -> bool:
        """Whether relations may be written at all."""
        return self.work.administration.relations_policy is RelationsPolicy.WRITE

    @property
    def stopped(self) -> bool:
        """Whether nothing more is written in this run."""
        return not self.work.sends or self.wait_until is not None or self.lease.wanted_by_another()

    def note_link(self, wanted: WantedParty, link: StoredLink) -> None:
        """Know where a link stands now, and whether that changes what its documents are mapped to."""
        if changes_mapping(wanted, self.links.get(wanted.key), link):
            self.happened["remapped"] += 1
        self.links[wanted.key] = link
        if link.target_party is not None:
            self.index.holders[link.target_party.upper(), wanted.need.role] = wanted.key


def _effect(link: StoredLink | None, wanted: WantedParty) -> tuple[str, tuple[PartyFault, ...]]:
    """Tell what mapping makes of a party: its code, and why it cannot be booked on."""
    own = wanted.need.target_party
    linked = None if link is None or wanted.need.by_row else link.target_party
    return linked or own, () if link is None else link.faults


def open_parties(
    connection: Connection, work: Work, relations: Relations, links: Mapping[PartyKey, StoredLink]
) -> list[WantedParty]:
    """Choose of the parties that stored documents need those that are not known to be as they should be."""
    return choose_open(needed_parties(connection, work.administration), work, relations, links)


def choose_open(
    needed: Iterable[NeededParty], work: Work, relations: Relations, links: Mapping[PartyKey, StoredLink]
) -> list[WantedParty]:
    """Choose the needed parties that are not known to be as they should be, by number.

    A party that the source does not show has a row of its own and is left to that.
    """
    wanted = [
        want_party(
            one.need,
            relations.masters.parties[one.need.party],
            relations.fields,
            relations.payment_terms,
            refused_before=one.refused,
        )
        for one in needed
        if one.need.party in relations.masters.parties
    ]
    writes = work.administration.relations_policy is RelationsPolicy.WRITE
    today = work.business_date()
    return [
        one
        for one in wanted
        if not _is_settled(one, links.get(one.key), writes=writes)
        and not _was_refused(one, links.get(one.key), today)
    ]


def is_there(link: StoredLink | None) -> bool:
    """Say whether documents may go on: the relation is there, or what is wrong with it parks them."""
    if link is None:
        return False
    return link.state in {PartyState.LINKED, PartyState.PARKED} or link.target_id is not None


def changes_mapping(wanted: WantedParty, before: StoredLink | None, after: StoredLink | None) -> bool:
    """Say whether the documents of a party have to be mapped again once its link stands otherwise."""
    return _effect(before, wanted) != _effect(after, wanted)


def _is_settled(wanted: WantedParty, link: StoredLink | None, *, writes: bool) -> bool:
    if link is None or link.state is not PartyState.LINKED or wanted.refused_before:
        return False
    is_proposed = link.proposal is not None and "why" not in link.proposal
    return link.content_digest == wanted.content_digest and not (writes and is_proposed)


def _was_refused(wanted: WantedParty, link: StoredLink | None, today: date) -> bool:
    return link is not None and link.refused_on == today and link.content_digest == wanted.content_digest
