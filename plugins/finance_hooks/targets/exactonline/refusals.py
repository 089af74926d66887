"""Understand what Exact says when it refuses an entry, in Dutch and English.

Texts as users of picqer/exact-php-client, dotnet client issue 138, help.zenvoices.com,
help.eenvoudigfactureren.be and others report them; Exact answers in the language of the authorising user.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import Reason, ReasonCode


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
    _saying(r"periode is afgesloten|period is closed", ReasonCode.PERIOD_CLOSED, "period"),
    _saying(r"(onbekend: boekjaar|unknown: financial year)", ReasonCode.YEAR_MISSING, "period"),
    _saying(r"in balans|not balanced", ReasonCode.MEMORIAL_UNBALANCED),
    _saying(
        r"btw bedrag is niet toegestaan|vat amount is not allowed", ReasonCode.FIELD_REFUSED, "vat_amount"
    ),
    _saying(r"(in gebruik|in use): ?(?P<noun>.*)", ReasonCode.NUMBER_TAKEN, "entry_number"),
    _saying(r"bestaat reeds|already exists", ReasonCode.NUMBER_TAKEN, "entry_number"),
    _saying(r"(geblokkeerd|blocked): ?(?P<noun>.*)", ReasonCode.CODE_BLOCKED),
    _saying(r"(ongeldige referentie|invalid reference): ?(?P<noun>.*)", ReasonCode.CODE_REFUSED),
    _saying(r"(onbekend|unknown): ?(?P<noun>.*)", ReasonCode.CODE_REFUSED),
    _saying(r"(ongeldig|invalid): ?(?P<noun>.*)", ReasonCode.FIELD_REFUSED),
    _saying(r"(niet toegestaan|not allowed): ?(?P<noun>.*)", ReasonCode.FIELD_REFUSED),
    _saying(r"(verplicht|mandatory|required): ?(?P<noun>.*)", ReasonCode.FIELD_REFUSED),
    _saying(r"(?P<noun>.+) (is verplicht|is mandatory|is required)", ReasonCode.FIELD_REFUSED),
    _saying(r"(te lang|too long): ?(?P<noun>.*)", ReasonCode.FIELD_REFUSED),
    _saying(r"reeds verwerkt|already processed", ReasonCode.REFUSED),
)

# What Exact's own faults look like: nothing is known about the entry then.
FAULTS = re.compile(
    r"problem has occurred|probleem opgetreden|time-?out|deadlock|object reference|exception"
    r"|maintenance|onderhoud|try again|probeer",
    re.IGNORECASE,
)

# Exact's nouns, by what they begin with, to our names; the rest keeps Exact's own word.
NOUNS: Mapping[str, str] = {
    "dagboek": "journal",
    "journal": "journal",
    "relatie": "party",
    "account": "party",
    "klant": "party",
    "customer": "party",
    "leverancier": "party",
    "supplier": "party",
    "btw": "vat_code",
    "vat": "vat_code",
    "kostenplaats": "cost_centre",
    "cost center": "cost_centre",
    "kostendrager": "cost_unit",
    "cost unit": "cost_unit",
    "betalingsconditie": "payment_term",
    "payment condition": "payment_term",
    "grootboekrekening": "ledger_account",
    "g/l account": "ledger_account",
    "vervaldatum": "due_date",
    "due date": "due_date",
    "wisselkoers": "exchange_rate",
    "exchange rate": "exchange_rate",
}


def is_fault(message: str) -> bool:
    """Tell a fault of Exact's own from a refusal: a fault says nothing about the entry."""
    return FAULTS.search(message) is not None


def read_refusal(message: str, entry: Entry) -> tuple[Reason, ...]:
    """Name every reason in a refusal; Exact joins several with line ends; each keeps Exact's words."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return tuple(_read_line(line, entry) for line in lines)


def _read_line(line: str, entry: Entry) -> Reason:
    for saying in SAYINGS:
        found = saying.pattern.search(line)
        if found is not None:
            field = saying.field or _field(found.groupdict().get("noun"))
            return _reason(saying.code, entry, field, line)
    return _reason(ReasonCode.REFUSED, entry, None, line)


def _field(noun: str | None) -> str | None:
    if not noun:
        return None
    return next((ours for theirs, ours in NOUNS.items() if noun.lower().startswith(theirs)), noun)


def _reason(code: ReasonCode, entry: Entry, field: str | None, line: str) -> Reason:
    read = _VALUES.get(field or "")
    values = sorted({value for value in read(entry) if value}) if read else []
    return Reason(
        code=code,
        document=entry.number,
        field=field,
        value=", ".join(values) or None,
        detail=f"Exact: {line}",
    )


_VALUES: Mapping[str, Callable[[Entry], Sequence[str | None]]] = {
    "journal": lambda entry: [entry.journal],
    "party": lambda entry: [entry.party, *(line.party for line in entry.lines)],
    "period": lambda entry: [f"{entry.fiscal_year}-{entry.period:02d}"],
    "payment_term": lambda entry: [entry.payment_term],
    "due_date": lambda entry: [str(entry.due_date)],
    "exchange_rate": lambda entry: [str(entry.rate) if entry.rate else None],
    "vat_code": lambda entry: [line.vat_code for line in entry.lines],
    "ledger_account": lambda entry: [line.ledger_account for line in entry.lines],
    "cost_centre": lambda entry: [line.cost_centre for line in entry.lines],
    "cost_unit": lambda entry: [line.cost_unit for line in entry.lines],
}
