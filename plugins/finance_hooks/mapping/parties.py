"""Find the target's party for a party of the source: a row of its own, else the rule of its role."""

from finance_hooks.mapping.case import Case
from finance_hooks.mapping.party_pattern import parse_party_pattern
from finance_hooks.mapping.schemas import EVERY, Role
from finance_hooks.mapping.tables import FIRST
from finance_hooks.model.document import DocumentLine, EntryKind
from finance_hooks.model.masters import Party
from finance_hooks.model.park_reason import ReasonCode


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
    own = case.codes.parties.get((number, role, FIRST))
    if own:
        return case.trace.use(own)["target_party"]
    rule = case.codes.parties.get((EVERY, role, FIRST))
    party = case.masters.parties.get(number)
    if party is None:
        case.trace.park(ReasonCode.PARTY_UNKNOWN, "party", number, None)
        return None
    target_number = _number(party, role)
    pattern = parse_party_pattern(rule["target_party"]) if rule else None
    if rule is None or pattern is None or not target_number:
        lacks = f"no {role} number" if rule else f"no row of its own and no rule for {role} in parties.csv"
        case.trace.park(
            ReasonCode.PARTY_UNMAPPED, "party", number, f"{lacks}, administration {case.codes.sync_id}"
        )
        return None
    case.trace.use(rule)
    return pattern.write(target_number)


def _number(party: Party, role: Role) -> str | None:
    return party.debtor_number if role is Role.DEBTOR else party.creditor_number
