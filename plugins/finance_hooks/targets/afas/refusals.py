"""Understand what AFAS says when it answers 500: a refusal, a lock, a fault of its own, or a closed door.

Texts as in AFAS Developer documentation, "Troubleshooting" and "POST FiEntries", help.afas.nl
App_Conect_UpdDsc_070, and the help desks of Spend Cloud, SRXP and Zenvoices. Matched by fragment: prefixes
come and go, and figures and dates in them are written the Dutch way.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.afas.identifiers import make_invoice_id
from finance_hooks.targets.afas.wire import Message
from finance_hooks.targets.faults import source_line


class Sort(Enum):
    """What the text of a 500 means for the entry it answers."""

    REFUSED = auto()
    """Nothing is booked, a person must act."""
    TAKEN = auto()
    """The invoice number stands in the books: perhaps by our own hand."""
    CLOSED_TO_US = auto()
    """The connector is not ours to use: no entry will get in."""
    LOCKED = auto()
    """Another user has the journal open; time cures it."""
    FAULT = auto()
    """AFAS's own fault, or words we do not know: nothing is known about the entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One form of refusal, what it means, and which field it concerns."""

    pattern: re.Pattern[str]
    code: ReasonCode
    field: str | None


def _saying(pattern: str, code: ReasonCode, field: str | None = None) -> Saying:
    return Saying(pattern=re.compile(pattern, re.IGNORECASE), code=code, field=field)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SORTS: Sequence[tuple[re.Pattern[str], Sort]] = (
    (
        _words(
            r"onverwachte fout|unexpected error|maximale tijdsduur|maximum duration|command timeout"
            r"|out of memory|out of string space|deadlock"
        ),
        Sort.FAULT,
    ),
    (_words(r"niet ondersteund|not supported|base64"), Sort.CLOSED_TO_US),
    (_words(r"andere gebruiker|another user|vergrendeld|is locked"), Sort.LOCKED),
    (
        _words(
            r"factuurnummer.*al gebruikt|invoice number.*already used"
            r"|^factuur .*bestaat al|^invoice .*already exists"
        ),
        Sort.TAKEN,
    ),
)

# The first that fits counts: narrow ones before wide ones.
SAYINGS: Sequence[Saying] = (
    _saying(r"factuur.* (al gebruikt|bestaat al)|invoice.* already", ReasonCode.NUMBER_TAKEN, "number"),
    _saying(r"geblokkeerde periode|blocked period", ReasonCode.PERIOD_CLOSED, "period"),
    _saying(r"periode .*geblokkeerd|period .*blocked", ReasonCode.PERIOD_CLOSED, "period"),
    _saying(r"bestaat periode|period .*does not exist", ReasonCode.YEAR_MISSING, "period"),
    _saying(r"niet in periode|not fall in period", ReasonCode.FIELD_REFUSED, "period"),
    _saying(r"in balans|not balanced", ReasonCode.MEMORIAL_UNBALANCED, "amount"),
    _saying(r"no unit available", ReasonCode.TARGET_CONFIGURATION, "administration"),
    _saying(r"'(dagboek|journal)[^']*' (bestaat|does)", ReasonCode.CODE_REFUSED, "journal"),
    _saying(r"'(valuta|currency)[^']*' (bestaat|does)", ReasonCode.CODE_REFUSED, "currency"),
    _saying(r"'(betaal|payment)[^']*' (bestaat|does)", ReasonCode.CODE_REFUSED, "payment_term"),
    _saying(r"KnVat|btw-code \S+ bestaat niet", ReasonCode.CODE_REFUSED, "vat_code"),
    _saying(r"^(btw|vat)\b.*(geblokkeerd|blocked)", ReasonCode.CODE_BLOCKED, "vat_code"),
    _saying(r"\b(btw|vat)\b", ReasonCode.FIELD_REFUSED, "vat_code"),
    _saying(r"verbijzonder|dimension|allocated", ReasonCode.FIELD_REFUSED, "cost_centre"),
    _saying(r"toewijzing|assignment", ReasonCode.CODE_REFUSED, "cost_centre"),
    _saying(r"project", ReasonCode.FIELD_REFUSED, "ledger_account"),
    _saying(r"bankrekening|bank account|betaalrekening", ReasonCode.FIELD_REFUSED, "party"),
    _saying(r"^(dagboek|journal)\b.*(geblokkeerd|blocked)", ReasonCode.CODE_BLOCKED, "journal"),
    _saying(r"^(debit|credit|debt)\S* .*(geblokkeerd|blocked)", ReasonCode.CODE_BLOCKED, "party"),
    _saying(r"rekening.* geblokkeerd|account.* blocked", ReasonCode.CODE_BLOCKED, "ledger_account"),
    _saying(r"verzamelrekening|collective account", ReasonCode.FIELD_REFUSED, "ledger_account"),
    _saying(r"g-rekening|blocked account", ReasonCode.FIELD_REFUSED, "g_account_amount"),
    _saying(r"valuta|foreign amount|currency", ReasonCode.FIELD_REFUSED, "exchange_rate"),
    _saying(r"bestaat niet|does not exist", ReasonCode.CODE_REFUSED, "ledger_account"),
    _saying(r"vul een waarde in|enter a value", ReasonCode.FIELD_REFUSED),
    _saying(r"te lang|too long|type mismatch|te veel decimalen|too many decimals", ReasonCode.FIELD_REFUSED),
    _saying(r"bedrag|amount|eErrFiEntry", ReasonCode.FIELD_REFUSED, "amount"),
    _saying(r"niet toegestaan|not allowed|niet mogelijk|not possible", ReasonCode.REFUSED),
    _saying(r"preparetype|komt niet voor|mag het journaalpostnummer|may not be given", ReasonCode.REFUSED),
    _saying(r"precies een element|exactly one element", ReasonCode.REFUSED),
)


