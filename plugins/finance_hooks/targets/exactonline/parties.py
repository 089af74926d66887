"""Read and write Exact's accounts: one relation with one code, customer by status, supplier by a mark.

Exact Online REST reference: CRMAccounts, BulkCRMAccounts.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.model.party import PartyOutcome, PartyRefused, PartyWrite, Role, TargetParty, Written
from finance_hooks.targets.exactonline.limits import throttled_for_s
from finance_hooks.targets.exactonline.party_fields import OWNERSHIP
from finance_hooks.targets.exactonline.refusals import is_fault
from finance_hooks.targets.exactonline.responses import (
    NEVER_SENT_PAUSE_S,
    REQUEST_TIMEOUT,
    SERVER_ERROR,
    TOO_MANY_REQUESTS,
    describe_answer,
)
from finance_hooks.targets.exactonline.wire import Row, read_message, read_row, read_text
from finance_hooks.targets.json_body import write_json
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending

ACCOUNTS = "crm/Accounts"
LIST = "bulk/CRM/Accounts"
CODE_LENGTH = 18
CUSTOMER = "C"
_FIELDS = tuple(dict.fromkeys(each.target_field for each in OWNERSHIP.fields))
SELECT = ",".join(("ID", "Code", "Status", "IsSupplier", "Blocked", *_FIELDS))
_SIDES: dict[Role, dict[str, object]] = {
    Role.DEBTOR: {"Status": CUSTOMER},
    Role.CREDITOR: {"IsSupplier": True},
}
"""Exact: a status is one of suspect, prospect, customer or none; supplier is a mark beside it."""


def read_relations(rows: Iterable[Row]) -> list[TargetParty]:
    """Read accounts; one without a code cannot be booked on and is left out."""
    return [_read_relation(row) for row in rows if read_text(row["Code"])]


def why_unfit(code: str) -> str | None:
    """Say why Exact takes no such code: digits only, 18 at most, which it pads with blanks."""
    if code.isascii() and code.isdecimal() and len(code) <= CODE_LENGTH:
        return None
    return f"{code}: Exact takes up to {CODE_LENGTH} digits"


def write_body(write: PartyWrite) -> str:
    """Write what is posted or put: only what differs, or all there is of a new account."""
    body: dict[str, object] = dict(write.fields)
    if write.earlier is None:
        return write_json({"Code": write.code, **body, **_SIDES[write.role]})
    return write_json(body | _SIDES[write.role] if write.adds_side else body)


def read_party_response(sending: Sending, write: PartyWrite, now: datetime) -> PartyOutcome:
    """Say what became of one written account."""
    if isinstance(sending, NeverSent):
        pause_s = NEVER_SENT_PAUSE_S if sending.retry_after_s is None else sending.retry_after_s
        return Later(reference=write.reference, until=now + timedelta(seconds=pause_s), why=sending.why)
    if isinstance(sending, PerhapsProcessed):
        return Unknown(reference=write.reference, why=sending.why)
    if sending.status == TOO_MANY_REQUESTS:
        until = now + timedelta(seconds=throttled_for_s(sending.headers, now))
        return Later(reference=write.reference, until=until, why="Exact answered 429")
    if 200 <= sending.status < 300:
        return _read_written(sending, write)
    return _read_refused(sending, write)


def _read_relation(row: Row) -> TargetParty:
    sides = {Role.DEBTOR: read_text(row["Status"]) == CUSTOMER, Role.CREDITOR: bool(row["IsSupplier"])}
    fields = {name: read_text(row.get(name)) or "" for name in _FIELDS}
    return TargetParty(
        id=read_text(row["ID"]) or "",
        code=read_text(row["Code"]) or "",
        name=fields["Name"],
        roles=frozenset(role for role, has in sides.items() if has),
        country=fields["Country"],
        vat_number=fields["VATNumber"] or None,
        registration_number=fields["ChamberOfCommerce"] or None,
        blocked=bool(row["Blocked"]),
        fields=fields,
    )


def _read_written(answer: Answer, write: PartyWrite) -> PartyOutcome:
    if write.earlier is not None:
        # Exact: a change is answered 204 without a body.
        return Written(id=write.earlier.id, code=write.earlier.code)
    try:
        row = read_row(answer.body)
        made = Written(id=read_text(row.get("ID")) or "", code=read_text(row.get("Code")) or "")
    except ValueError:
        return Unknown(
            reference=write.reference, why=f"Exact answered {answer.status} with an unreadable body"
        )
    if not made.id or made.code != write.code:
        why = f"Exact answered {answer.status} without the code {write.code}"
        return Unknown(reference=write.reference, why=why)
    return made


def _read_refused(answer: Answer, write: PartyWrite) -> PartyOutcome:
    message = read_message(answer.body)
    is_said = answer.status == SERVER_ERROR and message is not None and not is_fault(message)
    if is_said or (400 <= answer.status < SERVER_ERROR and answer.status != REQUEST_TIMEOUT):
        return PartyRefused(why=describe_answer(answer))
    return Unknown(reference=write.reference, why=describe_answer(answer))
