"""Read and write AFAS's debtors and creditors: a number for each side, below them one organisation or person.

AFAS Developer documentation, "Organisaties en personen": MatchOga and MatchPer say which organisation or
person a relation is for: 0 by its number, 1 by its chamber of commerce number, 6 and 7 always a new one.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.model.party import PartyOutcome, PartyRefused, PartyWrite, Role, TargetParty, Written
from finance_hooks.targets.afas.party_fields import ADDRESS, COUNTRIES, ORGANISATION, PERSON
from finance_hooks.targets.afas.refusals import Sort, sort_message
from finance_hooks.targets.afas.responses import (
    LOCK_PAUSE_S,
    NEVER_SENT_PAUSE_S,
    REQUEST_TIMEOUT,
    SERVER_ERROR,
    describe_answer,
    paused_for_s,
)
from finance_hooks.targets.afas.wire import Message, find_keys, read_json, read_message, read_text
from finance_hooks.targets.json_body import write_json
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending

CODE_LENGTH = 16
CURRENCY = "EUR"
BELGIAN_DIGITS = 10
BY_NUMBER, BY_CHAMBER_OF_COMMERCE = "0", "1"
NEW: Mapping[str, str] = {ORGANISATION: "6", PERSON: "7"}
MATCH: Mapping[str, str] = {ORGANISATION: "MatchOga", PERSON: "MatchPer"}
KEYS: Mapping[Role, str] = {Role.DEBTOR: "DbId", Role.CREDITOR: "CrId"}
MARKS: Mapping[Role, str] = {Role.DEBTOR: "IsDb", Role.CREDITOR: "IsCr"}
SIDES: Mapping[Role, str] = {Role.DEBTOR: "Sales", Role.CREDITOR: "Purchase"}
THERE_ALREADY = ("bestaat al", "already exists")

Row = Mapping[str, object]
Fields = dict[str, object]


def read_debtors(rows: Iterable[Row]) -> list[TargetParty]:
    """Read debtors; one that is blocked for deliveries can be booked on all the same, as far as we know."""
    return [
        _read_relation(row, Role.DEBTOR, number="DebtorId", name="DebtorName", vat_number="VatNr")
        for row in rows
    ]


def read_creditors(rows: Iterable[Row]) -> list[TargetParty]:
    """Read creditors; one that is blocked fully AFAS does not show."""
    return [
        _read_relation(row, Role.CREDITOR, number="CreditorId", name="CreditorName", vat_number="Btw-nummer")
        for row in rows
    ]


def why_unfit(code: str) -> str | None:
    """Say why AFAS takes no such number."""
    if code.isascii() and code.isalnum() and len(code) <= CODE_LENGTH:
        return None
    return f"{code}: AFAS takes up to {CODE_LENGTH} letters and digits"


def connector_of(write: PartyWrite) -> str:
    """Name the UpdateConnector of a side, for organisations and for persons."""
    return f"Kn{SIDES[write.role]}Relation{'Per' if write.is_person else 'Org'}"


def makes_new(write: PartyWrite) -> bool:
    """Say whether a number is given out: to a new relation, or to an organisation's other side."""
    return write.earlier is None or write.adds_side


def write_body(write: PartyWrite, today: date) -> str:
    """Write what the UpdateConnector is given; an address holds from today."""
    is_new = makes_new(write)
    fields: Fields = {name: text for name, text in write.fields.items() if "/" not in name}
    if is_new:
        fields |= {MARKS[write.role]: True, "CuId": CURRENCY}
    element: Fields = {f"@{KEYS[write.role]}": write.code, "Fields": fields}
    holder = PERSON if write.is_person else ORGANISATION
    element["Objects"] = [{holder: {"Element": [_write_holder(write, holder, today)]}}]
    return write_json({connector_of(write): {"Element": element}})


def read_party_response(sending: Sending, write: PartyWrite, now: datetime) -> PartyOutcome:
    """Say what became of one written relation."""
    if isinstance(sending, NeverSent):
        pause_s = NEVER_SENT_PAUSE_S if sending.retry_after_s is None else sending.retry_after_s
        return _later(write, now, pause_s, sending.why)
    if isinstance(sending, PerhapsProcessed):
        return Unknown(reference=write.reference, why=sending.why)
    wait_s = paused_for_s(sending)
    if wait_s is not None:
        return _later(write, now, wait_s, describe_answer(sending))
    if 200 <= sending.status < 300:
        return _read_written(sending, write)
    return _read_refused(sending, write, now)


