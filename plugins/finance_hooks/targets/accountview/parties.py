"""Read and write AccountView's relations: rows of CONTACT, seen as debtors (AR1) and as creditors (AP1).

Bodies as the unit ulcsAccountViewUtility and svitlanahasynets/apicenter post them; a change repeats the form
of an addition with the relation's number as `id`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.model.party import PartyOutcome, PartyRefused, PartyWrite, Role, TargetParty, Written
from finance_hooks.targets.accountview.listings import Listing
from finance_hooks.targets.accountview.party_fields import OWNERSHIP
from finance_hooks.targets.accountview.refusals import is_broken, is_busy
from finance_hooks.targets.accountview.responses import (
    BUSY_PAUSE_S,
    CLOSED_TO_US,
    NEVER_SENT_PAUSE_S,
    REQUEST_TIMEOUT,
    TOO_MANY_REQUESTS,
    describe_answer,
    throttled_for_s,
)
from finance_hooks.targets.accountview.texts import to_ansi
from finance_hooks.targets.accountview.wire import (
    UNEXPECTED,
    Row,
    read_fault,
    read_tables,
    read_text,
    write_json,
)
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending

TABLE = "CONTACT"
CODE_LENGTH = 10
_FIELDS = tuple(each.target_field for each in OWNERSHIP.fields)
_ASKED = {TABLE: ("SUB_NR", "ACCT_NR", "REC_BLK", *_FIELDS)}
LISTINGS: Mapping[Role, Listing] = {
    Role.DEBTOR: Listing(code="AR1", table=TABLE, fields=_ASKED, key="SUB_NR"),
    Role.CREDITOR: Listing(code="AP1", table=TABLE, fields=_ASKED, key="SUB_NR"),
}


def read_relations(rows: Mapping[Role, Iterable[Row]]) -> list[TargetParty]:
    """Read the relations of both sides; one that is seen on both is one relation."""
    found: dict[str, TargetParty] = {}
    for role, listed in rows.items():
        for row in listed:
            relation = _read_relation(row, role)
            earlier = found.get(relation.code)
            found[relation.code] = (
                relation if earlier is None else replace(earlier, roles=earlier.roles | relation.roles)
            )
    return list(found.values())


def usual_account(rows: Iterable[Row]) -> str | None:
    """Tell the collective account that a side's relations have, by what most of them do."""
    counted = Counter(account for row in rows if (account := read_text(row.get("ACCT_NR"))))
    return counted.most_common(1)[0][0] if counted else None


def why_unfit(code: str) -> str | None:
    """Say why AccountView takes no such number; it writes them in capitals."""
    if code.isascii() and code.isalnum() and code == code.upper() and len(code) <= CODE_LENGTH:
        return None
    return f"{code}: AccountView takes up to {CODE_LENGTH} capitals and digits"


def write_body(write: PartyWrite, account: str | None, today: date) -> str:
    """Write what is posted or put: all there is of a new relation, of an earlier one only what differs."""
    values = {name: to_ansi(text) for name, text in write.fields.items()}
    if write.earlier is None:
        values["SRC_CODE"] = values["SRC_CODE"].upper()
        values |= {"SUB_NR": write.code, "ACCT_NR": account or ""}
    sent = {"RowId": "1", **values}
    body: dict[str, object] = {
        "BookDate": f"{today.isoformat()}T00:00:00",
        "BusinessObject": LISTINGS[write.role].code,
        "Table": {
            "Definition": {
                "Name": TABLE,
                "Fields": [{"Name": name, "FieldType": "C"} for name in sent],
            }
        },
        "TableData": {"Data": {"Rows": [{"Values": list(sent.values())}]}},
    }
    return write_json(body if write.earlier is None else {"id": write.code, **body})


def read_party_response(sending: Sending, write: PartyWrite, now: datetime) -> PartyOutcome:
    """Say what became of one written relation."""
    if isinstance(sending, NeverSent):
        pause_s = NEVER_SENT_PAUSE_S if sending.retry_after_s is None else sending.retry_after_s
        return _later(write, now, pause_s, sending.why)
    if isinstance(sending, PerhapsProcessed):
        return Unknown(reference=write.reference, why=sending.why)
    if sending.status == TOO_MANY_REQUESTS:
        return _later(write, now, throttled_for_s(sending), "AccountView answered 429")
    fault = read_fault(sending.body)
    if fault is not None and fault.is_business and is_busy(fault.message):
        return _later(write, now, BUSY_PAUSE_S, describe_answer(sending))
    if _is_refused(sending):
        return PartyRefused(why=describe_answer(sending))
    return _read_written(sending, write)


def _is_refused(answer: Answer) -> bool:
    """Say whether the installation judged the relation, or nothing may be written to the company at all."""
    if answer.status in CLOSED_TO_US:
        return True
    fault = read_fault(answer.body)
    if fault is not None and fault.is_business and answer.status != REQUEST_TIMEOUT:
        return not (is_broken(fault.message) or 300 <= answer.status < 400)
    return 400 <= answer.status < 500 and answer.status != REQUEST_TIMEOUT


def _read_relation(row: Row, role: Role) -> TargetParty:
    fields = {name: read_text(row.get(name)) or "" for name in _FIELDS}
    code = read_text(row["SUB_NR"]) or ""
    return TargetParty(
        id=code,
        code=code,
        name=fields["ACCT_NAME"],
        roles=frozenset({role}),
        country=fields["CNT_CODE"],
        vat_number=fields["VAT_NR"] or None,
        registration_number=fields["COC_CODE"] or None,
        blocked=bool(row.get("REC_BLK")),
        fields=fields,
    )


def _read_written(answer: Answer, write: PartyWrite) -> PartyOutcome:
    why = f"AccountView answered {answer.status}"
    try:
        rows = read_tables(answer.body).get(TABLE, ())
        code = read_text(rows[0].get("SUB_NR")) if len(rows) == 1 else None
    except UNEXPECTED:
        return Unknown(reference=write.reference, why=f"{why} with an unreadable body")
    if not 200 <= answer.status < 300 or code != write.code:
        return Unknown(reference=write.reference, why=f"{why} without the number {write.code}")
    return Written(id=code, code=code)


def _later(write: PartyWrite, now: datetime, pause_s: int, why: str) -> Later:
    return Later(reference=write.reference, until=now + timedelta(seconds=pause_s), why=why)
