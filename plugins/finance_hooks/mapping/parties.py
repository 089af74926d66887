"""Find the target's party for a party of the source: the table's row or rule, and what its link says.

A row of its own for the party decides. Else the relation that it was linked to does; the rule gives the code
of a relation that nobody knows yet. What keeps a party from being booked on comes with its link.
"""

from finance_hooks.mapping.case import Case
from finance_hooks.mapping.lookup import TableRow
from finance_hooks.mapping.party_pattern import parse_party_pattern
from finance_hooks.mapping.schemas import EVERY
from finance_hooks.mapping.tables import FIRST
from finance_hooks.model.document import DocumentLine, EntryKind
from finance_hooks.model.masters import Party
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import PartyLink, PartyNeed, Role

LINK_PLACE = "party_link"
"""Stands where `file:line` does for a code that a link decided."""


def map_document_party(case: Case) -> str | None:
    """Map the debtor of a sale or the creditor of a purchase; a memorial has parties on its lines only."""
    document = case.document
    if case.is_memorial:
        return None
    if document.party is None:
        case.trace.park(ReasonCode.FIELD_MISSING, "party", None, None)
        return None
    role = Role.DEBTOR if document.type.kind is EntryKind.SALES else Role.CREDITOR
    return _map_party(document.party, role, case)


def map_line_party(line: DocumentLine, case: Case) -> str | None:
    """Map the party that a memorial line names; a debtor who is creditor too must be one party there."""
    if line.party is None:
        return None
    party = case.masters.parties.get(line.party)
    if party is None:
        case.trace.park(ReasonCode.PARTY_UNKNOWN, "party", line.party, None, line=line.number)
        return None
    roles = [role for role in Role if _number(party, role)]
    found = {_map_party(line.party, role, case) for role in roles}
    if len(found) == 1:
        return found.pop()
    numbers = " or ".join(sorted(target_party for target_party in found if target_party))
    detail = f"debtor or creditor is not said: {numbers}" if found else "neither debtor nor creditor"
    case.trace.park(ReasonCode.PARTY_UNMAPPED, "party", line.party, detail, line=line.number)
    return None


def _map_party(number: str, role: Role, case: Case) -> str | None:
    link = case.codes.party_links.get((number, role), PartyLink(target_party=None))
    for fault in link.faults:
        case.trace.park(fault.code, "party", number, fault.detail)
    own = case.codes.parties.get((number, role, FIRST))
    if own:
        code = case.trace.use(own)["target_party"]
        case.trace.need(PartyNeed(party=number, role=role, target_party=code, by_row=True))
        return code
    ruled = _write_by_rule(number, role, case, is_linked=link.target_party is not None)
    if ruled is not None:
        case.trace.need(PartyNeed(party=number, role=role, target_party=ruled, by_row=False))
    if link.target_party in {None, ruled}:
        return ruled
    return _use_link(number, role, link.target_party, case)


def _use_link(number: str, role: Role, target_party: str | None, case: Case) -> str:
    cells = {"party": number, "role": role.value, "target_party": target_party or ""}
    content = "\x1f".join([LINK_PLACE, *cells.values()])
    return case.trace.use(TableRow(at=f"{LINK_PLACE}:{role}:{number}", content=content, cells=cells))[
        "target_party"
    ]


def _write_by_rule(number: str, role: Role, case: Case, *, is_linked: bool) -> str | None:
    rule = case.codes.parties.get((EVERY, role, FIRST))
    party = case.masters.parties.get(number)
    if party is None:
        case.trace.park(ReasonCode.PARTY_UNKNOWN, "party", number, None)
        return None
    target_number = _number(party, role)
    pattern = parse_party_pattern(rule["target_party"]) if rule else None
    if rule is None or pattern is None or not target_number:
        lacks = f"no {role} number" if rule else f"no row of its own and no rule for {role} in parties.csv"
        if not is_linked:
            case.trace.park(
                ReasonCode.PARTY_UNMAPPED, "party", number, f"{lacks}, administration {case.codes.sync_id}"
            )
        return None
    case.trace.use(rule)
    return pattern.write(target_number)


def _number(party: Party, role: Role) -> str | None:
    return party.debtor_number if role is Role.DEBTOR else party.creditor_number