def _write_holder(write: PartyWrite, holder: str, today: date) -> Fields:
    """Write the organisation or person: by its number, by its chamber of commerce number, or as a new one."""
    own: Fields = _below(write.fields, holder)
    if write.earlier is not None:
        return {"Fields": {MATCH[holder]: BY_NUMBER, "BcCo": write.earlier.id, **own}}
    how = BY_CHAMBER_OF_COMMERCE if own.get("CcNr") else NEW[holder]
    fields: Fields = {MATCH[holder]: how, "PadAdr": True, "AutoNum": True, **own}
    address = _write_address(_below(write.fields, ADDRESS), today)
    if address is None:
        return {"Fields": fields}
    return {"Fields": fields, "Objects": [{ADDRESS: {"Element": [{"Fields": address}]}}]}


def _write_address(sent: Fields, today: date) -> Fields | None:
    """Write an address that AFAS can take: a country it has letters for, a house number that is a number."""
    country = COUNTRIES.get(str(sent.get("CoId", "")))
    if country is None or "Ad" not in sent or "Rs" not in sent:
        return None
    number = str(sent.pop("HmNr", ""))
    if number.isdecimal():
        sent["HmNr"] = int(number)
    elif number:
        sent["HmAd"] = f"{number} {sent.get('HmAd', '')}".strip()
    fixed: Fields = {"CoId": country, "PbAd": False, "BeginDate": today.isoformat(), "ResZip": False}
    return sent | fixed


def _below(fields: Mapping[str, str], holder: str) -> Fields:
    prefix = f"{holder}/"
    return {name.removeprefix(prefix): text for name, text in fields.items() if name.startswith(prefix)}


def _read_relation(row: Row, role: Role, *, number: str, name: str, vat_number: str) -> TargetParty:
    vat, registration = read_text(row.get(vat_number)), read_text(row.get("ChOfCommNr"))
    shown = read_text(row.get(name)) or ""
    return TargetParty(
        id=str(row["BcCo"]),
        code=str(row[number]),
        name=shown,
        roles=frozenset({role}),
        country=_country(vat, registration),
        vat_number=vat,
        registration_number=registration,
        fields={
            "VaId": vat or "",
            f"{ORGANISATION}/Nm": shown,
            f"{ORGANISATION}/CcNr": registration or "",
        },
    )


def _country(vat_number: str | None, registration_number: str | None) -> str:
    """Tell by its numbers where somebody is: the connectors have no country."""
    if vat_number and vat_number[:2].isalpha():
        return vat_number[:2].upper()
    digits = "".join(each for each in registration_number or "" if each.isdecimal())
    return "BE" if len(digits) == BELGIAN_DIGITS else "NL"


def _read_written(answer: Answer, write: PartyWrite) -> PartyOutcome:
    if write.earlier is not None and not write.adds_side:
        return Written(id=write.earlier.id, code=write.code)
    try:
        content = read_json(answer.body)
    except ValueError:
        content = None
    code, holder = (next(find_keys(content, name), None) for name in (KEYS[write.role], "BcCo"))
    if code != write.code or holder is None:
        why = f"AFAS answered {answer.status} without the number {write.code}"
        return Unknown(reference=write.reference, why=why)
    return Written(id=holder, code=code)


def _read_refused(answer: Answer, write: PartyWrite, now: datetime) -> PartyOutcome:
    message = read_message(answer.body)
    sort = sort_message(message)
    if answer.status == SERVER_ERROR and sort is Sort.LOCKED:
        return _later(write, now, LOCK_PAUSE_S, describe_answer(answer))
    is_said = answer.status == SERVER_ERROR and message is not None
    if is_said and (sort is not Sort.FAULT or _is_there_already(message)):
        return PartyRefused(why=describe_answer(answer))
    if 400 <= answer.status < SERVER_ERROR and answer.status != REQUEST_TIMEOUT:
        return PartyRefused(why=describe_answer(answer))
    return Unknown(reference=write.reference, why=describe_answer(answer))


def _is_there_already(message: Message | None) -> bool:
    return message is not None and any(words in message.text for words in THERE_ALREADY)


def _later(write: PartyWrite, now: datetime, pause_s: int, why: str) -> Later:
    return Later(reference=write.reference, until=now + timedelta(seconds=pause_s), why=why)