def sort_message(message: Message | None) -> Sort:
    """Say what a message means; words that are not known say nothing about the entry."""
    if message is None:
        return Sort.FAULT
    for pattern, sort in _SORTS:
        if pattern.search(message.text):
            return sort
    known = any(saying.pattern.search(message.text) for saying in SAYINGS)
    return Sort.REFUSED if known else Sort.FAULT


def read_refusal(message: Message, entry: Entry) -> Reason:
    """Name the reason in a refusal, with AFAS's own words and the reference of its log."""
    saying = next((each for each in SAYINGS if each.pattern.search(message.text)), None)
    field = saying.field if saying else None
    read = _VALUES.get(field or "")
    values = sorted({value for value in read(entry) if value}) if read else []
    return Reason(
        code=saying.code if saying else ReasonCode.REFUSED,
        document=entry.number,
        line=_named_line(message, entry),
        field=field,
        value=", ".join(values) or None,
        detail=f"AFAS: {message}",
    )


def _named_line(message: Message, entry: Entry) -> int | None:
    """Find the line whose account the text names; AFAS says it for some refusals and never the line."""
    named = set(re.findall(r"[\w.-]+", message.text))
    lines = (line for line in entry.lines if line.ledger_account in named)
    return next((source_line(line) for line in lines), None)


_VALUES: Mapping[str, Callable[[Entry], Sequence[str | None]]] = {
    "administration": lambda entry: [entry.administration],
    "number": lambda entry: [make_invoice_id(entry)],
    "journal": lambda entry: [entry.journal],
    "party": lambda entry: [entry.party, *(line.party for line in entry.lines)],
    "period": lambda entry: [f"{entry.fiscal_year}-{entry.period:02d}"],
    "payment_term": lambda entry: [entry.payment_term],
    "currency": lambda entry: [entry.currency],
    "exchange_rate": lambda entry: [str(entry.rate) if entry.rate else None],
    "g_account_amount": lambda entry: [str(entry.g_account_amount)],
    "vat_code": lambda entry: [line.vat_code for line in entry.lines],
    "ledger_account": lambda entry: [entry.party, *(line.ledger_account for line in entry.lines)],
    "cost_centre": lambda entry: [line.cost_centre for line in entry.lines],
}
