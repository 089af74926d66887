"""Understand what Twinfield says about the nodes of an entry that it refuses, in Dutch and English.

Messages as recorded by php-twinfield/twinfield and pronamic/wp-twinfield and shown on the support pages of
Nmbrs, Coachview, KNLTB.Club and WeFact; Twinfield answers in the language of the user.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.twinfield.payload import line_ids
from finance_hooks.targets.twinfield.wire import messages_of, name_of, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One form of refusal, what it means, and the field it always concerns if its node does not say."""

    pattern: re.Pattern[str]
    code: ReasonCode
    field: str | None = None


def _saying(pattern: str, code: ReasonCode, field: str | None = None) -> Saying:
    return Saying(pattern=re.compile(pattern, re.IGNORECASE), code=code, field=field)


# The first that fits counts: narrow ones before wide ones.
SAYINGS: Sequence[Saying] = (
    _saying(r"perio\w+ .*(gesloten|closed)|(gesloten|closed) perio", ReasonCode.PERIOD_CLOSED, "period"),
    _saying(r"perio\w+ \S+ (bestaat niet|does not exist)", ReasonCode.YEAR_MISSING, "period"),
    _saying(r"periode \S+ niet bestaat", ReasonCode.YEAR_MISSING, "period"),
    _saying(
        r"buiten de opgegeven periode|outside the (specified|given) period",
        ReasonCode.FIELD_REFUSED,
        "period",
    ),
    _saying(r"(factuur|invoice ).*(komt reeds voor|already exists)", ReasonCode.PERHAPS_BOOKED, "number"),
    _saying(r"in balans|balanceert niet|in balance", ReasonCode.MEMORIAL_UNBALANCED),
    _saying(r"van het type|of type", ReasonCode.FIELD_REFUSED),
    _saying(r"geen toegang|not have access|no access", ReasonCode.TARGET_CONFIGURATION),
    _saying(r"(administratie|company) (bestaat niet|does not exist)", ReasonCode.TARGET_CONFIGURATION),
    _saying(r"configurati(efout|on error)", ReasonCode.TARGET_CONFIGURATION),
    _saying(
        r"^dimensi\w+ .*(niet actief|not active|verborgen|hidden|geblokkeerd|blocked)",
        ReasonCode.CODE_BLOCKED,
    ),
    _saying(r"bestaat niet|does not exist|komt niet voor|niet gevonden|not found", ReasonCode.CODE_REFUSED),
    _saying(
        r"vereist|requires|ontbreekt|missing|moet worden|mandatory|verplicht|required",
        ReasonCode.FIELD_REFUSED,
    ),
    _saying(
        r"formaat|format|ongeldig|invalid|niet toegestaan|not allowed|te lang|too long",
        ReasonCode.FIELD_REFUSED,
    ),
)

# What Twinfield's own faults look like: nothing is known about the entry then.
FAULTS = re.compile(r"unexpected error|onverwachte fout|time-?out|deadlock|try again|probeer", re.IGNORECASE)

# Twinfield's nodes to our names; the rest keeps Twinfield's own word.
FIELDS: Mapping[str, str] = {
    "office": "administration",
    "code": "journal",
    "currency": "currency",
    "date": "entry_date",
    "period": "period",
    "invoicenumber": "number",
    "duedate": "due_date",
    "freetext1": "reference",
    "freetext2": "reference",
    "freetext3": "reference",
    "dim1": "ledger_account",
    "dim3": "cost_unit",
    "vatcode": "vat_code",
    "vatvalue": "vat_amount",
    "value": "amount",
}


def is_fault(document: etree._Element) -> bool:
    """Tell a fault of Twinfield's own from a refusal: a fault says nothing about the entry."""
    return any(FAULTS.search(message) for _, message in messages_of(document))


def read_refusal(document: etree._Element, entry: Entry) -> tuple[Reason, ...]:
    """Name every reason in a refused document, each with the node's own words."""
    reasons = [_read(node, message, entry) for node, message in messages_of(document)]
    if not reasons:
        detail = "Twinfield refused it without saying why"
        return (Reason(code=ReasonCode.REFUSED, document=entry.number, detail=detail),)
    return tuple(dict.fromkeys(reasons))


def may_mean_closed(reasons: Sequence[Reason]) -> bool:
    """Say whether a closed period may stand behind words that nobody knows."""
    unclear = {ReasonCode.REFUSED, ReasonCode.FIELD_REFUSED}
    return any(reason.code in unclear and reason.field in _OF_A_PERIOD for reason in reasons)


def as_closed(reasons: Sequence[Reason], entry: Entry) -> tuple[Reason, ...]:
    """Say of unclear reasons that the period is closed, when Twinfield says so of the period itself."""
    return tuple(
        replace(reason, code=ReasonCode.PERIOD_CLOSED, field="period", value=_VALUES["period"](entry))
        if may_mean_closed([reason])
        else reason
        for reason in reasons
    )


def _read(node: etree._Element, message: str, entry: Entry) -> Reason:
    found = next((each for each in SAYINGS if each.pattern.search(message)), None)
    code = found.code if found else ReasonCode.REFUSED
    if code is ReasonCode.MEMORIAL_UNBALANCED and entry.kind is not EntryKind.MEMORIAL:
        code = ReasonCode.REFUSED
    line = _line_of(node, entry)
    field = (found.field if found else None) or _field(node, line, entry)
    return Reason(
        code=code,
        document=entry.number,
        line=(line.source_lines or (line.number,))[0] if line else None,
        field=field,
        value=_value(field, node, entry),
        detail=f"Twinfield: {message}",
    )


def _line_of(node: etree._Element, entry: Entry) -> EntryLine | None:
    above = (node, *node.iterancestors())
    line_id = next((each.get("id") for each in above if name_of(each) == "line"), None)
    return line_ids(entry).get(line_id or "")


def _field(node: etree._Element, line: EntryLine | None, entry: Entry) -> str | None:
    name = name_of(node)
    if name == "dim2":
        is_party = line is None or (entry.kind is EntryKind.MEMORIAL and line.party is not None)
        return "party" if is_party else "cost_centre"
    return None if name in {"transaction", "header", "lines", "line"} else FIELDS.get(name, name)


def _value(field: str | None, node: etree._Element, entry: Entry) -> str | None:
    read = _VALUES.get(field or "")
    return read(entry) if read else text_of(node)


_OF_A_PERIOD = frozenset({None, "period", "entry_date"})
_VALUES: Mapping[str, Callable[[Entry], str]] = {
    "period": lambda entry: f"{entry.fiscal_year}-{entry.period:02d}",
    "entry_date": lambda entry: entry.entry_date.isoformat(),
    "due_date": lambda entry: str(entry.due_date or ""),
    "number": lambda entry: entry.number,
}
