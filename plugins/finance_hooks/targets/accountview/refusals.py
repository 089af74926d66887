"""Understand what AccountView says when it refuses a page.

Of its texts only "<veldnaam> moet worden ingevoerd" is public (nl.visma.com, year-end FAQ). The others are
told by the words Dutch has for them, and the field by its label in the installation's own dictionary; what is
not understood keeps AccountView's words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.accountview.dictionary import Field
from finance_hooks.targets.accountview.page_checks import OUR_NAMES
from finance_hooks.targets.faults import source_line

Dictionary = Mapping[str, Mapping[str, Field]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One form of refusal, what it means, and the field it always concerns if its text does not say."""

    pattern: re.Pattern[str]
    code: ReasonCode
    field: str | None = None


def _saying(pattern: str, code: ReasonCode, field: str | None = None) -> Saying:
    return Saying(pattern=re.compile(pattern, re.IGNORECASE), code=code, field=field)


# The first that fits counts: narrow ones before wide ones.
SAYINGS: Sequence[Saying] = (
    _saying(r"periode.*(geblokkeerd|gesloten)", ReasonCode.PERIOD_CLOSED, "period"),
    _saying(
        r"(boekjaar|administratie).*(bestaat niet|niet gevonden|ontbreekt)", ReasonCode.YEAR_MISSING, "period"
    ),
    _saying(r"geen administratie", ReasonCode.YEAR_MISSING, "period"),
    _saying(r"periode.*(bestaat niet|onbekend)", ReasonCode.YEAR_MISSING, "period"),
    _saying(r"in balans", ReasonCode.MEMORIAL_UNBALANCED),
    _saying(r"bestaat (al|reeds)", ReasonCode.NUMBER_TAKEN),
    _saying(r"geblokkeerd", ReasonCode.CODE_BLOCKED),
    _saying(r"bestaat niet|onbekend|niet gevonden", ReasonCode.CODE_REFUSED),
    _saying(r"moet(en)? worden ingevoerd", ReasonCode.FIELD_REFUSED),
    _saying(
        r"niet toegestaan|ongeldig|langer dan|past niet|valt niet|wijkt af|kan niet|mag niet|groter dan|moet",
        ReasonCode.FIELD_REFUSED,
    ),
)

# The installation does not work just now: nothing is booked, and nothing is wrong with the entry.
BUSY = re.compile(
    r"administratie.*(geblokkeerd|in gebruik|reorganis|georganiseerd)|(in gebruik|geblokkeerd) door",
    re.IGNORECASE,
)

# What says that something broke rather than that something was judged: nothing is known about the page then.
BROKEN = re.compile(
    r"time-?out|exception|object reference|niet bereikbaar|verbinding|gateway|onverwachte fout|opnieuw",
    re.IGNORECASE,
)
# The connection may not do this at all: nothing about the entry would help.
FORBIDDEN = re.compile(r"(onvoldoende|geen) rechten|niet toegankelijk|niet geautoriseerd", re.IGNORECASE)
_LINE = re.compile(r"regel (?P<number>\d+)", re.IGNORECASE)
_QUOTED = re.compile(r"'(?P<value>[^']*)'")
_DEBTOR_OR_CREDITOR = "debiteur/crediteur"


def is_busy(message: str) -> bool:
    """Say whether a message means that the administration is locked or under maintenance."""
    return BUSY.search(message) is not None


def is_broken(message: str) -> bool:
    """Tell a breakdown from a refusal: it says nothing about the page."""
    return BROKEN.search(message) is not None


def is_forbidden(message: str) -> bool:
    """Say whether a message means that the user may not do this, whatever the page."""
    return FORBIDDEN.search(message) is not None


def read_refusal(message: str, entry: Entry, dictionary: Dictionary) -> tuple[Reason, ...]:
    """Name every reason in a refusal; several stand on lines of their own and keep AccountView's words."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return tuple(_read_line(line, entry, dictionary) for line in lines)


def _read_line(text: str, entry: Entry, dictionary: Dictionary) -> Reason:
    if is_forbidden(text):
        detail = f"AccountView: {text}"
        return Reason(code=ReasonCode.TARGET_CONFIGURATION, document=entry.number, detail=detail)
    saying = next((one for one in SAYINGS if one.pattern.search(text)), None)
    line = _find_line(text, entry)
    field = (saying.field if saying else None) or _find_field(text, dictionary)
    return Reason(
        code=saying.code if saying else ReasonCode.REFUSED,
        document=entry.number,
        line=source_line(line) if line else None,
        field=field,
        value=_find_value(text, field, entry, line),
        detail=f"AccountView: {text}",
    )


def _find_line(text: str, entry: Entry) -> EntryLine | None:
    found = _LINE.search(text)
    place = int(found["number"]) if found else 0
    return entry.lines[place - 1] if 0 < place <= len(entry.lines) else None


def _find_field(text: str, dictionary: Dictionary) -> str | None:
    """Find the field whose label stands in the text; the longest label counts."""
    folded = text.casefold()
    if _DEBTOR_OR_CREDITOR in folded:
        return "party"
    named = [
        (len(field.label), name)
        for fields in dictionary.values()
        for name, field in fields.items()
        if field.label.casefold() in folded
    ]
    if not named:
        return None
    name = max(named)[1]
    return OUR_NAMES.get(name, name)


def _find_value(text: str, field: str | None, entry: Entry, line: EntryLine | None) -> str | None:
    if field == "period":
        return f"{entry.fiscal_year}-{entry.period:02d}"
    quoted = _QUOTED.search(text)
    if quoted is not None:
        return quoted["value"] or None
    read = _VALUES.get(field or "")
    lines = entry.lines if line is None else (line,)
    values = sorted({value for value in read(entry, lines) if value}) if read else []
    return ", ".join(values) or None


_VALUES: Mapping[str, Callable[[Entry, Sequence[EntryLine]], Sequence[str | None]]] = {
    "journal": lambda entry, _lines: [entry.journal],
    "party": lambda entry, lines: [entry.party, *(line.party for line in lines)],
    "number": lambda entry, _lines: [entry.number],
    "entry_date": lambda entry, _lines: [entry.entry_date.isoformat()],
    "payment_term": lambda entry, _lines: [entry.payment_term],
    "exchange_rate": lambda entry, _lines: [str(entry.rate) if entry.rate else None],
    "currency": lambda entry, _lines: [entry.currency],
    "g_account_amount": lambda entry, _lines: [str(entry.g_account_amount)],
    "ledger_account": lambda _entry, lines: [line.ledger_account for line in lines],
    "vat_code": lambda _entry, lines: [line.vat_code for line in lines],
    "cost_centre": lambda _entry, lines: [line.cost_centre for line in lines],
    "cost_unit": lambda _entry, lines: [line.cost_unit for line in lines],
}
