"""Read and write Twinfield's debtors and creditors: dimensions of two types, which share one range of codes.

Twinfield developer portal, "Masters" (customers, suppliers): an empty element clears what is kept, an absent
one leaves it, so only what differs is sent.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from lxml import etree

from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import PartyOutcome, PartyRefused, PartyWrite, Role, TargetParty, Written
from finance_hooks.targets.twinfield.limits import throttled_for_s
from finance_hooks.targets.twinfield.party_fields import ADDRESS, OWNERSHIP
from finance_hooks.targets.twinfield.refusals import is_fault
from finance_hooks.targets.twinfield.responses import (
    NEVER_SENT_PAUSE_S,
    TOKEN_UNCHECKED,
    TOO_MANY_REQUESTS,
    describe_answer,
    is_rejected,
)
from finance_hooks.targets.twinfield.wire import (
    add,
    child_text,
    messages_of,
    name_of,
    read_document,
    read_fault,
)
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending

TYPES: Mapping[Role, str] = {Role.DEBTOR: "DEB", Role.CREDITOR: "CRD"}
CODE = re.compile(r"[A-Z0-9_.-]{1,16}")
ACTIVE = "active"
TEMPLATE = "template"


def ask_relations(office: str, role: Role) -> etree._Element:
    """Ask for all relations of one side with all their fields: a read without a code."""
    document = etree.Element("read")
    for name, text in {"type": "dimensions", "office": office, "dimtype": TYPES[role]}.items():
        add(document, name, text)
    return document


def read_relations(document: etree._Element, role: Role) -> list[TargetParty]:
    """Read the relations of one side; what is hidden or deleted cannot be booked on.

    Twinfield: the last one may be the template of its type, which is no relation.
    """
    found = document.iterchildren("dimension")
    return [_read_relation(each, role) for each in found if child_text(each, "behaviour") != TEMPLATE]


def why_unfit(code: str) -> str | None:
    """Say why Twinfield takes no such code; the mask of the dimension type only Twinfield knows."""
    if CODE.fullmatch(code):
        return None
    return f"{code}: Twinfield takes up to 16 capitals and digits"


def write_document(office: str, write: PartyWrite) -> etree._Element:
    """Write one relation's document: all there is of a new one, of an earlier one its name and what differs.

    Twinfield: there are offices that refuse a change without the name (CodeMill-Solutions/twinfield-mcp).
    """
    batch = etree.Element("dimensions")
    dimension = add(batch, "dimension")
    for name, text in {"office": office, "type": TYPES[write.role], "code": write.code}.items():
        add(dimension, name, text)
    name_of_earlier = {"name": write.earlier.name} if write.earlier is not None else {}
    for path, text in (name_of_earlier | dict(write.fields)).items():
        *groups, name = path.split("/")
        add(_group(dimension, groups), name, text)
    return batch


def read_party_response(sending: Sending, write: PartyWrite, now: datetime) -> PartyOutcome:
    """Say what became of one written relation."""
    if isinstance(sending, NeverSent):
        pause_s = NEVER_SENT_PAUSE_S if sending.retry_after_s is None else sending.retry_after_s
        return _later(write, now, pause_s, sending.why)
    if isinstance(sending, PerhapsProcessed):
        return Unknown(reference=write.reference, why=sending.why)
    fault = read_fault(sending.body)
    pause_s = throttled_for_s(sending.headers) if sending.status == TOO_MANY_REQUESTS else NEVER_SENT_PAUSE_S
    if sending.status == TOO_MANY_REQUESTS or (fault is not None and fault.code == TOKEN_UNCHECKED):
        return _later(write, now, pause_s, describe_answer(sending))
    if is_rejected(sending):
        return PartyRefused(why=describe_answer(sending))
    if not 200 <= sending.status < 300 or fault is not None:
        return Unknown(reference=write.reference, why=describe_answer(sending))
    return _read_written(sending, write)


def _group(dimension: etree._Element, names: list[str]) -> etree._Element:
    """Find or make the elements a field stands in; an address that we make is the one for invoices."""
    place = dimension
    for name in names:
        found = place.find(name)
        place = add(place, name) if found is None else found
    if names[-1:] == ["address"]:
        place.set("type", "invoice")
        place.set("default", "true")
    return place


def _read_relation(document: etree._Element, role: Role) -> TargetParty:
    code = child_text(document, "code") or ""
    fields = {each.target_field: child_text(document, each.target_field) or "" for each in OWNERSHIP.fields}
    return TargetParty(
        id=f"{TYPES[role]}/{code}",
        code=code,
        name=fields["name"],
        roles=frozenset({role}),
        country=fields[ADDRESS + "country"],
        # Twinfield: older relations have their numbers in the address only.
        vat_number=fields["vatnumber"] or fields[ADDRESS + "field4"] or None,
        registration_number=fields["cocnumber"] or fields[ADDRESS + "field5"] or None,
        blocked=document.get("status", ACTIVE) != ACTIVE,
        fields=fields,
    )


def _read_written(answer: Answer, write: PartyWrite) -> PartyOutcome:
    try:
        document = next(read_document(answer.body).iterchildren("dimension"), None)
    except ValueError as error:
        return Unknown(reference=write.reference, why=f"Twinfield answered {answer.status}, but {error}")
    if document is None or child_text(document, "code") != write.code:
        why = "Twinfield's answer does not say what became of it"
        return Unknown(reference=write.reference, why=why)
    if document.get("result") == "0" and not is_fault(document):
        return _read_refused(document)
    if document.get("result") != "1":
        why = "Twinfield's answer does not say what became of it"
        return Unknown(reference=write.reference, why=why)
    return Written(id=f"{TYPES[write.role]}/{write.code}", code=write.code)


def _read_refused(document: etree._Element) -> PartyRefused:
    said = list(messages_of(document))
    why = "; ".join(message for _, message in said) or "Twinfield refused it without saying why"
    is_about_code = any(name_of(node) == "code" for node, _ in said)
    return PartyRefused(
        why=why, code=ReasonCode.PARTY_CODE_UNFIT if is_about_code else ReasonCode.PARTY_REFUSED
    )


def _later(write: PartyWrite, now: datetime, pause_s: int, why: str) -> Later:
    return Later(reference=write.reference, until=now + timedelta(seconds=pause_s), why=why)
