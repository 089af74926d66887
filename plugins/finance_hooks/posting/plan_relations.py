"""Foresee what bringing debtors and creditors up to date would do; nothing is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from finance_hooks.model.administration import RelationsPolicy
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import PartyFault, PartyKey, PartyNeed, PartyState, PartyWrite, Written
from finance_hooks.posting.party_decision import Deciding, Links, Parks, Writes, found_link, parked_link
from finance_hooks.posting.party_match import make_index
from finance_hooks.posting.party_under_way import UnderWay
from finance_hooks.posting.party_values import WantedParty
from finance_hooks.posting.party_writing import as_written
from finance_hooks.posting.planned import Place, Planned
from finance_hooks.posting.relating import Relations, changes_mapping, choose_open, is_there
from finance_hooks.posting.work import Work
from finance_hooks.store.needed_parties import ABOUT_PARTIES, NeededParty
from finance_hooks.store.party_links import StoredLink
from finance_hooks.targets.base import PartyDesk

Stored = dict[PartyKey, StoredLink]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingParties:
    """Whom a plan asks about relations; without a `desk` nobody is asked. `counted` counts calls so far."""

    relations: Relations
    desk: PartyDesk | None = None
    counted: Callable[[], int] = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """What the next run would do about the parties it needs, of which something is new.

    `links` are as they would be then, and `remaps` says whether that changes what documents are mapped to.
    `writes` are what would leave, `made` the codes that would be there as debtor or creditor. Documents of
    `waiting` wait. `calls` were made to read the relations; `asked` is false where nobody read them.
    """

    links: Stored
    remaps: bool = False
    writes: tuple[PartyWrite, ...] = ()
    made: frozenset[str] = frozenset()
    waiting: frozenset[PartyKey] = frozenset()
    calls: int = 0
    asked: bool = True


@dataclass(slots=True, kw_only=True)
class _Under:
    """One foreseeing under way."""

    links: Stored
    deciding: Deciding
    under_way: UnderWay
    is_stopped: bool
    sends: bool
    remaps: bool = False
    writes: list[PartyWrite] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    waiting: set[PartyKey] = field(default_factory=set)


def relate_ahead(
    work: Work,
    planned: Iterable[Planned],
    links: Stored,
    asking: AskingParties,
    at: datetime,
    *,
    is_stopped: bool,
) -> Related | None:
    """Settle every needed party in memory; `None` where the run would not even read the relations.

    Raises TemporaryFailure when they cannot be read now.
    """
    if work.administration.relations_policy is RelationsPolicy.OFF:
        return None
    wanted = choose_open(needed_ahead(planned), work, asking.relations, links)
    if not wanted:
        return None
    if asking.desk is None:
        return Related(links=links, asked=False)
    books, before = work.administration.target_administration, asking.counted()
    try:
        found = list(asking.desk.read_parties(books))
    except ConfigurationError as error:
        return _cannot_read(wanted, links, str(error), asking.counted() - before)
    relations = asking.relations
    held = {key: link.target_party for key, link in links.items() if link.state is not PartyState.PARKED}
    foreseen = dict(links)
    under = _Under(
        links=foreseen,
        deciding=Deciding(
            index=make_index(found, relations.sides, held),
            desk=asking.desk,
            administration=books,
            fields=relations.fields,
            writes=work.administration.relations_policy is RelationsPolicy.WRITE,
        ),
        under_way=UnderWay(links=foreseen, relations=relations, read_at=at),
        is_stopped=is_stopped,
        sends=work.sends,
    )
    for one in wanted:
        _settle(under, one)
    return Related(
        links=under.links,
        remaps=under.remaps,
        writes=tuple(under.writes),
        made=frozenset(under.made),
        waiting=frozenset(under.waiting),
        calls=asking.counted() - before,
    )


def needed_ahead(planned: Iterable[Planned]) -> list[NeededParty]:
    """Name the parties of documents that would be sent, or wait for nothing but their parties, by number."""
    found: dict[PartyNeed, bool] = {}
    for one in planned:
        if one.place in {Place.BOOK, Place.WAITING} or _waits_for_parties(one):
            for need in one.parties:
                found[need] = found.get(need, False) or one.refused_before
    ordered = sorted(found, key=lambda need: (need.party, need.role))
    return [NeededParty(need=need, refused=found[need]) for need in ordered]


def _waits_for_parties(one: Planned) -> bool:
    return one.place is Place.PARKED and all(reason.code in ABOUT_PARTIES for reason in one.reasons)


def _settle(under: _Under, wanted: WantedParty) -> None:
    earlier = under.links.get(wanted.key)
    match under.deciding.decide(wanted, earlier):
        case Parks() as parks:
            _note(under, wanted, parked_link(earlier, parks))
        case Links() as links:
            _note(under, wanted, found_link(earlier, wanted, links))
        case Writes(write=write, matched_by=matched_by):
            under.made.add(write.code)
            is_new = write.earlier is None
            waits = under.under_way.is_own(earlier) or (is_new and under.under_way.is_twins(wanted))
            if under.is_stopped or waits:
                if under.sends and not is_there(earlier):
                    under.waiting.add(wanted.key)
                return
            under.writes.append(write)
            written = Written(id=write.earlier.id if write.earlier else write.reference, code=write.code)
            under.deciding.index.add(as_written(wanted, write, written))
            link = StoredLink(
                state=PartyState.LINKED,
                target_party=written.code,
                target_id=written.id,
                matched_by=matched_by,
                content_digest=wanted.content_digest,
            )
            _note(under, wanted, link)


def _note(under: _Under, wanted: WantedParty, link: StoredLink) -> None:
    under.remaps |= changes_mapping(wanted, under.links.get(wanted.key), link)
    under.links[wanted.key] = link
    if link.target_party is not None:
        under.deciding.index.holders[link.target_party.upper(), wanted.need.role] = wanted.key


def _cannot_read(wanted: Iterable[WantedParty], links: Stored, why: str, calls: int) -> Related:
    parks = Parks(fault=PartyFault(code=ReasonCode.PARTY_REFUSED, detail=why))
    parked = {
        one.key: parked_link(links.get(one.key), parks) for one in wanted if not is_there(links.get(one.key))
    }
    return Related(links={**links, **parked}, remaps=bool(parked), calls=calls)
